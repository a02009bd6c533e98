package desk_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/desk"
	"cunju/internal/desk/desktest"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
	"cunju/internal/law"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// warns is a page whose deed the rules warn about, in the words that the form gives.
func warns(y *desktest.Toy, someone int64) {
	y.Server.Router.Desk.Post("/desk/warns", func(r *web.Request) (web.Response, error) {
		f, err := r.Form()
		if err != nil {
			return web.Response{}, err
		}
		var vs []law.Verdict
		for given := range strings.FieldsSeq(f.Value("given")) {
			vs = append(vs, law.Verdict{Rule: "X-1", Version: 1, Outcome: law.Outcome(f.Value("outcome")), Given: given})
		}
		_, err = y.House.Record(r, desk.Deed{Via: access.Decision{}, Decide: func(ctx context.Context, w *journal.Writer) error {
			if id := f.Value("tell"); id != "" {
				stay, err := strconv.ParseInt(id, 10, 64)
				if err == nil {
					_, err = journal.Add(ctx, w, kindTell, "2026-11-02", []int64{stay}, closing{"入住"}, vs...)
				}
				return err
			}
			_, err := journal.Add(ctx, w, kindStay, "2026-11-01", nil, stay{someone, y.East, journal.Span{From: "2026-11-01", To: "2027-11-01"}}, vs...)
			return err
		}})
		if err == nil {
			return web.Redirect("/desk"), nil
		}
		o, err := y.House.Obstacle(r, f, err, nil)
		if err != nil {
			return web.Response{}, err
		}
		return desk.Answer(f, o, ui.Form(ui.FormProps{Errors: f.Errors(), Ask: desk.Ask(f, o)})), nil
	})
}

// What the rules warn of is read before it is recorded, and the answer stands in the act.
func TestWarningsAreReadFirst(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := desktest.NewToy(journaltest.New(t, d, desktest.ToySlice(), staySlice()))
		someone := y.Someone("王建国", y.East)
		clerk := y.LogIn("clerk", y.Someone("陈晓梅", y.Street, "street-clerk"))
		warns(y, someone)
		answer := func() string {
			t.Helper()
			size, err := journal.Size(y.Ctx, d, y.Code)
			if err != nil {
				t.Fatal(err)
			}
			a, err := journal.Read(y.Ctx, d, y.Code, size-1)
			if err != nil {
				t.Fatal(err)
			}
			return a.Answer
		}
		const path = "/desk/warns"
		clerk.Post(path, "outcome", "pass", "given", "无事", "answer", "多余").Want(303)
		if a := answer(); a != "" {
			t.Errorf("without a warning the act keeps an answer: %q", a)
		}
		before, err := journal.Size(y.Ctx, d, y.Code)
		if err != nil {
			t.Fatal(err)
		}
		asks := clerk.Post(path, "outcome", "warn", "given", "偏早 偏少").Want(422, "有 2 条提醒", "偏早", "偏少", "看过了，照此办理")
		mark := asks.Hidden("heard")
		clerk.Post(path, "outcome", "warn", "given", "偏早 偏少", "answer", "没有看").Want(422, "有 2 条提醒", "没有看")
		clerk.Post(path, "outcome", "warn", "given", "偏早 太少", "heard", mark).Want(422, "太少")
		clerk.Post(path, "outcome", "undecided", "given", "偏早 偏少", "heard", mark).Want(422, "不能判断")
		clerk.Post(path, "outcome", "warn", "given", "偏早 偏少", "heard", mark, "answer", strings.Repeat("长", 201)).Want(422, "最多 200 个字")
		clerk.Post(path, "outcome", "warn", "given", "偏早 偏少", "heard", mark, "answer", "电话13912345678").Want(422, "不能写证件号码")
		if after, err := journal.Size(y.Ctx, d, y.Code); err != nil || after != before {
			t.Fatalf("%d acts before the warnings were read, %d after, %v", before, after, err)
		}
		clerk.Post(path, "outcome", "warn", "given", "偏早 偏少", "heard", mark, "answer", " 支部大会已说明 ").Want(303)
		if a := answer(); a != "支部大会已说明" {
			t.Errorf("the act keeps %q", a)
		}
		clerk.Post(path, "outcome", "warn", "given", "偏早 偏少", "heard", mark).Want(303)
		if a := answer(); a != "知悉" {
			t.Errorf("without words the act keeps %q", a)
		}
		// The mark is good for this deed alone: the same words about another act or another entity are shown again.
		first := y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := journal.Add(ctx, w, kindStay, "2026-11-01", nil, stay{someone, y.East, journal.Span{From: "2026-11-01", To: "2027-11-01"}})
			return err
		})
		tell := []string{"outcome", "warn", "given", "偏早 偏少", "tell", fmt.Sprint(first)}
		asks.Not("公布")
		asks = clerk.Post(path, append(tell, "heard", mark)...).Want(422, "您写的说明会和它一起公布")
		other := asks.Hidden("heard")
		clerk.Post(path, "outcome", "warn", "given", "偏早 偏少", "tell", fmt.Sprint(first-1), "heard", other).Want(422, "有 2 条提醒")
		clerk.Post(path, append(tell, "heard", other)...).Want(303)
		// Enter presses the first button: it asks again, it does not agree.
		if body := asks.Body.String(); strings.Index(body, "改好了，重新提交") > strings.Index(body, "看过了，照此办理</span>") || strings.Index(body, "<button") > strings.Index(body, "改好了") {
			t.Error("the button that agrees comes first")
		}
		clerk.Post(path, "outcome", "refuse", "given", "不行", "heard", mark).Want(422).Not("看过了")
	})
}
