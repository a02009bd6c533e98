package account

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"cunju/internal/db"
	"cunju/internal/web"
)

// ErrRefused is the one answer to a wrong name, a wrong password, a locked and a
// closed account.
var ErrRefused = errors.New("account: log-in refused")

// RefusedText is what people read then. It is the same in every case and still
// says what to do in each.
func (s *Store) RefusedText() string {
	return fmt.Sprintf("账号或者密码不对，或者这个账号暂时不能登录。连续输错 %d 次会锁定 %d 分钟以上；忘了密码，请找村（社区）或街道的管理员重设。",
		s.set.LockAfter, int(s.set.LockFor.Minutes()))
}

// Origin is where a request comes from, for the record of log-ins.
type Origin struct{ Address, Device string }

// LogIn checks a name (or mobile number) and password. It answers ErrRefused, or a
// *web.Error with status 429 when the address has to wait.
func (s *Store) LogIn(ctx context.Context, login, password string, from Origin) (Account, error) {
	if wait := s.tries.wait(from.Address, s.now()); wait > 0 {
		return Account{}, web.TooMany("这个网络上输错密码的次数太多。", wait)
	}
	id, err := s.find(ctx, login)
	if err != nil {
		return Account{}, err
	}
	ok, err := s.attempt(ctx, id, password, from)
	if err != nil {
		return Account{}, err
	}
	if !ok {
		s.tries.failed(from.Address, s.now())
		return Account{}, ErrRefused
	}
	return s.Get(ctx, id)
}

// find gives the account a person means, or 0.
func (s *Store) find(ctx context.Context, login string) (int64, error) {
	login = normalLogin(login)
	if strings.ContainsRune(login, 0) || len(login) > 200 {
		return 0, nil
	}
	query, arg := `SELECT id FROM account WHERE town = $1 AND login = $2`, any(login)
	if mobile.MatchString(login) && s.phone != nil {
		person, err := s.phone(ctx, login)
		if err != nil {
			return 0, err
		}
		query, arg = `SELECT id FROM account WHERE town = $1 AND person = $2 AND person > 0`, person
	}
	id, err := db.One[int64](ctx, s.db, query, s.town, arg)
	if db.Kind(err) == db.NotFound {
		return 0, nil
	}
	return id, err
}

// attempt checks a password. The failure is counted before the password is looked
// at and taken back when it was right: many attempts at the same time are then
// counted one by one and cannot outrun the lock.
func (s *Store) attempt(ctx context.Context, id int64, password string, from Origin) (bool, error) {
	var hash string
	kind := Unknown
	err := s.db.Update(ctx, func(tx *db.Tx) (err error) {
		if id != 0 {
			hash, kind, err = s.count(ctx, tx, id)
		}
		return err
	})
	if err != nil {
		return false, err
	}
	ok, stale, err := s.hasher.check(ctx, password, hash)
	if err != nil {
		return false, err
	}
	fresh := hash
	if ok && stale {
		if fresh, err = s.hasher.make(ctx, password); err != nil {
			return false, err
		}
	}
	entered := false
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		entered = false
		kind := kind
		if ok {
			// Unless somebody changed the password or stopped the account meanwhile.
			n, err := tx.Exec(ctx, `UPDATE account SET failures = 0, locked_until = 0, last_login = $3, hash = $4
				WHERE town = $1 AND id = $2 AND hash = $5 AND state = 'active'`, s.town, id, s.millis(), fresh, hash)
			if err != nil {
				return err
			}
			entered, kind = n > 0, Barred
			if entered {
				kind = Entered
			}
		}
		return s.record(ctx, tx, Event{Account: id, Kind: kind, Device: from.Device, Address: from.Address})
	})
	return entered, err
}

// count counts a failure in advance and gives the hash to check against; with the
// account locked or closed there is none. One statement looks and counts, so that
// attempts at the same time wait for each other on every engine.
func (s *Store) count(ctx context.Context, tx *db.Tx, id int64) (hash string, kind EventKind, err error) {
	now := s.millis()
	c, err := db.One[struct {
		Hash     string
		Failures int64
	}](ctx, tx, `UPDATE account SET failures = failures + 1
		WHERE town = $1 AND id = $2 AND state = 'active' AND locked_until <= $3 RETURNING hash, failures`, s.town, id, now)
	if db.Kind(err) == db.NotFound {
		return "", Barred, nil
	}
	if err != nil || c.Failures%int64(s.set.LockAfter) != 0 {
		return c.Hash, Wrong, err
	}
	_, err = tx.Exec(ctx, `UPDATE account SET locked_until = $3 WHERE town = $1 AND id = $2`,
		s.town, id, now+s.lockTime(c.Failures).Milliseconds())
	return c.Hash, Wrong, err
}

// lockTime doubles with every lock in a row.
func (s *Store) lockTime(failures int64) time.Duration {
	d := s.set.LockFor
	for n := failures / int64(s.set.LockAfter); n > 1 && d < s.set.LockMax; n-- {
		d *= 2
	}
	return min(d, s.set.LockMax)
}
