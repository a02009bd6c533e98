package member

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/law/codes"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// changeDeed replaces columns of the roster. Only what differs becomes part of the act.
var changeDeed = &deedKind{slug: "change", Icon: "pencil", title: constant("更正党员信息"), button: constant("更正信息"), day: "生效日期",
	unfit: func(*Member) string { return "" },
	start: func(c *deedCase) *web.Form {
		pairs := []string{"on", string(c.Today), "admitted", string(c.Now.Admitted), "full", string(c.Now.Full)}
		if c.Now.Lost {
			pairs = append(pairs, "lost", "1")
		}
		for _, col := range recordColumns {
			pairs = append(pairs, "r_"+col.key, c.Now.Record[col.key])
		}
		return web.NewForm(pairs...)
	},
	read: func(c *deedCase, f *web.Form, on calendar.Date) decide {
		var x Change
		if d := f.Date("admitted", "入党日期", web.Optional); d != c.Now.Admitted {
			x.Admitted = &d
		}
		if d := f.Date("full", "转正日期", web.Optional); d != c.Now.Full {
			x.Full = &d
		}
		if lost := f.Bool("lost"); lost != c.Now.Lost {
			x.Lost = &lost
		}
		for _, col := range recordColumns {
			v := recordValue(f, col)
			if v != c.Now.Record[col.key] {
				if x.Record == nil {
					x.Record = map[string]string{}
				}
				x.Record[col.key] = v
			}
		}
		if f.OK() && !c.Stale && x.Admitted == nil && x.Full == nil && x.Lost == nil && x.Record == nil {
			f.FailForm("没有任何改动，没有记录。请修改要更正的栏目。")
		}
		return func(ctx context.Context, w *journal.Writer) error {
			_, err := Amend(ctx, w, c.ID, x, on)
			return err
		}
	},
	compare: func(c *deedCase, f *web.Form) []ui.DiffRow {
		rows := []ui.DiffRow{{Label: "入党日期", Old: string(c.Now.Admitted), New: f.Value("admitted")}, {Label: "转正日期", Old: string(c.Now.Full), New: f.Value("full")},
			{Label: "是否失联党员", Old: yesNo(c.Now.Lost), New: yesNo(f.Bool("lost"))}}
		for _, col := range recordColumns {
			if now, typed := c.Now.Record[col.key], f.Value("r_"+col.key); now != "" || typed != "" {
				rows = append(rows, ui.DiffRow{Label: col.title, Old: now, New: typed})
			}
		}
		return rows
	},
	body: changeFields,
}

func yesNo(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

// recordValue reads one of the roster's other columns. They stand in plain text, so personal numbers have no place there.
func recordValue(f *web.Form, col recordColumn) string {
	if col.choices != nil {
		return f.Choice("r_"+col.key, col.title, web.Optional, col.choices...)
	}
	v := f.Text("r_"+col.key, col.title, 100)
	if len(codes.FindPersonal(v)) > 0 {
		f.Fail("r_"+col.key, col.title, "这里不能填写证件号码、电话或银行卡号，请填到专门的栏目")
	}
	return v
}

// recordField is the field of a column.
func recordField(f *web.Form, col recordColumn) ui.Field {
	return field(f, "r_"+col.key, col.title, web.Optional, ui.Third, "")
}
