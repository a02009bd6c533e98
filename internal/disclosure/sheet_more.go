package disclosure

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/sheet"
)

// lists writes the typed lists of a content below each other and returns how many columns the widest has. Headings are those by
// which [ReadSheet] knows them again.
func (s *writer) lists(c Content) (width int) {
	put := func(widths []float64, rows int, head []any, row func(i int) []any) {
		for i, w := range widths {
			col := sheet.ColumnName(i + 1)
			s.do(s.f.SetColWidth(s.name, col, col, w))
		}
		s.cells(s.head, head...)
		for i := range rows {
			s.cells(s.text, row(i)...)
		}
		width = max(width, len(head))
	}
	if l := c.Decisions; l != nil {
		put([]float64{6, 22, 12, 36, 12, 12, 12, 18}, len(l), []any{"序号", "会议", "决议日期", "决议事项", "负责人", "完成期限", "落实情况", "备注"}, func(i int) []any {
			d := l[i]
			return []any{i + 1, d.Meeting, string(d.Day), d.Text, d.Charge, string(d.Deadline), titleOf(carried, d.State), d.Note}
		})
	}
	if l := c.Results; l != nil {
		put([]float64{6, 12, 18, 12, 12, 24, 40, 30}, len(l), []any{"序号", "种类", "对象", "期间起", "期间止", "审计（组织）单位", "结果和发现的问题", "整改情况"}, func(i int) []any {
			r := l[i]
			return []any{i + 1, titleOf(results, r.Kind), r.Subject, string(r.From), string(r.To), r.By, r.Finding, r.Mended}
		})
	}
	if a := c.Aid; a != nil && a.Covered > 0 {
		s.line(0, fmt.Sprintf("说明：%s的名单公开到%s，共 %d 人，期满已经遮盖。", a.Matter, a.Last.Chinese(), a.Covered))
	} else if a != nil {
		put([]float64{6, 14, 12, 16, 14, 18}, len(a.Rows), []any{"序号", "姓名", "组别", "类别", "金额", "物资"}, func(i int) []any {
			r := a.Rows[i]
			return []any{i + 1, r.Name, r.Group, r.Kind, amount(r.Amount), r.Goods}
		})
	}
	return max(width, 1)
}

// compare writes the comparison with plan and last period on a sheet of its own, that the first stays what offices read in.
func (s *writer) compare(f *Finance) {
	rows := f.comparison()
	if rows == nil {
		return
	}
	s.name, s.row = "对照", 0
	_, err := s.f.NewSheet(s.name)
	s.do(err)
	for i, w := range []float64{24, 16, 16, 16, 16, 12} {
		col := sheet.ColumnName(i + 1)
		s.do(s.f.SetColWidth(s.name, col, col, w))
	}
	s.line(s.title, f.comparedWith())
	if f.Last != nil {
		s.line(0, "上期："+f.Last.Number+"，"+period(f.Last.From, f.Last.To))
	}
	s.cells(s.head, "项目", "本期", "上期", "增减", "计划", "完成计划")
	for _, r := range rows {
		var last, change, plan any
		if r.last != nil {
			last, change = *r.last, r.now-*r.last
		}
		if r.plan != nil {
			plan = *r.plan
		}
		s.cells(s.text, r.name, r.now, last, change, plan, r.done())
	}
}

// hangs is the line of an office's form on since when a notice is posted and until when.
func hangs(posted, last calendar.Date) []string {
	switch {
	case posted == "":
		return nil
	case last == "":
		return []string{"公示起止：" + posted.Chinese() + "起"}
	}
	return []string{"公示起止：" + posted.Chinese() + "至" + last.Chinese()}
}
