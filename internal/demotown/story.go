package demotown

import (
	"context"
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/disclosure/posting"
	"cunju/internal/journal"
)

// Notices whose life is told in full.
const (
	coopQuarter = "文峰村股份经济合作社2026年第三季度集体财务收支公开表"
	lastMonth   = "文峰村2026年10月财务收支公开表"
)

const (
	// unseen is the Saturday on which nobody stood before the board: the gap in its posting report.
	unseen calendar.Date = "2026-10-17"
	// torn is the day on which the newest sheet was found torn off.
	torn calendar.Date = "2026-11-17"
	// outage is the day without a heartbeat: the server stood still.
	outage calendar.Date = "2026-08-12"
)

// boardEvents are what people saw before 文峰村's board: the head of the supervision committee looks once a day at two sheets,
// misses one Saturday, and finds one torn off, which the office hangs again.
func (b *builder) boardEvents() []event {
	var out []event
	look := func(on calendar.Date, title string, by who, w posting.Witness, a posting.Answer, note string) {
		out = append(out, event{on: on, by: by, do: func(ctx context.Context, wr *journal.Writer) error {
			id, ok := b.notices[title]
			if !ok {
				return fmt.Errorf("no notice %s", title)
			}
			seen, _, err := posting.Look(ctx, wr, posting.CheckIn{Notice: id, Witness: string(w), Answer: string(a), Code: true, Note: note})
			if a != posting.There {
				b.gone = seen
			}
			return err
		}})
	}
	head, director := b.login("zhumingliang"), b.login("lizhiqiang")
	for d := calendar.Date("2026-10-08"); d <= "2026-10-23"; d = d.AddDays(1) {
		if d != unseen {
			look(d, coopQuarter, head, posting.Supervisor, posting.There, "")
		}
	}
	for d := calendar.Date("2026-11-13"); d <= Present; d = d.AddDays(1) {
		if d == torn {
			look(d, lastMonth, head, posting.Supervisor, posting.Gone, "夜里大风，左边一角撕掉了")
			continue
		}
		look(d, lastMonth, head, posting.Supervisor, posting.There, "")
	}
	return append(out, event{on: torn, by: director, do: func(ctx context.Context, w *journal.Writer) error {
		_, err := posting.Mend(ctx, w, b.gone, posting.Rehang{Done: posting.HungAgain, Note: "重新打印，四边用玻璃压住"})
		return err
	}})
}

// login is the person of a demonstration account in his office.
func (b *builder) login(name string) who {
	for _, l := range b.facts.Logins {
		if l.Login == name {
			return who{id: l.ID, unit: l.Unit, post: l.Office}
		}
	}
	return who{}
}
