package member

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// fullDeed makes a probationary member a full one.
var fullDeed = &deedKind{slug: "full", Icon: "user-check", title: constant("预备党员转正"), button: constant("转正"), day: "转正日期",
	unfit: func(m *Member) string {
		if m.Ended == "" && m.Now().Category == Full {
			return "此人已是正式党员，不需要再办转正。"
		}
		return onRoster(m)
	},
	start: func(c *deedCase) *web.Form {
		on := c.Today
		if due := c.Now.Admitted.AddYears(1); due != "" && due < on {
			on = due
		}
		return web.NewForm("on", string(on))
	},
	read: func(c *deedCase, f *web.Form, on calendar.Date) decide {
		t := TurnFull{Basis: f.Required("basis", "会议和批准", 200)}
		return func(ctx context.Context, w *journal.Writer) error {
			_, err := Confirm(ctx, w, c.ID, t, on)
			return err
		}
	},
	compare: func(c *deedCase, f *web.Form) []ui.DiffRow {
		return []ui.DiffRow{{Label: "人员类别", Old: c.Now.Now().Category.Chinese(), New: Full.Chinese()},
			{Label: "转正日期", Old: string(c.Now.Full), New: f.Value("on")}, {Label: "所在支部", Old: c.Names[c.Branch], New: c.Names[c.Branch]}}
	},
	body: fullFields,
}
