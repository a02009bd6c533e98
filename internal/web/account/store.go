package account

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"cunju/internal/db"
	"cunju/internal/web"
)

// State says whether an account may be used.
type State string

const (
	// Active accounts may log in.
	Active State = "active"
	// Locked accounts were stopped by an administrator, until unlocked.
	Locked State = "locked"
	// Closed accounts are never used again.
	Closed State = "closed"
)

// Account is one account without its password.
type Account struct {
	ID         int64
	Login      string // as typed at log-in, lower case
	Name       string // as shown
	Person     int64  // entity of the person; 0 for none
	State      State
	MustChange bool  // the password was set by somebody else
	Created    int64 // unix milliseconds, as all instants here
	Changed    int64 // when the password was set
	Failures   int64 // wrong passwords in a row from devices that are not known
	LockedTill int64 // only known devices may enter until then; 0 never was
	LastLogin  int64 // 0 never
	SourceTill int64 // some device or network is locked by wrong passwords until then
}

const accountColumns = `id, login, name, person, state, must_change, created, changed, failures, locked_until, last_login,
	(SELECT COALESCE(MAX(d.locked_until), 0) FROM account_device d WHERE d.town = account.town AND d.account = account.id)`

// Config is what a Store needs.
type Config struct {
	// DB holds the tables; see Migrate.
	DB *db.DB
	// Town is the 9-digit division code.
	Town string
	// Settings are the operator's values.
	Settings web.Settings
	// PersonByPhone answers whose mobile number this is, 0 for nobody's; may be
	// nil, then only account names log in.
	PersonByPhone func(ctx context.Context, phone string) (int64, error)
	// Clock is time.Now when nil.
	Clock func() time.Time
}

// Store keeps the accounts of one town.
type Store struct {
	db     *db.DB
	town   string
	set    web.Settings
	phone  func(ctx context.Context, phone string) (int64, error)
	now    func() time.Time
	hasher *hasher
	tries  *tries
	events atomic.Int64 // counts events, for their ids
}

// NewStore makes a store; the tables must exist.
func NewStore(cfg Config) *Store {
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	set := cfg.Settings
	return &Store{
		db: cfg.DB, town: cfg.Town, set: set, phone: cfg.PersonByPhone, now: cfg.Clock,
		hasher: newHasher(set), tries: newTries(set.AddressTries, set.AddressWindow),
	}
}

func (s *Store) millis() int64 { return s.now().UnixMilli() }

// New describes an account to create.
type New struct {
	Login, Name string
	Person      int64
	// Password is the first password; it must satisfy CheckPassword.
	Password string
	// Keep spares the person from changing the password at the first log-in.
	Keep bool
	// By is the account that creates it; 0 for the command line.
	By int64
}

// ErrTaken says that the login name, or the person, already has an account.
var ErrTaken = errors.New("account: the login name or the person already has an account")

// Create adds an account. A name or password against the rules is a *web.Error
// with status 422; a taken login or person is ErrTaken.
func (s *Store) Create(ctx context.Context, n New) (a Account, err error) {
	if wrong := CheckLogin(n.Login); wrong != "" {
		return a, web.Fail(422, wrong)
	}
	n.Login = normalLogin(n.Login)
	if wrong := CheckPassword(s.set, n.Login, n.Name, n.Password); len(wrong) > 0 {
		return a, web.Fail(422, "密码"+strings.Join(wrong, "；"))
	}
	hash, err := s.hasher.make(ctx, n.Password)
	if err != nil {
		return a, err
	}
	// Two at the same time may take the same number; the second sees the first
	// one's row when it tries again.
	for range createTries {
		if a, err = s.insert(ctx, n, hash); db.Kind(err) != db.Unique {
			return a, err
		}
	}
	return a, err
}

// createTries is how often Create tries to get a number of its own.
const createTries = 10

func (s *Store) insert(ctx context.Context, n New, hash string) (a Account, err error) {
	err = s.db.Update(ctx, func(tx *db.Tx) error {
		taken, err := db.One[int64](ctx, tx,
			`SELECT count(*) FROM account WHERE town = $1 AND (login = $2 OR (person > 0 AND person = $3))`,
			s.town, n.Login, n.Person)
		if err != nil {
			return err
		}
		if taken > 0 {
			return ErrTaken
		}
		id, err := db.One[int64](ctx, tx, `SELECT coalesce(max(id), 0) + 1 FROM account WHERE town = $1`, s.town)
		if err != nil {
			return err
		}
		now := s.millis()
		a = Account{ID: id, Login: n.Login, Name: n.Name, Person: n.Person, State: Active,
			MustChange: !n.Keep, Created: now, Changed: now}
		_, err = tx.Exec(ctx, `INSERT INTO account (town, id, login, name, person, state, hash, must_change,
			created, changed, failures, locked_until, last_login)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 0, 0, 0)`,
			s.town, a.ID, a.Login, a.Name, a.Person, a.State, hash, flag(a.MustChange), now)
		if err != nil {
			return err
		}
		return s.record(ctx, tx, Event{Account: id, Actor: n.By, Kind: Created})
	})
	return a, err
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// Get finds an account; a missing one is db.ErrNotFound.
func (s *Store) Get(ctx context.Context, id int64) (Account, error) {
	return db.One[Account](ctx, s.db,
		`SELECT `+accountColumns+` FROM account WHERE town = $1 AND id = $2`, s.town, id)
}

// ByLogin finds an account by its login name.
func (s *Store) ByLogin(ctx context.Context, login string) (Account, error) {
	return db.One[Account](ctx, s.db,
		`SELECT `+accountColumns+` FROM account WHERE town = $1 AND login = $2`, s.town, normalLogin(login))
}

// List gives up to limit accounts after the login name after ("" for the first),
// in the order of login names.
func (s *Store) List(ctx context.Context, after string, limit int) ([]Account, error) {
	return db.All[Account](ctx, s.db, `SELECT `+accountColumns+` FROM account
		WHERE town = $1 AND login > $2 ORDER BY login LIMIT $3`, s.town, after, limit)
}

// Lock stops an account and ends its sessions, until Unlock.
func (s *Store) Lock(ctx context.Context, id, by int64) error {
	return s.setState(ctx, id, by, Locked, LockedBy)
}

// Close stops an account for good and ends its sessions.
func (s *Store) Close(ctx context.Context, id, by int64) error {
	return s.setState(ctx, id, by, Closed, ClosedBy)
}

// Unlock lifts both an administrator's lock and one from wrong passwords. A closed
// account stays closed.
func (s *Store) Unlock(ctx context.Context, id, by int64) error {
	return s.setState(ctx, id, by, Active, Unlocked)
}

func (s *Store) setState(ctx context.Context, id, by int64, to State, kind EventKind) error {
	return s.db.Update(ctx, func(tx *db.Tx) error {
		n, err := tx.Exec(ctx, `UPDATE account SET state = $3, failures = 0, locked_until = 0
			WHERE town = $1 AND id = $2 AND state <> 'closed'`, s.town, id, to)
		if err != nil {
			return err
		}
		if n == 0 {
			return fmt.Errorf("account %d: %w", id, db.ErrNotFound)
		}
		if to == Active {
			err = s.forgive(ctx, tx, id)
		} else if err = s.endSessions(ctx, tx, id, ""); err == nil {
			err = s.forget(ctx, tx, id, "")
		}
		if err != nil {
			return err
		}
		return s.record(ctx, tx, Event{Account: id, Actor: by, Kind: kind})
	})
}
