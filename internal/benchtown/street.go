package benchtown

import (
	"context"
	"fmt"
	"sync"
	"time"

	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/disclosure/posting"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/people"
)

// boardStart is the first day of the board.
const boardStart = calendar.Date("2016-01-01")

// Street is a town whose villages publish, filled through the journal like any.
type Street struct {
	Code     string
	Journal  *journal.Journal
	Vault    people.Vault
	villages []village
	notices  []int64
	acts     []int64 // of their publication
	mu       sync.Mutex
}

// village is a village with those who publish for it.
type village struct {
	name                                 string
	area, committee, collective          int64
	accountant, watch, secretary, editor journal.By
}

// startOf is nine in the morning of a day, Beijing time.
func startOf(d calendar.Date) time.Time { return time.UnixMilli(d.Start()).Add(9 * time.Hour) }

// fill lets the villages publish for some years: each notice walks all its steps, each day has its heartbeat.
func (s *Street) fill(ctx context.Context, years int, clock *calendarClock) error {
	if err := s.found(ctx); err != nil {
		return err
	}
	for month := range 12 * years {
		day := boardStart.AddMonths(month).AddDays(4)
		clock.set(startOf(day))
		first := len(s.notices)
		if err := s.each(func(v *village) error { return s.publish(ctx, v, month) }); err != nil {
			return err
		}
		if err := s.heartbeats(ctx, clock, day, s.notices[first:]); err != nil {
			return err
		}
	}
	clock.set(startOf(boardStart.AddMonths(12 * years).AddDays(-4)))
	return nil
}

// each lets all villages work at the same time.
func (s *Street) each(f func(v *village) error) error {
	errs := make([]error, len(s.villages))
	var wait sync.WaitGroup
	for i := range s.villages {
		wait.Go(func() { errs[i] = f(&s.villages[i]) })
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Street) record(ctx context.Context, by journal.By, do func(context.Context, *journal.Writer) error) error {
	_, err := s.Journal.Record(ctx, s.Code, journal.Request{By: by, Decide: do})
	return err
}

// found sets up the street, its villages and their offices.
func (s *Street) found(ctx context.Context) error {
	const since = calendar.Date("2003-06-18")
	enrols, err := s.Vault.Enrolments(ctx, slicesOf(4*villages, func(i int) people.Details {
		return people.Details{Name: fmt.Sprintf("干部%d", i+1), Sex: "男", Birth: "1970-01-01", Ethnicity: "汉族"}
	}))
	if err != nil {
		return err
	}
	return s.record(ctx, journal.By{System: true}, func(ctx context.Context, w *journal.Writer) error {
		unit := func(kind, name, short string, parents map[org.Line]int64) (int64, error) {
			return journal.Add(ctx, w, org.KindEstablish, since, nil, org.Establish{Kind: kind, Name: name, Short: short, Parents: parents})
		}
		street, err := unit("town", "测速街道", "", nil)
		if err != nil {
			return err
		}
		for k := range villages {
			v := village{name: fmt.Sprintf("第%d村", k+1)}
			if v.area, err = unit("village", v.name, "", map[org.Line]int64{org.Area: street}); err != nil {
				return err
			}
			in := map[org.Line]int64{org.Area: v.area}
			seats := []struct {
				kind, name, role string
				unit             *int64
				who              *journal.By
			}{
				{"collective", "股份经济合作社", "accountant", &v.collective, &v.accountant}, {"supervision-committee", "村务监督委员会", "supervision-head", new(int64), &v.watch},
				{"party-general-branch", "党总支", "general-branch-secretary", new(int64), &v.secretary}, {"villagers-committee", "村民委员会", "village-director", &v.committee, &v.editor},
			}
			for i, seat := range seats {
				if *seat.unit, err = unit(seat.kind, v.name+seat.name, v.name+seat.name, in); err != nil {
					return err
				}
				if seat.who.Person, err = journal.Add(ctx, w, people.KindEnrol, since, nil, enrols[4*k+i]); err != nil {
					return err
				}
				if seat.who.Office, err = journal.Add(ctx, w, org.KindAppoint, since, nil, org.Appoint{Unit: *seat.unit, Role: seat.role, Person: seat.who.Person}); err != nil {
					return err
				}
			}
			s.villages = append(s.villages, v)
		}
		return nil
	})
}

// publish brings a village's notices of a month onto the board and takes them down again when their days are over, which the
// law counts from the day of posting; the clock stands meanwhile.
func (s *Street) publish(ctx context.Context, v *village, month int) error {
	var ids []int64
	list := v.contents(month)
	walk := func(by journal.By, f func(ctx context.Context, w *journal.Writer, id int64) error) error {
		return s.record(ctx, by, func(ctx context.Context, w *journal.Writer) error {
			for _, id := range ids {
				if err := f(ctx, w, id); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err := s.record(ctx, v.accountant, func(ctx context.Context, w *journal.Writer) error {
		ids = ids[:0]
		for _, c := range list {
			unit := v.committee
			if c.Subject == "collective" {
				unit = v.collective
			}
			id, err := disclosure.Begin(ctx, w, unit, c, 0, w.Today())
			if err != nil {
				return err
			}
			if _, err := disclosure.Hand(ctx, w, id, w.Today()); err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := walk(v.watch, func(ctx context.Context, w *journal.Writer, id int64) error {
		_, err := disclosure.Examine(ctx, w, id, disclosure.Check{Agree: true, Note: "账证相符"}, w.Today())
		return err
	}); err != nil {
		return err
	}
	if err := walk(v.secretary, func(ctx context.Context, w *journal.Writer, id int64) error {
		met := &disclosure.Meeting{Day: w.Today(), Chair: "书记", Expected: 7, Attended: 6}
		_, err := disclosure.Decide(ctx, w, id, disclosure.Approve{Agree: true, Meeting: met}, w.Today())
		return err
	}); err != nil {
		return err
	}
	acts := map[int64]int64{}
	if err := walk(v.editor, func(ctx context.Context, w *journal.Writer, id int64) error {
		act, err := disclosure.Release(ctx, w, id, w.Today())
		if err != nil {
			return err
		}
		acts[id] = act
		_, err = disclosure.Hang(ctx, w, id, v.name+"公开栏", w.Today())
		return err
	}); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range ids {
		s.notices, s.acts = append(s.notices, id), append(s.acts, acts[id])
	}
	return nil
}

// contents are a village's notices of a month: the month's accounts, two of its affairs, and each quarter the collective's.
func (v *village) contents(month int) []disclosure.Content {
	from := boardStart.AddMonths(month - 1)
	title := fmt.Sprintf("%d年%d月", from.Year(), from.Month())
	f := &disclosure.Finance{Opening: 2_548_720_66}
	for i, item := range []string{"店面租金", "土地流转收入", "上级补助", "环卫劳务费", "办公费", "水电费", "道路维修", "路灯维修", "慰问支出", "误工补贴", "绿化养护",
		"会议费", "报刊费", "防汛物资", "垃圾清运", "河道保洁", "培训费", "邮电费", "车辆租用", "其他支出"} {
		amount := int64(1+(month*7+i*13)%97) * 100_00
		l := disclosure.Line{Day: from.AddDays(i), Item: item, Source: "村集体经营收入", Handler: "村委会", Voucher: fmt.Sprintf("记-%03d", i+1)}
		if i < 3 {
			l.In = amount
		} else {
			l.Out = amount
		}
		f.Lines = append(f.Lines, l)
	}
	in, out := f.Sums()
	f.Closing = f.Opening + in - out
	list := []disclosure.Content{
		{Subject: "finance", Title: v.name + title + "财务收支公开表", From: from, To: from.MonthEnd(), Text: "按月公布。", Finance: f},
		{Subject: "village", Item: "common", Title: v.name + title + "道路维修情况", Text: "本月维修村内道路，由村里出资，工程已经验收。\n有疑问的请向监督委员会提出。"},
		{Subject: "village", Item: "assistance", Title: v.name + title + "便民服务事项", Text: "本月办理便民服务事项，代办、帮办情况已登记在册。\n服务时间：周一至周六。"},
	}
	if month%3 == 0 {
		list = append(list, disclosure.Content{Subject: "collective", Title: v.name + title + "集体资产经营情况", From: from, To: from.MonthEnd(), Text: "按季公布。", Finance: f})
	}
	return list
}

// heartbeats record what the board showed on each day of a month.
func (s *Street) heartbeats(ctx context.Context, clock *calendarClock, day calendar.Date, shown []int64) error {
	h := posting.Heartbeat{}
	for _, id := range shown {
		h.Shown = append(h.Shown, posting.Shown{Notice: id, Act: id, Print: "0000000000000000"})
	}
	for range 28 {
		h.Day = day
		clock.set(startOf(day))
		if err := s.record(ctx, journal.By{System: true}, func(ctx context.Context, w *journal.Writer) error {
			_, err := journal.Add(ctx, w, posting.KindDay, h.Day, nil, h)
			return err
		}); err != nil {
			return err
		}
		if day == day.MonthStart().AddDays(20) {
			if err := s.takeDown(ctx); err != nil {
				return err
			}
		}
		day = day.AddDays(1)
	}
	return nil
}

// takeDown takes down what has hung its days.
func (s *Street) takeDown(ctx context.Context) error {
	return s.each(func(v *village) error {
		return s.record(ctx, v.secretary, func(ctx context.Context, w *journal.Writer) error {
			for _, unit := range []int64{v.committee, v.collective} {
				rows, err := disclosure.Board(ctx, w, s.Code, disclosure.BoardFilter{Area: unit, From: w.Today().MonthStart(), Limit: 10})
				if err != nil {
					return err
				}
				for _, row := range rows {
					if row.Next != disclosure.StepTakeDown {
						continue
					}
					if _, err := disclosure.Remove(ctx, w, row.ID, "张贴期满", w.Today()); err != nil {
						return err
					}
				}
			}
			return nil
		})
	})
}

func slicesOf[T any](n int, f func(i int) T) []T {
	out := make([]T, n)
	for i := range out {
		out[i] = f(i)
	}
	return out
}
