package member

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// floatDeed notes that a member went away for work, or came back.
var floatDeed = &deedKind{slug: "float", Icon: "map-pin", day: "日期", unfit: onRoster,
	title: func(m *Member) string {
		if m.Floating {
			return "流动党员返回登记"
		}
		return "流动党员外出登记"
	},
	button: func(m *Member) string {
		if m.Floating {
			return "返回"
		}
		return "外出"
	},
	start: func(c *deedCase) *web.Form {
		return web.NewForm("on", string(c.Today), "away", awayValue(!c.Now.Floating))
	},
	read: func(c *deedCase, f *web.Form, on calendar.Date) decide {
		x := Float{Away: f.Choice("away", "登记事项", web.Needed, awayValue(true), awayValue(false)) == awayValue(true)}
		x.Note = f.Text("note", "联系方式和说明", 200)
		if x.Away {
			x.Place = f.Required("place", "外出地点", 60)
		}
		return func(ctx context.Context, w *journal.Writer) error {
			_, err := Travel(ctx, w, c.ID, x, on)
			return err
		}
	},
	compare: func(c *deedCase, f *web.Form) []ui.DiffRow {
		typed := "在册"
		if f.Value("away") == awayValue(true) {
			typed = "外出"
		}
		return []ui.DiffRow{{Label: "状态", Old: condition(c.Now), New: typed}, {Label: "外出地点", Old: c.Now.Place, New: f.Value("place")},
			{Label: "所在支部", Old: c.Names[c.Branch], New: c.Names[c.Branch]}}
	},
	body: floatFields,
}

// awayValue is the form's word for going or coming back; it is fixed when the form is opened.
func awayValue(away bool) string {
	if away {
		return "away"
	}
	return "back"
}
