package disclosure

import (
	"fmt"
	"regexp"
	"strings"

	"cunju/internal/disclosure/catalogue"
	"cunju/internal/sheet"
	"cunju/internal/web"
)

// usualLarge is from which amount on a line is written in words too unless the drafter states another: ten thousand yuan, in fen.
const usualLarge = 10_000_00

// mostPlanned bounds the items of a plan.
const mostPlanned = 60

// planned is one item of a plan as people type it: 店面租金 收入 820000.
var planned = regexp.MustCompile(`^(\S.*?)[\s　]+(收入|支出)[\s　]+([\d０-９]\S*)$`)

// item reads which item of the catalogue the notice answers; which ones the unit has is asked when the draft is recorded. A finance table
// is offered as the unit's finances, and everything else is chosen, outside the catalogue too, so that no item passes unnoticed.
func (t *typed) item(f *entry) {
	c := &t.Content
	if c.Item = f.Text("item", labels["item"], 40); c.Item != "" || f.Err("item") != "" {
		return
	}
	switch {
	case c.Finance != nil && c.Reach() == ScopePublic && c.code() == catalogue.CodeFinance:
		c.Item, f.set["item"] = catalogue.CodeFinance, catalogue.CodeFinance
	case !t.Fresh:
		f.Fail("item", labels["item"], "请选择这张公示是目录里的哪一项；目录里没有的，选“"+catalogue.OutsideTitle+"”")
	}
}

// chosen is the item as a form shows it: of a content from before it had to be chosen, the finances, or none, so that it is chosen now.
func (c *Content) chosen() string {
	if c.Item != "" || c.empty() {
		return c.Item
	}
	return c.code()
}

// parts reads what belongs to a table beside the table itself: plan and large amounts of money, term and masks of a list.
func (t *typed) parts(f *entry) {
	if m := t.Content.Finance; m != nil {
		m.Plan = readPlan(f.Form)
		if m.Large = f.Money("large", "大写起点", web.Optional); f.Value("large") == "" && f.Err("large") == "" && t.Fresh && t.Preview != nil {
			m.Large, f.set["large"] = usualLarge, sheet.FormatMoney(usualLarge)
		}
	}
	a := t.Content.Aid
	if a == nil {
		return
	}
	a.Last = f.Date("listuntil", "名单公开到", web.Optional)
	if matter := f.Text("aidmatter", "救助、补贴事项", 60); matter != "" {
		a.Matter = matter
	} else if a.Matter == "" {
		a.Matter = "受益人员"
	}
	if a.Masked = f.Bool("maskname") || f.set["maskname"] == "1"; a.Masked {
		for i := range a.Rows {
			a.Rows[i].Name = maskName(a.Rows[i].Name)
		}
	}
}

// readPlan reads one item a line. Each line that cannot be read is named.
func readPlan(f *web.Form) []Planned {
	var out []Planned
	for i, line := range strings.Split(f.Text("plan", "计划", 4000), "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		m := planned.FindStringSubmatch(line)
		if m == nil {
			f.Fail("plan", "计划", fmt.Sprintf("第 %d 行“%s”看不懂，请写成：项目 收入 金额，如“店面租金 收入 820000”", i+1, line))
			return nil
		}
		fen, problem := sheet.ParseMoney(m[3], 100)
		if problem != "" {
			f.Fail("plan", "计划", fmt.Sprintf("第 %d 行“%s”的金额看不懂", i+1, line))
			return nil
		}
		p := Planned{Item: m[1], In: fen}
		if m[2] == "支出" {
			p.In, p.Out = 0, fen
		}
		if out = append(out, p); len(out) > mostPlanned {
			f.Fail("plan", "计划", fmt.Sprintf("最多写 %d 项", mostPlanned))
			return nil
		}
	}
	return out
}

// fillParts puts them back into the form.
func (e *entry) fillParts(c Content) {
	if m := c.Finance; m != nil {
		var lines []string
		for _, p := range m.Plan {
			way := "收入"
			if p.Out > 0 {
				way = "支出"
			}
			lines = append(lines, p.Item+" "+way+" "+sheet.FormatMoney(p.In+p.Out))
		}
		e.set["plan"] = strings.Join(lines, "\n")
		if m.Large > 0 {
			e.set["large"] = sheet.FormatMoney(m.Large)
		}
	}
	if a := c.Aid; a != nil {
		e.set["listuntil"], e.set["aidmatter"] = string(a.Last), a.Matter
		if a.Masked {
			e.set["maskname"] = "1"
		}
	}
}
