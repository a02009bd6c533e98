package account

import (
	"context"
	"errors"
	"time"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/web"
	"github.com/alexedwards/scs/v2"
)

// Sessions keeps sessions for package web; see web.SessionStore.
type Sessions struct{ store *Store }

// Sessions are the sessions of this store's town.
func (s *Store) Sessions() *Sessions { return &Sessions{s} }

var _ web.SessionStore = (*Sessions)(nil)

// FindCtx reads a session that is neither idle too long nor too old. "Last seen"
// is written at most once every Settings.SessionTouch.
func (ss *Sessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	s := ss.store
	row, err := db.One[struct {
		Data           []byte
		Seen, Deadline int64
	}](ctx, s.db, `SELECT data, seen, deadline FROM account_session WHERE town = $1 AND token = $2`, s.town, token)
	if db.Kind(err) == db.NotFound {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	now := s.millis()
	if now >= row.Deadline || now-row.Seen >= s.set.SessionIdle.Milliseconds() {
		return nil, false, nil
	}
	if now-row.Seen >= s.set.SessionTouch.Milliseconds() {
		// A page can still be read when nothing can be written (a full disk);
		// the next request tries again.
		_, _ = s.db.Exec(ctx, `UPDATE account_session SET seen = $3 WHERE town = $1 AND token = $2 AND seen < $3`,
			s.town, token, now)
	}
	return row.Data, true, nil
}

// CommitCtx stores a session: a new one as a new row, a known one only where its
// row still stands.
func (ss *Sessions) CommitCtx(ctx context.Context, token string, data []byte, _ time.Time) error {
	s := ss.store
	if !web.NewSession(ctx) {
		_, err := s.db.Exec(ctx, `UPDATE account_session SET data = $3 WHERE town = $1 AND token = $2`,
			s.town, token, data)
		return err
	}
	_, values, err := scs.GobCodec{}.Decode(data)
	if err != nil {
		return err
	}
	account, _ := values[web.SessionAccount].(int64)
	device, _ := values[web.SessionDevice].(string)
	address, _ := values[web.SessionAddress].(string)
	now := s.millis()
	_, err = s.db.Exec(ctx, `INSERT INTO account_session (town, token, account, data, created, seen, deadline, device, address)
		VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8)`,
		s.town, token, account, data, now, now+s.set.SessionLife.Milliseconds(), device, address)
	return err
}

// DeleteCtx ends a session.
func (ss *Sessions) DeleteCtx(ctx context.Context, token string) error {
	_, err := ss.store.db.Exec(ctx, `DELETE FROM account_session WHERE town = $1 AND token = $2`, ss.store.town, token)
	return err
}

// errContext marks the calls without a context, which the session manager does not
// make on a store that has the others.
var errContext = errors.New("account: sessions need a context")

// Find is not used; see FindCtx.
func (ss *Sessions) Find(string) ([]byte, bool, error) { return nil, false, errContext }

// Commit is not used; see CommitCtx.
func (ss *Sessions) Commit(string, []byte, time.Time) error { return errContext }

// Delete is not used; see DeleteCtx.
func (ss *Sessions) Delete(string) error { return errContext }

// Open is one session as its owner sees it.
type Open struct {
	ID      string // hash of the token
	Device  string
	Address string
	Created int64 // unix milliseconds
	Seen    int64
}

// OpenSessions are an account's sessions still valid, the latest seen first.
func (s *Store) OpenSessions(ctx context.Context, account int64) ([]Open, error) {
	now := s.millis()
	return db.All[Open](ctx, s.db, `SELECT token, device, address, created, seen FROM account_session
		WHERE town = $1 AND account = $2 AND deadline > $3 AND seen > $4 ORDER BY seen DESC, token`,
		s.town, account, now, now-s.set.SessionIdle.Milliseconds())
}

// Revoke ends one session of an account. One that is already gone is no error.
func (s *Store) Revoke(ctx context.Context, account int64, session string, from Origin) error {
	return s.db.Update(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(ctx, `DELETE FROM account_session WHERE town = $1 AND token = $2 AND account = $3`,
			s.town, session, account)
		if err != nil || n == 0 {
			return err
		}
		return s.record(ctx, tx, Event{Account: account, Actor: account, Kind: Revoked, Device: from.Device, Address: from.Address})
	})
}

// RevokeOthers ends all sessions of an account but keep, and makes its other devices
// strangers.
func (s *Store) RevokeOthers(ctx context.Context, account int64, keep string, from Origin) error {
	return s.db.Update(ctx, func(tx *db.Tx) error {
		if err := s.endSessions(ctx, tx, account, keep); err != nil {
			return err
		}
		if err := s.forget(ctx, tx, account, from.Token); err != nil {
			return err
		}
		return s.record(ctx, tx, Event{Account: account, Actor: account, Kind: Revoked, Device: from.Device, Address: from.Address})
	})
}

// endSessions deletes an account's sessions but keep ("" keeps none).
func (s *Store) endSessions(ctx context.Context, tx *db.Tx, account int64, keep string) error {
	_, err := tx.Exec(ctx, `DELETE FROM account_session WHERE town = $1 AND account = $2 AND token <> $3`,
		s.town, account, keep)
	return err
}

// Identify answers for web.Config.Identify: whom an account stands for now. actor
// looks up the person and the offices held today.
func (s *Store) Identify(actor func(ctx context.Context, a Account) (access.Actor, error)) func(context.Context, int64) (web.Identity, error) {
	return func(ctx context.Context, id int64) (web.Identity, error) {
		a, err := s.Get(ctx, id)
		if db.Kind(err) == db.NotFound || (err == nil && a.State != Active) {
			return web.Identity{}, web.ErrNobody
		}
		if err != nil {
			return web.Identity{}, err
		}
		who, err := actor(ctx, a)
		if err != nil {
			return web.Identity{}, err
		}
		return web.Identity{Actor: who, MustChange: s.mustChange(a)}, nil
	}
}

// mustChange is true for a password set by another, or older than the rules allow.
func (s *Store) mustChange(a Account) bool {
	age := time.Duration(s.millis()-a.Changed) * time.Millisecond
	return a.MustChange || (s.set.PasswordAge > 0 && age >= s.set.PasswordAge)
}
