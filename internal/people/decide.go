package people

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/journal"
)

// Register records a person, unless one with the same ID number is there already.
func Register(ctx context.Context, w *journal.Writer, e Enrol, on calendar.Date) (int64, error) {
	if e.ID.Blind != "" {
		same, err := ByBlind(ctx, w, w.Town, "id", e.ID.Blind)
		if err != nil {
			return 0, err
		}
		if len(same) > 0 {
			return 0, journal.RefuseField("idnumber", "这个身份号码已经登记过（第 %d 号人员）。没有重复登记，请直接选用已有的人员。", same[0])
		}
	}
	return journal.Add(ctx, w, KindEnrol, on, nil, e)
}

// Amend records a change of a person's particulars.
func Amend(ctx context.Context, w *journal.Writer, id int64, c Change, on calendar.Date) (int64, error) {
	if c.ID != nil && c.ID.Blind != "" {
		same, err := ByBlind(ctx, w, w.Town, "id", c.ID.Blind)
		if err != nil {
			return 0, err
		}
		for _, other := range same {
			if other != id {
				return 0, journal.RefuseField("idnumber", "这个身份号码属于第 %d 号人员。没有更改，请核对号码。", other)
			}
		}
	}
	return journal.Add(ctx, w, KindChange, on, []int64{id}, c)
}

// Settle records a household with its residents.
func Settle(ctx context.Context, w *journal.Writer, f Found, on calendar.Date) (int64, error) {
	same, err := householdsByNumber(ctx, w, w.Town, f.Unit, f.Number, on)
	if err != nil {
		return 0, err
	}
	if len(same) > 0 {
		return 0, journal.RefuseField("number", "户号 %s 已经登记（第 %d 号）。没有重复登记。", f.Number, same[0])
	}
	return journal.Add(ctx, w, KindFound, on, nil, f)
}
