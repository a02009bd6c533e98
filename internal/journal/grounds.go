package journal

import (
	"context"
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/db"
)

// settle prints the entities that grew since act from, and refuses when one of them needs another that is not there for the
// whole time, or when one of them ends under something that still needs it. Nothing is written; after an error the entities are
// as they were before, except for their histories. Acts from number first on are the request's own.
func (d *desk) settle(ctx context.Context, from, first int64) (err error) {
	var grown []*entity
	var was []Print
	seen := map[int64]bool{}
	for _, a := range d.acts[from-d.base:] {
		for _, id := range a.act.On {
			if !seen[id] {
				seen[id] = true
				e := d.live[id]
				grown, was = append(grown, e), append(was, e.now)
				e.now = e.print()
			}
		}
	}
	defer func() {
		if err != nil {
			for i, e := range grown {
				e.now = was[i]
			}
		}
	}()
	for _, e := range grown {
		if err := d.checkUses(ctx, e.now.Uses, first); err != nil {
			return err
		}
	}
	// What this request uses stands by now: whoever is found without ground is older.
	users := usersOnDesk{d: d}
	for i, e := range grown {
		before, after := was[i].Life, e.now.Life
		if before != (Span{}) && (after.From > before.From || after.To < before.To || after.Empty()) {
			if err := d.checkUsers(ctx, e.id, after, first, &users); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkUses refuses when something that an entity needs is not there for the whole time.
func (d *desk) checkUses(ctx context.Context, uses []Use, first int64) error {
	for _, u := range uses {
		if u.Span.Empty() {
			continue
		}
		l, err := d.lifeOf(ctx, u.Entity)
		if err != nil {
			return err
		}
		act := u.Act
		if act >= first { // nothing older is in the way
			act = -1
		}
		switch {
		case l.Empty():
			return &Refusal{Act: act, Message: fmt.Sprintf("第 %d 号对象不存在，没有办理。", u.Entity)}
		case u.Span.From < l.From:
			return &Refusal{Act: act, Message: fmt.Sprintf("%s 时第 %d 号还没有设立（%s 才设立），没有办理。请核对日期。", u.Span.From.Chinese(), u.Entity, l.From.Chinese())}
		case u.Span.To > l.To:
			return &Refusal{Act: act, Message: fmt.Sprintf("第 %d 号已于 %s 终止，之后不能再属于它，没有办理。请核对日期或改选其他。", u.Entity, l.To.Chinese())}
		}
	}
	return nil
}

// checkUsers refuses when an entity's life was shortened under something that still needs it, and names the first act that
// does. For entities on the desk their print counts, for all others the table.
func (d *desk) checkUsers(ctx context.Context, id int64, life Span, first int64, here *usersOnDesk) error {
	stored, err := db.All[struct {
		User, Act int64
		From      calendar.Date
		Kind      string
	}](ctx, d.tx, `SELECT u.user_id, u.act, u.from_day, a.kind FROM journal_use u CROSS JOIN journal_act a
		WHERE u.town = $1 AND u.used = $2 AND (u.from_day < $3 OR u.to_day > $4) AND a.town = $1 AND a.n = u.act ORDER BY u.act LIMIT $5`,
		d.town, id, string(life.From), string(life.To), int64(len(d.live))+1)
	if err != nil {
		return err
	}
	act, from, kind := int64(-1), calendar.Date(""), ""
	for _, r := range stored {
		if d.live[r.User] == nil {
			act, from, kind = r.Act, r.From, r.Kind
			break
		}
	}
	for _, u := range here.of(id) {
		if (u.Span.From < life.From || u.Span.To > life.To) && (act < 0 || u.Act < act) {
			act, from, kind = u.Act, u.Span.From, here.kind[u.Act]
		}
	}
	if act < 0 {
		return nil
	}
	if act >= first { // flushed by this request, which now contradicts itself
		return &Refusal{Act: -1, Message: fmt.Sprintf("这次一并办理的“%s”从 %s 起要用到第 %d 号，它却不再存在那么久。都没有办理；请核对日期。", d.j.book.Title(kind), from.Chinese(), id)}
	}
	return &Refusal{Act: act, Message: fmt.Sprintf("这样办理之后，第 %d 号“%s”就不能成立：它从 %s 起要用到第 %d 号。没有办理；请先处理第 %d 号。",
		act, d.j.book.Title(kind), from.Chinese(), id, act)}
}

// usersOnDesk knows what the entities on the desk use; it looks only when asked, which is seldom.
type usersOnDesk struct {
	d    *desk
	uses map[int64][]Use // by the entity used
	kind map[int64]string
}

func (h *usersOnDesk) of(used int64) []Use {
	if h.uses == nil {
		h.uses, h.kind = map[int64][]Use{}, map[int64]string{}
		for _, e := range h.d.live {
			for _, u := range e.now.Uses {
				if !u.Span.Empty() {
					h.uses[u.Entity] = append(h.uses[u.Entity], u)
				}
			}
			if len(e.now.Uses) > 0 {
				for _, a := range e.acts {
					h.kind[a.N] = a.Kind
				}
			}
		}
	}
	return h.uses[used]
}
