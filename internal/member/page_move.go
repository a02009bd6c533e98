package member

import (
	"context"
	"strconv"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// moveDeed sends a member to another branch of the town.
var moveDeed = &deedKind{slug: "move", Icon: "arrows-exchange", title: constant("转接到本街道的另一支部"), button: constant("转接支部"), day: "转接日期", unfit: onRoster,
	start: func(c *deedCase) *web.Form { return web.NewForm("on", string(c.Today)) },
	read: func(c *deedCase, f *web.Form, on calendar.Date) decide {
		offered := []string{strconv.FormatInt(c.Branch, 10)} // a form sent twice finds the member there already
		for _, o := range c.Branches {
			offered = append(offered, o.Value)
		}
		branch, _ := strconv.ParseInt(f.Choice("branch", "转入支部", web.Needed, offered...), 10, 64)
		if by, ok := c.movers[branch]; ok {
			c.Via = by
		}
		m := Move{Branch: branch, Reason: f.Text("reason", "转接原因", 200)}
		return func(ctx context.Context, w *journal.Writer) error {
			_, err := Transfer(ctx, w, c.ID, m, on)
			return err
		}
	},
	compare: func(c *deedCase, f *web.Form) []ui.DiffRow {
		id, _ := strconv.ParseInt(f.Value("branch"), 10, 64)
		return []ui.DiffRow{{Label: "所在支部", Old: c.Names[c.Branch], New: c.Names[id]},
			{Label: "何日起", Old: string(c.Now.Now().From), New: f.Value("on")}, {Label: "状态", Old: condition(c.Now), New: condition(c.Now)}}
	},
	body: moveFields,
}
