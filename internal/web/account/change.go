package account

import (
	"context"
	"strings"

	"cunju/internal/db"
	"cunju/internal/web"
)

// Change sets a new password for a person who knows the old one, and ends all
// sessions but keep. It answers ErrRefused for a wrong old password, which counts
// like one at log-in, and a *web.Error with status 422 for a poor new one.
func (s *Store) Change(ctx context.Context, id int64, old, password, keep string, from Origin) error {
	a, err := s.Get(ctx, id)
	if err != nil {
		return err
	}
	if old == password {
		return web.Fail(422, "新密码不能和原来的一样")
	}
	if wrong := CheckPassword(s.set, a.Login, a.Name, password); len(wrong) > 0 {
		return web.Fail(422, strings.Join(wrong, "；"))
	}
	src, err := s.source(ctx, id, from)
	if err != nil {
		return err
	}
	ok, err := s.attempt(ctx, id, old, src, from)
	if err != nil {
		return err
	}
	if !ok {
		return ErrRefused
	}
	return s.setPassword(ctx, id, password, false, keep,
		Event{Account: id, Actor: id, Kind: Changed, Device: from.Device, Address: from.Address})
}

// Reset sets a password for somebody else, who has to change it at the next
// log-in. It lifts a lock from wrong passwords and ends all sessions.
func (s *Store) Reset(ctx context.Context, id int64, password string, by int64) error {
	a, err := s.Get(ctx, id)
	if err != nil {
		return err
	}
	if wrong := CheckPassword(s.set, a.Login, a.Name, password); len(wrong) > 0 {
		return web.Fail(422, strings.Join(wrong, "；"))
	}
	return s.setPassword(ctx, id, password, true, "", Event{Account: id, Actor: by, Kind: ResetBy})
}

func (s *Store) setPassword(ctx context.Context, id int64, password string, must bool, keep string, e Event) error {
	hash, err := s.hasher.make(ctx, password)
	if err != nil {
		return err
	}
	return s.db.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE account SET hash = $3, must_change = $4, changed = $5, failures = 0,
			locked_until = 0 WHERE town = $1 AND id = $2`, s.town, id, hash, flag(must), s.millis())
		if err != nil {
			return err
		}
		if err := s.endSessions(ctx, tx, id, keep); err != nil {
			return err
		}
		forgive := s.forgive
		if must { // set by another: whoever had the devices may not be the person any more
			forgive = func(ctx context.Context, tx *db.Tx, id int64) error { return s.forget(ctx, tx, id, "") }
		}
		if err := forgive(ctx, tx, id); err != nil {
			return err
		}
		return s.record(ctx, tx, e)
	})
}
