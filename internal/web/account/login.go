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
type Origin struct {
	Address, Device string
	Token           string // by which the device is known, if it is
}

// LogIn checks a name (or mobile number) and password. It answers ErrRefused, or a
// *web.Error with status 429 when the address has to wait; a device that has
// entered the account before need not wait for what others did.
func (s *Store) LogIn(ctx context.Context, login, password string, from Origin) (Account, error) {
	wait := s.tries.wait(from.Address, s.now())
	tooMany := web.TooMany("这个网络上输错密码的次数太多。", wait)
	if wait > 0 && from.Token == "" {
		return Account{}, tooMany
	}
	id, err := s.find(ctx, login)
	if err != nil {
		return Account{}, err
	}
	src, err := s.source(ctx, id, from)
	if err != nil {
		return Account{}, err
	}
	if wait > 0 && !src.known {
		return Account{}, tooMany
	}
	ok, err := s.attempt(ctx, id, password, src, from)
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
func (s *Store) attempt(ctx context.Context, id int64, password string, src source, from Origin) (bool, error) {
	var hash string
	kind := Unknown
	err := s.db.Update(ctx, func(tx *db.Tx) (err error) {
		if id != 0 {
			hash, kind, err = s.count(ctx, tx, id, src)
		}
		return err
	})
	if errors.Is(err, errBarred) {
		hash, kind, err = "", Barred, nil
	}
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
			// A known device says nothing about what others try elsewhere.
			n, err := tx.Exec(ctx, `UPDATE account SET failures = failures * $6, locked_until = locked_until * $6, last_login = $3, hash = $4
				WHERE town = $1 AND id = $2 AND hash = $5 AND state = 'active'`, s.town, id, s.millis(), fresh, hash, flag(src.known))
			if err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, `UPDATE account_device SET failures = 0, locked_until = 0 WHERE town = $1 AND account = $2 AND source = $3`,
				s.town, id, src.key); err != nil {
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
// account closed or the source locked there is none. One statement looks and
// counts, so that attempts at the same time wait for each other on every engine.
//
// Wrong passwords lock their source. Those from devices that are not known also
// count for the account, which after more of them lets in known devices only:
// whoever guesses from many places is slowed down, and cannot keep the owner out.
func (s *Store) count(ctx context.Context, tx *db.Tx, id int64, src source) (hash string, kind EventKind, err error) {
	now := s.millis()
	c, err := db.One[struct {
		Hash     string
		Failures int64
	}](ctx, tx, `UPDATE account SET failures = failures + $4
		WHERE town = $1 AND id = $2 AND state = 'active' AND (locked_until <= $3 OR $4 = 0) RETURNING hash, failures`, s.town, id, now, 1-flag(src.known))
	if db.Kind(err) == db.NotFound {
		return "", Barred, nil
	}
	if err != nil {
		return "", Wrong, err
	}
	if err := s.countSource(ctx, tx, id, src); err != nil {
		return "", Barred, err
	}
	if src.known || c.Failures%int64(s.set.LockAfter*apart) != 0 {
		return c.Hash, Wrong, nil
	}
	_, err = tx.Exec(ctx, `UPDATE account SET locked_until = $3 WHERE town = $1 AND id = $2`,
		s.town, id, now+s.lockTime(c.Failures/apart).Milliseconds())
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
