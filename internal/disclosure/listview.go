package disclosure

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/web/ui"
)

// lists adds the typed lists of a content to how it reads.
func (c Content) lists(n ui.Notice) ui.Notice {
	if c.Decisions != nil {
		n.Tables = append(n.Tables, decisionTable(c.Decisions))
	}
	if c.Results != nil {
		n.Tables = append(n.Tables, resultTable(c.Results))
	}
	if a := c.Aid; a != nil && a.Covered > 0 {
		n.Paragraphs = append(n.Paragraphs, fmt.Sprintf("%s的名单公开到%s，共 %d 人。名单公开期满，已经遮盖；要查看的，请到村（居）委会申请。", a.Matter, a.Last.Chinese(), a.Covered))
	} else if a != nil {
		n.Tables = append(n.Tables, a.table())
	}
	return n
}

func day(d calendar.Date) string {
	if d == "" {
		return ""
	}
	return string(d)
}

func decisionTable(list []Decision) ui.NoticeTable {
	t := ui.NoticeTable{Caption: "决议及落实情况", Heads: []string{"会议", "日期", "决议事项", "负责人", "完成期限", "落实情况", "备注"}, Lead: 2}
	for _, d := range list {
		t.Rows = append(t.Rows, []string{d.Meeting, day(d.Day), d.Text, d.Charge, day(d.Deadline), titleOf(carried, d.State), d.Note})
	}
	return slim(t)
}

func resultTable(list []Result) ui.NoticeTable {
	t := ui.NoticeTable{Caption: "审计和评议结果", Heads: []string{"种类", "对象", "期间", "审计（组织）单位", "结果和发现的问题", "整改情况"}, Lead: 1}
	for _, r := range list {
		t.Rows = append(t.Rows, []string{titleOf(results, r.Kind), r.Subject, period(r.From, r.To), r.By, r.Finding, r.Mended})
	}
	return slim(t)
}

// table is a list of recipients as it is read: what nobody filled in is left out.
func (a *Aid) table() ui.NoticeTable {
	t := ui.NoticeTable{Caption: a.Matter + fmt.Sprintf("名单（%d 人%s）", len(a.Rows), a.until()), Unit: "单位：元", Heads: []string{"序号", "姓名", "组别", "类别", "金额", "物资"},
		Numeric: []bool{true, false, false, false, true, false}, Lead: 1}
	for i, r := range a.Rows {
		amount := ""
		if r.Amount > 0 {
			amount = ui.Money(r.Amount)
		}
		t.Rows = append(t.Rows, []string{fmt.Sprint(i + 1), r.Name, r.Group, r.Kind, amount, r.Goods})
	}
	if sum := a.sum(); sum > 0 {
		t.Total = []string{"", "合计", "", "", ui.Money(sum), ""}
		t.Sum = &sum
	}
	return slim(t)
}

// slim leaves out columns that nobody filled in.
func slim(t ui.NoticeTable) ui.NoticeTable {
	keep := make([]bool, len(t.Heads))
	for _, r := range t.Rows {
		for i, cell := range r {
			keep[i] = keep[i] || cell != ""
		}
	}
	pick := func(row []string) (out []string) {
		for i, cell := range row {
			if keep[i] {
				out = append(out, cell)
			}
		}
		return out
	}
	lead := 0
	for i := range t.Lead {
		if keep[i] {
			lead++
		}
	}
	out := t
	out.Heads, out.Lead, out.Rows, out.Numeric, out.Total = pick(t.Heads), lead, nil, nil, nil
	for _, r := range t.Rows {
		out.Rows = append(out.Rows, pick(r))
	}
	for i, n := range t.Numeric {
		if keep[i] {
			out.Numeric = append(out.Numeric, n)
		}
	}
	if t.Total != nil {
		out.Total = pick(t.Total)
	}
	return out
}

// until says how long a list is shown.
func (a *Aid) until() string {
	if a.Last == "" {
		return ""
	}
	return "，公开到" + a.Last.Chinese()
}
