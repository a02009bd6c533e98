package people

import (
	"context"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/pipl"
)

// AskErasure records that a person's data are to be erased. Nothing is erased by it: somebody else must agree.
func AskErasure(ctx context.Context, w *journal.Writer, person, unit int64, ground string, hold Holds) (int64, error) {
	p, ok, err := journal.State[Person](ctx, w, person)
	switch {
	case err != nil:
		return 0, err
	case !ok:
		return 0, journal.Refuse("没有第 %d 号人员。", person)
	case p.Erased:
		return 0, journal.Refuse("第 %d 号人员的个人信息已经删除。", person)
	}
	open, err := openErasure(ctx, w, w.Town, person)
	if err != nil {
		return 0, err
	}
	if open >= 0 {
		return 0, journal.Refuse("已经有人提出删除（第 %d 号），正等待批准。没有重复提出。", open)
	}
	v, err := forgetting(ctx, w, person, ground, w.Today(), hold)
	if err != nil {
		return 0, err
	}
	return journal.Add(ctx, w, KindErasing, w.Today(), nil, Erasing{Person: person, Key: p.Key, Unit: unit, Ground: ground}, v)
}

// AgreeErasure erases what the acts say of the person, here and in other slices (told), with their corrections, and records who
// agreed. It returns the handle of the person's key, which the caller deletes after the commit ([Vault.Forget]).
func AgreeErasure(ctx context.Context, w *journal.Writer, id int64, hold Holds, told Told) (handle int64, err error) {
	e, err := pending(ctx, w, id)
	if err != nil {
		return 0, err
	}
	if w.By().Person == e.Asked {
		return 0, journal.Refuse("这件是您提出的，要由另一人批准。什么也没有删除。")
	}
	v, err := forgetting(ctx, w, e.Person, e.Ground, w.Today(), hold)
	if err != nil {
		return 0, err
	}
	targets, err := own(ctx, w, e.Person)
	if err != nil {
		return 0, err
	}
	elsewhere, err := told(ctx, w, e.Person)
	if err != nil {
		return 0, err
	}
	targets = append(targets, elsewhere...)
	if _, err := journal.Add(ctx, w, KindErased, w.Today(), []int64{id}, Erased{}, v); err != nil {
		return 0, err
	}
	_, err = w.Erase(ctx, journal.Erasure{Targets: targets, Basis: "《个人信息保护法》第四十七条"})
	return e.Key, err
}

// SpareErasure records that the data stay, and why.
func SpareErasure(ctx context.Context, w *journal.Writer, id int64, reason string) (int64, error) {
	e, err := pending(ctx, w, id)
	if err != nil {
		return 0, err
	}
	if w.By().Person == e.Asked {
		return 0, journal.Refuse("这件是您提出的，要由另一人决定。")
	}
	return journal.Add(ctx, w, KindSpared, w.Today(), []int64{id}, Spared{Reason: reason})
}

// pending is an erasure that waits for consent.
func pending(ctx context.Context, w *journal.Writer, id int64) (*Erasure, error) {
	e, ok, err := journal.State[Erasure](ctx, w, id)
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return nil, journal.Refuse("没有第 %d 号删除事项。", id)
	case e.Next != StepAgree:
		return nil, journal.Refuse("这件删除事项已经办结：%s。", e.Outcome)
	}
	return e, nil
}

// forgetting asks the rule on erasure about a person.
func forgetting(ctx context.Context, w *journal.Writer, person int64, ground string, on calendar.Date, hold Holds) (law.Verdict, error) {
	holds, err := hold(ctx, w, person)
	if err != nil {
		return law.Verdict{}, err
	}
	return judgeForgetting(ground, holds, on), nil
}

func judgeForgetting(ground string, holds []string, on calendar.Date) law.Verdict {
	return pipl.MayForget.Judge(pipl.Forgetting{Ground: law.Some(ground), Holds: law.Some(strings.Join(holds, "；"))}, on, law.Settings{})
}
