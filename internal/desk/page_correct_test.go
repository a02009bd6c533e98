package desk_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/desk"
	"cunju/internal/desk/body"
	"cunju/internal/desk/desktest"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
	"cunju/internal/web/ui"
)

// A fund of a village with its lines: an act with a code and a number to correct, and with rows and units that stay.
type fund struct {
	Unit  int64    `json:"unit" title:"单位" ref:"org.unit"`
	Title string   `json:"title" title:"名称"`
	Sort  string   `json:"sort" title:"类别" list:"toy.sort"`
	Payer int64    `json:"payer,omitempty" title:"付款单位" ref:"org.unit"`
	Lines []fundIn `json:"lines" title:"明细"`
	Total int64    `json:"total" title:"合计"`
}

type fundIn struct {
	Item string `json:"item" title:"项目"`
	Sum  int64  `json:"sum" title:"金额" as:"money"`
}

type closing struct {
	Reason string `json:"reason" title:"原因"`
}

var (
	kindFund = journal.Kind[fund]{Name: "fund.open/1", Title: "设立基金", Power: access.OrgEdit, Read: access.OrgRead, Keep: []string{"unit", "payer", "lines"}, Check: checkFund}
	kindEnd  = journal.Kind[closing]{Name: "fund.close/1", Title: "结清基金", Power: access.OrgEdit, Read: access.OrgRead, Final: "结清就是结清；有错请另立基金"}
)

func checkFund(b *fund) error {
	sum := int64(0)
	for _, l := range b.Lines {
		sum += l.Sum
	}
	switch {
	case b.Title == "":
		return journal.RefuseField("title", "请填写名称。")
	case sum != b.Total:
		return journal.RefuseField("total", "明细相加是 %s 元。", ui.Money(sum))
	}
	return nil
}

func fundSlice() journal.Slice {
	type state struct {
		fund
		Life journal.Span
	}
	return journal.Slice{Name: "fund", Version: 1, Types: []*journal.Type{journal.Define(journal.Entity[state]{Name: "fund.fund",
		Print: func(_ int64, s *state) journal.Print {
			return journal.Print{Life: s.Life, Uses: []journal.Use{{Entity: s.Unit, Span: s.Life}}}
		},
		Folds: []journal.Fold[state]{
			journal.Creates(kindFund, func(s *state, st *journal.Step, b *fund) error {
				*s = state{*b, journal.Span{From: st.Effective, To: calendar.Forever}}
				return nil
			}),
			journal.On(kindEnd, func(s *state, st *journal.Step, _ *closing) error { s.Life.To = st.Effective; return nil })}})}}
}

// funded is a toy town with a fund, and who may correct it.
type funded struct {
	*desktest.Toy
	fund         int64
	clerk, other *desktest.Browser
}

func funds(t *testing.T, test func(y *funded)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := &funded{Toy: desktest.NewToy(journaltest.New(t, d, desktest.ToySlice(), fundSlice()))}
		y.House.Lists = body.Lists{"toy.sort": {{Value: "a", Text: "甲类"}, {Value: "b", Text: "乙类"}}}
		y.House.Entities["fund.fund"] = desk.Entity{Title: "基金", Href: func(id int64) string { return fmt.Sprintf("/desk/funds/%d", id) },
			Names: func(_ context.Context, _ db.Querier, _ string, ids []int64) (map[int64]string, error) {
				m := map[int64]string{}
				for _, id := range ids {
					m[id] = "助老基金"
				}
				return m, nil
			}}
		(&desk.Pages{House: y.House}).Routes(y.Server.Router)
		clerk := y.Someone("陈晓梅", y.Street, "street-clerk")
		y.clerk = y.LogIn("clerk", clerk)
		y.other = y.LogIn("other", y.Someone("李志强", y.West, "village-director"))
		y.By = journal.By{Person: clerk}
		y.fund = y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := journal.Add(ctx, w, kindFund, "2026-11-01", nil, fund{Unit: y.East, Title: "助老基金", Sort: "a", Lines: []fundIn{{"捐款", 100_00}, {"利息", 5}}, Total: 100_05})
			return err
		})
		test(y)
		y.Sound()
	})
}

func (y *funded) path() string { return fmt.Sprintf("/desk/acts/%d", y.fund) }

// form is the correction as the page offers it, with what a test changes.
func (y *funded) form(change ...string) []string {
	all := []string{"title", "助老基金", "sort", "a", "total", "10005", "day", "2026-11-01", "why", "抄错，已与凭证核对", "seen", fmt.Sprint(y.fund)}
	for i := 0; i < len(change); i += 2 {
		done := false
		for j := 0; j < len(all); j += 2 {
			if all[j] == change[i] {
				all[j+1], done = change[i+1], true
			}
		}
		if !done {
			all = append(all, change[i], change[i+1])
		}
	}
	return all
}

func TestACorrectionFromFormToPage(t *testing.T) {
	funds(t, func(y *funded) {
		y.clerk.Get(y.path()).Want(200, "助老基金", "甲类", "100.00 元", `href="/desk/funds/`, "陈晓梅", "<details>").Not("各处都按更正以后")
		y.clerk.Get(y.path()+"/correct").Want(200, "不能用更正来改的", "捐款", "文峰村", `value="10005"`, "乙类").Not(`name="lines`, `name="payer"`)
		size := y.Size()
		y.clerk.Post(y.path()+"/correct", y.form("title", "敬老基金", "sort", "b", "day", "2026.11.3")...).Want(http.StatusSeeOther, y.path())
		if y.Size() != size+1 {
			t.Fatalf("%d acts were recorded, want one", y.Size()-size)
		}
		y.clerk.Get(y.path()).Want(200, "有更正", "抄错，已与凭证核对", "<del>助老基金</del>", "<ins>敬老基金</ins>", "<del>甲类</del>", "<ins>乙类</ins>",
			"原记2026年11月1日", "已更正", "更正以后", "当时记的内容")
		// The correction's own page leads back, and is not corrected itself.
		fix := fmt.Sprintf("/desk/acts/%d", size)
		y.clerk.Get(fix).Want(200, "更正第 ", y.path(), "抄错，已与凭证核对", "<ins>乙类</ins>")
		y.clerk.Get(fix+"/correct").Want(200, "再作一次更正", y.path()+"/correct")
		y.clerk.Post(fix+"/correct", y.form()...).Want(403)
		// Voided, it says so first.
		y.clerk.Get(y.path()+"/void").Want(200, "要撤销的内容", "敬老基金")
		y.clerk.Post(y.path()+"/void", "why", "重复登记", "seen", fmt.Sprint(size)).Want(http.StatusSeeOther)
		y.clerk.Get(y.path()).Want(200, "已经撤销，不再算数", "重复登记")
	})
}

func TestABadCorrectionLosesNothing(t *testing.T) {
	funds(t, func(y *funded) {
		size := y.Size()
		for name, c := range map[string]struct {
			change []string
			status int
			want   []string
		}{
			"fields":    {[]string{"total", "五分", "sort", "z", "day", "昨天", "why", ""}, 422, []string{`value="五分"`, "合计", "必须填写", "请从列出的选项中选择", `value="昨天"`}},
			"law":       {[]string{"total", "9"}, 422, []string{"明细相加是 100.05 元", `value="9"`, "抄错，已与凭证核对"}},
			"empty":     {[]string{"title", " "}, 422, []string{"请填写名称"}},
			"future":    {[]string{"day", "2027-01-01"}, 422, []string{"生效日期还没有到"}},
			"unchanged": {nil, 422, []string{"没有什么可更正的"}},
			"number":    {[]string{"title", "新名", "why", "13812345678 来电"}, 422, []string{"不能写证件号码"}},
			"long":      {[]string{"title", strings.Repeat("长", 600)}, 422, []string{"最多 500 个字"}},
			"kept":      {[]string{"unit", fmt.Sprint(y.West)}, 422, []string{"没有什么可更正的"}},
		} {
			p := y.clerk.Post(y.path()+"/correct", y.form(c.change...)...)
			if p.Code != c.status {
				t.Errorf("%s: %d", name, p.Code)
			}
			p.Want(c.status, c.want...)
		}
		if y.Size() != size {
			t.Errorf("%d bad corrections were recorded", y.Size()-size)
		}
		y.other.Get(y.path() + "/correct").Want(403)
		y.other.Post(y.path()+"/correct", y.form("title", "x")...).Want(403)
		y.clerk.Get("/desk/acts/999999/correct").Want(404)
	})
}

// What was recorded since the form was opened is shown; sent again from that page, the form means it, and nothing more than what
// its clerk changed.
func TestTwoCorrectAtOnce(t *testing.T) {
	funds(t, func(y *funded) {
		y.clerk.Post(y.path()+"/correct", y.form("title", "敬老基金")...).Want(http.StatusSeeOther)
		p := y.clerk.Post(y.path()+"/correct", y.form("title", "爱老基金")...).Want(http.StatusConflict, "别人刚刚办理的", `value="爱老基金"`, "别人刚刚改成了“敬老基金”，您填的是“爱老基金”")
		y.clerk.Post(y.path()+"/correct", y.form("title", "爱老基金", "seen", p.Hidden("seen"))...).Want(http.StatusSeeOther)
		y.clerk.Get(y.path()).Want(200, "<del>助老基金</del>", "<ins>敬老基金</ins>", "<del>敬老基金</del>", "<ins>爱老基金</ins>", "2 次")
		// Another corrects the title and the day while this form, opened before, changes the sort.
		seen := y.Size() - 1
		y.clerk.Post(y.path()+"/correct", y.form("title", "孝老基金", "day", "2026-11-02", "seen", fmt.Sprint(seen))...).Want(http.StatusSeeOther)
		p = y.clerk.Post(y.path()+"/correct", y.form("title", "爱老基金", "sort", "b", "seen", fmt.Sprint(seen))...).
			Want(http.StatusConflict, `value="孝老基金"`, `value="2026-11-02"`, `<option value="b" selected`).Not("您填的是")
	})
}

func TestAFinalActSaysWhatToDo(t *testing.T) {
	funds(t, func(y *funded) {
		end := y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := journal.Add(ctx, w, kindEnd, "2026-11-20", []int64{y.fund}, closing{"到期"})
			return err
		})
		path := fmt.Sprintf("/desk/acts/%d", end)
		y.clerk.Get(path).Want(200, "有错请另立基金").Not(path + "/correct")
		y.clerk.Get(path+"/correct").Want(200, "该怎么办", "有错请另立基金", `href="/desk/funds/`, "助老基金")
		y.clerk.Post(path+"/correct", "why", "x", "seen", fmt.Sprint(end)).Want(403, "有错请另立基金")
	})
}

// What could not be found out is an error, never a page that shows less.
func TestAnActWhosePowersAreUnknownIsNotShown(t *testing.T) {
	funds(t, func(y *funded) {
		ask := y.House.Target
		asked, fails := 0, 0
		y.House.Target = func(ctx context.Context, q db.Querier, unit int64, on calendar.Date) (access.Target, error) {
			if asked++; asked == fails {
				return access.Target{}, errors.New("the disk is gone")
			}
			return ask(ctx, q, unit, on)
		}
		y.clerk.Get(y.path()).Want(200, y.path()+"/correct")
		for all := asked; fails < all; {
			asked = 0
			fails++
			y.clerk.Get(y.path()).Want(500).Not("助老基金")
		}
		if fails < 4 { // to see it, to read it, to do such acts, to correct them
			t.Errorf("the page asked %d times", fails)
		}
	})
}

func TestTheListOfActs(t *testing.T) {
	funds(t, func(y *funded) {
		y.Set("2026-11-25")
		later := y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := journal.Add(ctx, w, kindFund, "2026-11-25", nil, fund{Unit: y.West, Title: "修路基金", Sort: "b"})
			return err
		})
		y.clerk.Get("/desk/acts").Want(200, "助老基金", "陈晓梅", `href="/desk/funds/`, "系统", "设立基金")
		row := fmt.Sprintf(`href="/desk/acts/%d"`, later)
		y.clerk.Get("/desk/acts?kind=fund.open%2F1").Want(200, row).Not(`href="/desk/acts/0"`)
		y.clerk.Get("/desk/acts?to=2026-11-24").Want(200, `href="/desk/acts/0"`).Not(row)
		y.clerk.Get("/desk/acts?from=2026-11-25").Want(200, row).Not(`href="/desk/acts/0"`, y.path()+`"`)
		y.clerk.Get("/desk/acts?kind=fund.open%2F1&from=2026-11-26").Want(200, "没有符合条件的事项")
		y.clerk.Get("/desk/acts?from=never&kind=no.such&before=x").Want(200, "日期看不懂", row)
		// Who has no power over a village's people and funds sees that something was recorded, not about whom.
		y.other.Get("/desk/acts").Want(200, row, "陈晓梅")
		y.other.Get("/desk/acts?kind=toy.person%2F1").Want(200, ">李志强</a>").Not("陈晓梅")
	})
}

func TestTheListOfActsPages(t *testing.T) {
	funds(t, func(y *funded) {
		for i := range 120 {
			y.Must(func(ctx context.Context, w *journal.Writer) error {
				_, err := journal.Add(ctx, w, kindFund, "2026-11-02", nil, fund{Unit: y.East, Title: fmt.Sprintf("第%d", i)})
				return err
			})
		}
		seen, path := 0, "/desk/acts?kind=fund.open%2F1"
		for range 5 {
			page := y.clerk.Get(path).Want(200).Body.String()
			seen += strings.Count(page, `<th class="" scope="row">`)
			_, rest, more := strings.Cut(page, `<a href="/desk/acts?before=`)
			if !more || !strings.Contains(page, `rel="next"`) {
				break
			}
			path, _, _ = strings.Cut("/desk/acts?before="+rest, `"`)
			path = strings.ReplaceAll(path, "&amp;", "&")
		}
		if seen != 121 {
			t.Errorf("%d funds on all pages, want 121", seen)
		}
	})
}
