package desk

import (
	"slices"
	"strconv"

	"cunju/internal/calendar"
	"cunju/internal/desk/body"
	"cunju/internal/web/ui"
)

// sealed says in words how far an act is under seal.
func sealed(v actView) string {
	if v.Sealed {
		return "已封存并有签名的检查点"
	}
	return "已记入总账，检查点将在片刻内签名"
}

func fixAction(x fixing) string {
	if x.Void {
		return actPath(x.View.N) + "/void"
	}
	return actPath(x.View.N) + "/correct"
}

func fixText(void bool) string {
	if void {
		return "撤销误录"
	}
	return "记下更正"
}

func fixDone(void bool) string {
	if void {
		return "已撤销。原来的记录仍在，可以随时查看。"
	}
	return "已更正。原来的记录仍在，可以随时查看。"
}

// fixEvent is a correction on a timeline.
func fixEvent(f Fix) ui.Event {
	return ui.Event{When: calendar.Instant(f.Act.Recorded), Title: fixWord(f.Void), Who: f.Who, Text: "原因：" + f.Reason, Act: f.Act.N, Href: f.Href()}
}

func fixWord(void bool) string {
	if void {
		return "撤销误录"
	}
	return "更正"
}

// kept are the values that a correction leaves as they are, among what the form does not show.
func (x fixing) kept() []body.Item {
	var out []body.Item
	for _, i := range x.View.Items {
		if slices.Contains(x.Form.Keep, i.Path) && !i.Empty() {
			out = append(out, i)
		}
	}
	return out
}

func withHelp(f ui.Field, help string) ui.Field {
	f.Help = help
	return f
}

func width(f ui.Field, w ui.Width) ui.Field {
	f.Width = w
	return f
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
