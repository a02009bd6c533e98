package demotown

import (
	"context"
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/disclosure/posting"
	"cunju/internal/journal"
	"cunju/internal/law/notice"
	"cunju/internal/org"
)

// widened is the day on which the street set its own terms for the new year.
const widened calendar.Date = "2025-12-22"

// admissions is what the street added to the catalogue of its Party organisations.
const admissions = "发展党员公示"

// catalogueEvents are the street's own terms: the 15th for the villages' money, the 5th and fifteen days on the board for the co-operatives', and one item more.
func (b *builder) catalogueEvents() []event {
	const citation = "文峰街道三务公开目录（2026年版）（演示）"
	street := b.byLabel[b.facts.Town.Name]
	var out []event
	for _, c := range []catalogue.Change{
		{Body: string(notice.Village), Item: catalogue.CodeFinance, Month: 1, Day: 15},
		{Body: string(notice.Collective), Item: catalogue.CodeFinance, Month: 1, Day: 5, Days: 15},
		{Body: string(notice.Party), Subject: "party", Title: admissions, Detail: "拟确定的发展对象、拟接收的预备党员。", Scope: string(catalogue.Public), Form: string(catalogue.List),
			Rhythm: string(catalogue.AtOnce), Days: 15, Office: "党组织委员会"},
	} {
		c.Over, c.From, c.Citation = street, "2026-01-01", citation
		out = append(out, event{widened, b.login("zhoujianping"), func(ctx context.Context, w *journal.Writer) error {
			_, err := catalogue.Widen(ctx, w, c, w.Today())
			return err
		}})
	}
	return out
}

// itemOf is the code under which a unit discloses; what the street added is known by its name.
func (b *builder) itemOf(ctx context.Context, w *journal.Writer, unit int64, code string, on calendar.Date) (string, error) {
	if code != admissions {
		return code, nil
	}
	items, err := catalogue.Of(ctx, w, b.Town, unit, on)
	for _, it := range items {
		if it.Title == admissions {
			return it.Code, nil
		}
	}
	return "", fmt.Errorf("no item %s: %w", admissions, err)
}

// thinkFor is after how many days an office says that there was nothing to tell.
const thinkFor = 10

// nothing is what the offices state of a quarter in which nothing happened; what is not in the list they tell, or leave untold.
var nothing = map[string]string{
	"assets":       "本季度资产、资源和债权债务没有增减变动，详见2025年末清查结果。",
	"decisions":    "本季度没有召开村民会议、村民代表会议，以前决定的事项已经办完。",
	"consultation": "本季度没有组织民主协商。",
	"relief":       "本季度没有收到救灾救助、补贴补助资金物资。",
}

// evening is what a day brings by itself: what has become due, what is late, what the board shows; and what offices state.
func (b *builder) evening(ctx context.Context, day calendar.Date) error {
	b.Clock.To(day)
	if day == outage {
		return nil
	}
	if err := catalogue.Daily(ctx, b.Journal, b.Town, day); err != nil {
		return err
	}
	open, err := catalogue.DueOf(ctx, b.DB, b.Town, catalogue.DueFilter{Open: true, Limit: 1000})
	if err != nil {
		return err
	}
	for _, d := range open {
		if reason := nothing[d.Item]; reason != "" && d.Opened.AddDays(thinkFor) == day {
			if err := b.state(ctx, d, reason, day); err != nil {
				return fmt.Errorf("%s: %w", d.Title, err)
			}
		}
	}
	ended, err := disclosure.Ended(ctx, b.DB, b.Town, day, 10)
	if err != nil {
		return err
	}
	for _, row := range ended {
		if _, err := b.record(ctx, day, who{}, func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.CoverList(ctx, w, row.ID, day, rooms...)
			return err
		}); err != nil {
			return err
		}
	}
	return posting.Daily(ctx, b.Journal, b.Town)
}

// state records the statement of the head of a unit that there was nothing to tell.
func (b *builder) state(ctx context.Context, d catalogue.Due, reason string, on calendar.Date) error {
	held, err := org.OfficesIn(ctx, b.DB, b.Town, d.Unit, on)
	if err != nil {
		return err
	}
	for _, o := range held {
		switch o.Role {
		case "village-director", "residents-director", "collective-chair":
			_, err := b.Journal.Record(ctx, b.Town, journal.Request{By: journal.By{Person: o.Person, Office: o.ID},
				Decide: func(ctx context.Context, w *journal.Writer) error {
					_, err := catalogue.Nothing(ctx, w, d.ID, reason, on)
					return err
				}})
			return err
		}
	}
	return fmt.Errorf("nobody heads unit %d on %s", d.Unit, on)
}
