package main

import (
	"context"
	"fmt"
	"strings"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/org"
)

// acting says in whose name a command records or reads personal data. Sitting at the server gives no powers of its own: what
// is done here is done by a person in office, and is seen to be.
type acting struct {
	By string `help:"经办人的登录名；以其职务办理并留下记录。" placeholder:"登录名"`
}

// who finds the person, and the decision that lets him do an act for a unit.
func (a acting) who(ctx context.Context, h *house, act string, unit int64) (access.Actor, access.Decision, error) {
	if a.By == "" {
		return access.Actor{}, access.Decision{}, fmt.Errorf("请用 --by 写明经办人的登录名。没有办理")
	}
	acc, err := h.accounts.ByLogin(ctx, a.By)
	if err != nil {
		return access.Actor{}, access.Decision{}, fmt.Errorf("没有登录名为 %s 的账号。没有办理", a.By)
	}
	actor, err := org.Actor(ctx, h.db, h.town, acc.Person, h.journal.Today())
	if err != nil {
		return actor, access.Decision{}, err
	}
	actor.Login, actor.Name = acc.Login, acc.Name
	target, err := org.Target(ctx, h.db, h.town, unit, h.journal.Today())
	if err != nil {
		return actor, access.Decision{}, err
	}
	d := h.policy.May(actor, act, target)
	if !d.Allowed {
		return actor, d, fmt.Errorf("%s%s 没有办理；可以办理的是：%s", acc.Name+"：", d.Reason, strings.Join(d.Need, "；"))
	}
	return actor, d, nil
}

// by is how the journal knows the person.
func by(actor access.Actor, d access.Decision) journal.By {
	return journal.By{Person: actor.Person, Office: d.Via.ID}
}

// street is the unit that the whole town stands under.
func (h *house) street(ctx context.Context, on calendar.Date) (int64, error) {
	units, err := org.Tree(ctx, h.db, h.town, org.Area, on)
	if err != nil {
		return 0, err
	}
	for _, u := range units {
		if u.Kind == "town" {
			return u.ID, nil
		}
	}
	return 0, fmt.Errorf("%s还没有登记街道（乡镇）这个单位。没有办理", on.Chinese())
}

// unitNamed finds a unit by its full or short name; "" is the whole town.
func (h *house) unitNamed(ctx context.Context, name string, on calendar.Date) (int64, error) {
	if name == "" {
		return h.street(ctx, on)
	}
	found, err := org.ByName(ctx, h.db, h.town, name, on)
	switch {
	case err != nil:
		return 0, err
	case len(found) == 0:
		return 0, fmt.Errorf("%s没有名为“%s”的单位。没有办理，请写全称", on.Chinese(), name)
	case len(found) > 1:
		return 0, fmt.Errorf("%s有 %d 个名为“%s”的单位。没有办理，请写全称", on.Chinese(), len(found), name)
	}
	return found[0].ID, nil
}

// note writes views of personal data to the view log before anything is handed out.
func (h *house) note(ctx context.Context, views ...access.View) error {
	return h.db.Update(ctx, func(tx *db.Tx) error { return h.views.Record(ctx, tx, views...) })
}

// day reads a date of the command line, today when it is empty.
func (h *house) day(s string) (calendar.Date, error) {
	if s == "" {
		return h.journal.Today(), nil
	}
	d, err := calendar.Parse(s)
	if err != nil {
		return "", fmt.Errorf("--as-of：%w", err)
	}
	return d, nil
}
