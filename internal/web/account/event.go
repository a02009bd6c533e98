package account

import (
	"context"
	"math/rand/v2"

	"cunju/internal/db"
	"cunju/internal/web"
)

// EventKind is what happened to an account. The codes are stored and keep their
// meaning.
type EventKind string

// The kinds of events.
const (
	Entered  EventKind = "entered"  // logged in
	Wrong    EventKind = "wrong"    // wrong password
	Barred   EventKind = "barred"   // tried while locked or closed
	Unknown  EventKind = "unknown"  // tried a name that is no account
	Left     EventKind = "left"     // logged out
	Changed  EventKind = "changed"  // changed the own password
	ResetBy  EventKind = "reset"    // password set by another
	Created  EventKind = "created"  // account made
	LockedBy EventKind = "locked"   // locked by an administrator
	Unlocked EventKind = "unlocked" // unlocked by an administrator
	ClosedBy EventKind = "closed"   // closed by an administrator
	Revoked  EventKind = "revoked"  // ended other sessions
)

// Text is the event in Chinese.
func (k EventKind) Text() string {
	switch k {
	case Entered:
		return "登录成功"
	case Wrong:
		return "密码输错"
	case Barred:
		return "锁定期间尝试登录"
	case Unknown:
		return "账号不存在"
	case Left:
		return "退出登录"
	case Changed:
		return "本人修改密码"
	case ResetBy:
		return "管理员重设密码"
	case Created:
		return "建立账号"
	case LockedBy:
		return "管理员停用账号"
	case Unlocked:
		return "管理员恢复账号"
	case ClosedBy:
		return "注销账号"
	case Revoked:
		return "结束其他登录"
	}
	return string(k)
}

// Event is one line of the record of log-ins.
type Event struct {
	At      int64 // unix milliseconds
	ID      int64
	Account int64 // 0 for an unknown name
	Actor   int64 // the account that did it; 0 when nobody was logged in
	Kind    EventKind
	Device  string
	Address string
}

const eventColumns = `at, id, account, actor, kind, device, address`

// record writes an event in the transaction of what it tells of.
func (s *Store) record(ctx context.Context, tx *db.Tx, e Event) error {
	// Rising within this process, so that events of one instant keep their order;
	// the random part keeps two processes apart.
	id := s.events.Add(1)<<24 | rand.Int64N(1<<24)
	_, err := tx.Exec(ctx, `INSERT INTO account_event (town, at, id, account, actor, kind, device, address)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		s.town, s.millis(), id, e.Account, e.Actor, e.Kind, e.Device, e.Address)
	return err
}

// EventsOf are the latest events of an account, newest first.
func (s *Store) EventsOf(ctx context.Context, account int64, limit int) ([]Event, error) {
	return db.All[Event](ctx, s.db, `SELECT `+eventColumns+` FROM account_event
		WHERE town = $1 AND account = $2 ORDER BY at DESC, id DESC LIMIT $3`, s.town, account, limit)
}

// Events are all events before the instant and id given, newest first, for an
// auditor who pages back.
func (s *Store) Events(ctx context.Context, before, id int64, limit int) ([]Event, error) {
	return db.All[Event](ctx, s.db, `SELECT `+eventColumns+` FROM account_event
		WHERE town = $1 AND (at < $2 OR (at = $2 AND id < $3)) ORDER BY at DESC, id DESC LIMIT $4`,
		s.town, before, id, limit)
}

// Purge deletes sessions that ran out and events older than the time to keep, and
// never an event of the last six months. It is meant for a clock.
func (s *Store) Purge(ctx context.Context) error {
	now := s.millis()
	keep := max(s.set.AuditKeep, web.AuditKeepLeast)
	return s.db.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM account_session WHERE town = $1 AND (deadline <= $2 OR seen <= $3)`,
			s.town, now, now-s.set.SessionIdle.Milliseconds())
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `DELETE FROM account_event WHERE town = $1 AND at < $2`,
			s.town, now-keep.Milliseconds())
		if err != nil {
			return err
		}
		return s.purgeDevices(ctx, tx)
	})
}
