package oversight

import (
	"context"

	"cunju/internal/db"
	"cunju/internal/disclosure"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/journal"
	"cunju/internal/org"
)

// discloses finds a unit that publishes notices.
func discloses(ctx context.Context, q db.Querier, town string, unit int64) (org.UnitRow, error) {
	u, err := org.Find(ctx, q, town, unit)
	if db.Kind(err) == db.NotFound || err == nil && disclosure.BodyOf(u.Kind) == "" {
		return u, journal.RefuseField("unit", "请从列出的单位中选择由谁答复。")
	}
	return u, err
}

// about finds the published notice that something is said about, and says what it is about by numbers alone: its title may be
// covered one day, and pages print it from the notice. A notice that is not published to everybody does not exist here.
func about(ctx context.Context, q db.Querier, town string, unit, notice, line int64) (string, error) {
	none := journal.RefuseField("notice", "没有找到这张公示，或者它还没有公布。没有登记，请从公示的页面重新打开。")
	row, err := disclosure.Find(ctx, q, town, notice)
	if db.Kind(err) == db.NotFound || err == nil && (row.Published == "" || row.Scope != disclosure.ScopePublic || row.Unit != unit) {
		return "", none
	}
	if err != nil {
		return "", err
	}
	if line == 0 {
		return numbered(notice), nil
	}
	list, err := linesOf(ctx, q, town, row)
	if err != nil {
		return "", err
	}
	if line > int64(len(list)) {
		return "", journal.RefuseField("line", "这张公示只有 %d 行，没有第 %d 行。没有登记，请重新选择。", len(list), line)
	}
	return numbered(notice) + "第 " + itoa(line) + " 行", nil
}

// dueItem finds a due item; ok is false when there is none.
func dueItem(ctx context.Context, q db.Querier, town string, id int64) (d catalogue.Due, ok bool, err error) {
	if id <= 0 {
		return d, false, nil
	}
	d, err = catalogue.FindDue(ctx, q, town, id)
	if db.Kind(err) == db.NotFound {
		return d, false, nil
	}
	return d, err == nil, err
}

// numbered is how acts name a notice: its title may be covered one day.
func numbered(notice int64) string { return "第 " + itoa(notice) + " 号公示" }

// publishedBy refuses a notice that is not published, or not by a unit.
func publishedBy(ctx context.Context, w *journal.Writer, field string, notice, unit int64) (disclosure.Row, error) {
	row, err := disclosure.Find(ctx, w, w.Town, notice)
	if db.Kind(err) == db.NotFound || err == nil && (row.Published == "" || row.Scope != disclosure.ScopePublic || row.Unit != unit) {
		return row, journal.RefuseField(field, "第 %d 号不是这个单位已经公布的公示。没有登记，请核对公示的登记号。", notice)
	}
	return row, err
}
