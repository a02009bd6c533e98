package member

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// waysOut are the values of the form and what they stand for.
var waysOut = []How{Out, Died, Left}

// leaveDeed takes a member off the town's rosters.
var leaveDeed = &deedKind{slug: "leave", Icon: "user-minus", title: constant("转出或减少党员"), button: constant("转出或减少"), day: "从哪天起不在册", unfit: onRoster,
	start: func(c *deedCase) *web.Form { return web.NewForm("on", string(c.Today)) },
	read: func(c *deedCase, f *web.Form, on calendar.Date) decide {
		var offered []string
		for _, h := range waysOut {
			offered = append(offered, string(h))
		}
		l := Leave{How: How(f.Choice("how", "原因类别", web.Needed, offered...)), To: f.Text("to", "转往哪个党组织", 100), Reason: f.Text("reason", "说明和依据", 300)}
		if l.How == Out && l.To == "" {
			f.Fail("to", "转往哪个党组织", "转出的请填写接收的党组织")
		}
		if l.How == Left && l.Reason == "" {
			f.Fail("reason", "说明和依据", "出党的请写明决定和批准文件")
		}
		return func(ctx context.Context, w *journal.Writer) error {
			_, err := Depart(ctx, w, c.ID, l, on)
			return err
		}
	},
	compare: func(c *deedCase, f *web.Form) []ui.DiffRow {
		return []ui.DiffRow{{Label: "状态", Old: condition(c.Now), New: How(f.Value("how")).Chinese()},
			{Label: "所在支部", Old: c.Names[c.Branch], New: f.Value("to")}, {Label: "从哪天起不在册", Old: endText(c.Now), New: f.Value("on")}}
	},
	body: leaveFields,
}

// endText is when a membership ended.
func endText(m *Member) string {
	if m.Ended == "" {
		return ""
	}
	return string(m.Life.To)
}

func waysOutOptions() []ui.Option {
	help := map[How]string{Out: "组织关系转到街道以外", Died: "", Left: "退党、劝退、除名、开除党籍等"}
	var list []ui.Option
	for _, h := range waysOut {
		list = append(list, ui.Option{Value: string(h), Text: h.Chinese(), Help: help[h]})
	}
	return list
}
