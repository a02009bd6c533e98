package disclosure

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/sheet"
	"cunju/internal/sheet/layouts"
)

// layoutOf chooses what a file is: a list whose needed columns are all there, else a finance table, which is also how a file that
// is none of them is told what it lacks.
func layoutOf(ctx context.Context, book *sheet.Book) (*sheet.Preview, error) {
	for _, l := range []*sheet.Layout{layouts.DecisionTable(), layouts.ResultTable(), layouts.AidTable()} {
		m, err := sheet.Find(book, l, "")
		if err != nil || len(m.Missing) > 0 || l.Name == "aid" && !receives(m) {
			continue
		}
		return sheet.Read(ctx, book, l, sheet.ReadOptions{})
	}
	p, err := sheet.Read(ctx, book, layouts.FinanceTable(), sheet.ReadOptions{})
	var r *sheet.Refusal
	if errors.As(err, &r) && r.Code == "no-header" {
		if q, err2 := sheet.Read(ctx, book, layouts.TransferTable(), sheet.ReadOptions{}); err2 == nil {
			return q, nil
		}
	}
	return p, err
}

// receives reports whether a list of names says what they receive, and is not a finance table that names who took the money.
func receives(m *sheet.Match) bool {
	some := false
	for _, c := range m.Columns {
		some = some || slices.Contains([]string{"amount", "goods", "kind"}, c.Key)
	}
	for _, h := range m.Unknown {
		if strings.Contains(h.Title, "收支") || strings.Contains(h.Title, "开支") || strings.Contains(h.Title, "支出") || strings.Contains(h.Title, "收入") {
			return false
		}
	}
	return some
}

// readList takes a typed list over from what the layout read.
func (c *Content) readList(p *sheet.Preview) {
	col := columnsOf(p)
	for _, r := range p.Rows {
		text := func(key string) string { return r.Values[col[key]] }
		switch p.Layout {
		case "decisions":
			c.Decisions = append(c.Decisions, Decision{Meeting: text("meeting"), Day: calendar.Date(text("day")), Text: text("text"), Charge: text("charge"),
				Deadline: calendar.Date(text("deadline")), State: codeOf(carried, text("state")), Note: text("note")})
		case "results":
			c.Results = append(c.Results, Result{Kind: codeOf(results, text("kind")), Subject: text("subject"), From: calendar.Date(text("from")), To: calendar.Date(text("to")),
				By: text("by"), Finding: text("finding"), Mended: text("mended")})
		case "aid":
			if c.Aid == nil {
				c.Aid = &Aid{Matter: strings.TrimRight(strings.TrimSuffix(c.Title, "名单"), "人员")}
			}
			c.Aid.Rows = append(c.Aid.Rows, Recipient{Name: text("name"), Group: text("group"), Kind: text("kind"), Amount: fen(text("amount")), Goods: text("goods")})
		}
	}
	switch {
	case len(p.Rows) == 0:
		fault(p, sheet.Problem{Message: "表里没有内容行，请填写后重新上传"})
	case len(p.Rows) > maxTableRows:
		fault(p, sheet.Problem{Message: fmt.Sprintf("一张公示的表最多 %d 行。请拆成几张公示", maxTableRows)})
	}
	p.Problems = slices.DeleteFunc(p.Problems, func(q sheet.Problem) bool { // columns that the layout does not know are told of in our words
		unknown := q.Level == sheet.Warning && slices.ContainsFunc(p.Match.Unknown, func(h sheet.Heading) bool {
			return q.Value == h.Title && q.Row == 0 || q.Address == sheet.Address(p.Match.Row, h.Col)
		})
		if unknown {
			p.Warnings--
		}
		return unknown
	})
	for _, h := range p.Match.Unknown {
		p.Warnings++
		p.Problems = append(p.Problems, sheet.Problem{Sheet: p.Match.Sheet, Level: sheet.Warning, Address: sheet.Address(p.Match.Row, h.Col), Column: h.Title,
			Message: "这一栏不在公开的栏目里，没有读入，也不会公布"})
	}
}

// subjectOf is under which heading of the board a list usually goes.
func (c *Content) subjectOf() string {
	if c.Finance == nil && c.tabular() && c.Table == nil {
		return "village"
	}
	return "finance"
}
