package desk_test

import (
	"context"
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
		clerk.Post(path, "outcome", "refuse", "given", "不行", "heard", mark).Want(422).Not("看过了")
	})
}
