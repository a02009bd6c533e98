package disclosure

import (
	"fmt"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/web/ui"
)

// toldSides writes a drawing as text: label and values in the order of the series, - where there is none.
func toldSides(p ui.SidesProps) string {
	var b strings.Builder
	for _, r := range p.Rows {
		b.WriteString(r.Label)
		for _, v := range r.Values {
			if v == nil {
				b.WriteString(" -")
			} else {
				fmt.Fprintf(&b, " %d", *v)
			}
		}
		b.WriteString("; ")
	}
	return strings.TrimSpace(b.String())
}

func TestWhatIsDrawn(t *testing.T) {
	many := &Finance{}
	for i := range 11 {
		many.Lines = append(many.Lines, Line{Item: fmt.Sprintf("项%02d", i), Out: int64(100 - i)})
	}
	lines := []Line{{Item: "租金", In: 40}, {Item: "电费", Out: 5}, {Item: "租金", In: 20}, {Item: "慰问", Out: 30}}
	before := &Finance{Lines: []Line{{Item: "租金", In: 50}, {Item: "修路", Out: 8}}}
	last := &Earlier{In: 50, Out: 8}
	for name, c := range map[string]struct {
		f, before *Finance
		want      []string
	}{
		"no table":                     {nil, nil, nil},
		"one item says nothing":        {&Finance{Lines: lines[:1]}, nil, nil},
		"items, the greatest first":    {&Finance{Lines: lines}, nil, []string{"收入合计 60; 租金 60;", "支出合计 35; 慰问 30; 电费 5;"}},
		"one item beside last period":  {&Finance{Lines: lines[:1], Last: last}, before, []string{"收入合计 40 50 -; 租金 40 50 -;"}},
		"last without its own notice":  {&Finance{Lines: lines, Last: last}, nil, []string{"收入合计 60 50 -; 租金 60 - -;", "支出合计 35 8 -; 慰问 30 - -; 电费 5 - -;"}},
		"a planned item not begun yet": {&Finance{Lines: lines[:1], Plan: []Planned{{Item: "修路", Out: 9}}}, nil, []string{"收入合计 40 - -; 租金 40 - -;", "支出合计 0 - 9; 修路 0 - 9;"}},
		"the small ones are one bar":   {many, nil, []string{"支出合计 1045; 项00 100; 项01 99; 项02 98; 项03 97; 项04 96; 项05 95; 项06 94; 项07 93; 其他 3 项 273;"}},
	} {
		var got []string
		for _, d := range c.f.drawn(c.before) {
			got = append(got, toldSides(d))
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// The drawing is on every face of a finance notice and takes the last period's items from their own notice; on paper there is none. A
// village's balances begin with the second period, and a corrected notice counts once.
func TestDrawingsOfAVillage(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		guest := y.site.Visit()
		village := fmt.Sprintf("/v/%d", y.Village)
		opening := int64(100_00)
		next := func(from calendar.Date, in int64, replaces int64) int64 {
			c := Content{Subject: "finance", Title: "财务收支公开表" + string(from), From: from, To: from.MonthEnd(), Finance: &Finance{Opening: opening,
				Lines: []Line{{Item: "租金", In: in}, {Item: "电费", Out: 10_00}}, Closing: opening + in - 10_00}}
			id := y.out(c, replaces)
			opening = c.Finance.Closing
			return id
		}
		first := next("2026-08-01", 60_00, 0)
		guest.Get(fmt.Sprintf("/n/%d", first)).Want(200, "财务收支公开表").Not("图示")
		guest.Get(village).Want(200).Not("各期结余")
		second := next("2026-09-01", 70_00, 0)
		page := guest.Get(fmt.Sprintf("/n/%d", second)).Want(200, "图示", "本期", "上期", "租金", "60.00", "70.00", "以上面的表为准").Not("计划")
		if n := strings.Count(page.Body.String(), `class="pale"`); n != 4 {
			t.Errorf("%d bars of the last period, want both totals and both items", n)
		}
		guest.Get(fmt.Sprintf("/n/%d/print", second)).Want(200).Not("图示", "<figure")
		y.site.LogIn("kj", y.Accountant).Get(fmt.Sprintf("/desk/disclosure/%d", second)).Want(200, "图示")
		guest.Get(village).Want(200, "村（居）务账各期结余", "150.00", "210.00").Not("集体账")
		opening = 150_00
		next("2026-09-01", 80_00, second)
		guest.Get(village).Want(200, "150.00", "220.00").Not("210.00")

		// What the last period's notice no longer says is not drawn from it.
		if _, err := y.DB.Exec(y.Ctx, `UPDATE journal_act SET payload = REPLACE(payload, '租金', '祖金') WHERE town = $1 AND n = $2`, y.Code, y.row(first).PublishAct); err != nil {
			t.Fatal(err)
		}
		page = guest.Get(fmt.Sprintf("/n/%d", second)).Want(200, "图示", "60.00")
		if n := strings.Count(page.Body.String(), `class="pale"`); n != 2 {
			t.Errorf("%d bars of a period whose notice is damaged, want the totals that the sealed notice states", n)
		}
	})
}

// A plan that leaves out an item is no measure for the whole: its own items are compared, the total is not.
func TestAPartOfAPlanIsNoMeasureForTheWhole(t *testing.T) {
	f := &Finance{Lines: []Line{{Item: "租金", In: 40}, {Item: "电费", Out: 5}, {Item: "慰问", Out: 30}}, Plan: []Planned{{Item: "租金", In: 50}, {Item: "电费", Out: 6}}}
	rows := f.comparison()
	f.Lines = append(f.Lines, Line{Item: "电费", In: 20}) // an item of which only spending is planned
	if part := f.comparison(); part[0].plan != nil || part[0].done() != "" {
		t.Errorf("income measured by a part of what was planned: %+v", part[0])
	}
	if *rows[0].plan != 50 || rows[0].done() != "80.0%" || rows[1].plan != nil || rows[1].done() != "" || *rows[4].plan != 6 {
		t.Errorf("%+v", rows)
	}
}

// Compensation for land is an account of its own: neither is its balance drawn among those of the collective's ordinary account, nor is one
// set against the other. A period in which nothing moved is drawn.
func TestEachAccountIsDrawnAndComparedByItself(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		y.Set("2027-03-01")
		publish := func(item string, from calendar.Date, closing int64) int64 {
			return y.publishedIn(y.Collective, Content{Subject: "collective", Item: item, Title: "收支" + item + string(from), From: from, To: from.MonthEnd(),
				Finance: &Finance{Opening: closing - 10_00, Lines: []Line{{Item: "利息", In: 10_00}}, Closing: closing}})
		}
		publish("finance", "2026-08-01", 100_00)
		publish("finance", "2026-09-01", 110_00)
		land := publish("land-money", "2026-10-01", 900_00)
		publish(catalogue.Outside, "2026-11-01", 800_00)
		third := publish("finance", "2026-12-01", 120_00)
		rows, err := balances(y.Ctx, y.DB, y.Code, y.Village, "collective")
		if err != nil || len(rows) != 3 || rows[0].Closing != 100_00 || rows[1].Closing != 110_00 || rows[2].Closing != 120_00 {
			t.Errorf("%+v %v", rows, err)
		}
		for id, closing := range map[int64]int64{land: 0, third: 110_00} {
			p, _, err := Published(y.Ctx, y.DB, y.Code, y.row(id))
			if err != nil {
				t.Fatal(err)
			}
			if last := p.Content.Finance.Last; closing == 0 && last != nil || closing != 0 && (last == nil || last.Closing != closing) {
				t.Errorf("%s is set against %+v", p.Content.Title, last)
			}
		}
	})
}
