package account

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/web"
)

const (
	town  = "321002003"
	good  = "Qx7-mountain"
	other = "Zw9-riverbank"
)

var here = Origin{Address: "192.0.2.1", Device: "Windows 电脑"}

// clock is a clock that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func quick() web.Settings {
	set := web.DefaultSettings()
	set.HashMemory, set.HashTime = 8, 1
	return set
}

// each runs f with a store on each engine.
func each(t *testing.T, f func(t *testing.T, s *Store, c *clock)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := Migrate(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		c := &clock{now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
		f(t, newStore(d, c, quick()), c)
	})
}

func newStore(d *db.DB, c *clock, set web.Settings) *Store {
	return NewStore(Config{DB: d, Town: town, Settings: set, Clock: c.Now,
		PersonByPhone: func(_ context.Context, phone string) (int64, error) {
			if phone == "13812345678" {
				return 77, nil
			}
			return 0, nil
		}})
}

func create(t *testing.T, s *Store, login string, person int64) Account {
	t.Helper()
	a, err := s.Create(t.Context(), New{Login: login, Name: "李四", Person: person, Password: good, Keep: true})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// kinds are the events of an account, oldest first.
func kinds(t *testing.T, s *Store, account int64) string {
	t.Helper()
	events, err := s.EventsOf(t.Context(), account, 100)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range events {
		list = append([]string{string(e.Kind)}, list...)
	}
	return strings.Join(list, " ")
}

func TestCreate(t *testing.T) {
	each(t, func(t *testing.T, s *Store, _ *clock) {
		a := create(t, s, " Ｗang.Wu ", 5)
		if a.ID != 1 || a.Login != "wang.wu" || a.State != Active || a.MustChange {
			t.Errorf("%+v", a)
		}
		if got, err := s.ByLogin(t.Context(), "WANG.WU"); err != nil || got != a {
			t.Errorf("%+v %v", got, err)
		}
		b, err := s.Create(t.Context(), New{Login: "赵六", Name: "赵六", Password: good})
		if err != nil || b.ID != 2 || !b.MustChange {
			t.Errorf("%+v %v", b, err)
		}
		for name, n := range map[string]New{
			"login": {Login: "wang.wu", Password: good}, "person": {Login: "other", Person: 5, Password: good},
		} {
			if _, err := s.Create(t.Context(), n); !errors.Is(err, ErrTaken) {
				t.Errorf("taken %s: %v", name, err)
			}
		}
		for name, n := range map[string]New{
			"short login": {Login: "a", Password: good}, "phone": {Login: "13900000000", Password: good},
			"sign": {Login: "a b", Password: good}, "NUL": {Login: "a\x00b", Password: good},
			"weak": {Login: "okay", Password: "abc"}, "own name": {Login: "okay", Name: "李四", Password: "Aa1-李四-xyz"},
		} {
			var e *web.Error
			if _, err := s.Create(t.Context(), n); !errors.As(err, &e) || e.Status != http.StatusUnprocessableEntity {
				t.Errorf("%s: %v", name, err)
			}
		}
		list, err := s.List(t.Context(), "", 10)
		if err != nil || len(list) != 2 || list[0].Login != "wang.wu" {
			t.Errorf("%v %v", list, err)
		}
		if rest, err := s.List(t.Context(), "wang.wu", 10); err != nil || len(rest) != 1 {
			t.Errorf("%v %v", rest, err)
		}
	})
}

func TestTownsAreApart(t *testing.T) {
	each(t, func(t *testing.T, s *Store, c *clock) {
		create(t, s, "same", 5)
		elsewhere := NewStore(Config{DB: s.db, Town: "321002004", Settings: quick(), Clock: c.Now})
		if _, err := elsewhere.LogIn(t.Context(), "same", good, here); !errors.Is(err, ErrRefused) {
			t.Errorf("entered another town: %v", err)
		}
		if a, err := elsewhere.Create(t.Context(), New{Login: "same", Person: 5, Password: good}); err != nil || a.ID != 1 {
			t.Errorf("%+v %v", a, err)
		}
	})
}

// TestRefusalsLookAlike: nobody learns from the door who has an account.
func TestRefusalsLookAlike(t *testing.T) {
	each(t, func(t *testing.T, s *Store, _ *clock) {
		ctx := t.Context()
		create(t, s, "wang", 0)
		locked, closed := create(t, s, "locked", 0), create(t, s, "closed", 0)
		if err := errors.Join(s.Lock(ctx, locked.ID, 1), s.Close(ctx, closed.ID, 1)); err != nil {
			t.Fatal(err)
		}
		for name, try := range map[string][2]string{
			"wrong password": {"wang", "wrong"}, "unknown": {"nobody", good}, "unknown phone": {"13900000000", good},
			"locked": {"locked", good}, "closed": {"closed", good}, "empty": {"", ""}, "NUL": {"a\x00", good},
			"long": {strings.Repeat("a", 500), good}, "broken": {"\xff\xfe", good},
		} {
			if _, err := s.LogIn(ctx, try[0], try[1], here); err != ErrRefused {
				t.Errorf("%s: %v", name, err)
			}
		}
		if a, err := s.LogIn(ctx, "WANG", good, here); err != nil || a.LastLogin == 0 || a.Failures != 0 {
			t.Errorf("%+v %v", a, err)
		}
		if got := kinds(t, s, locked.ID); got != "created locked barred" {
			t.Errorf("events: %s", got)
		}
	})
}

func TestPhoneLogIn(t *testing.T) {
	each(t, func(t *testing.T, s *Store, _ *clock) {
		want := create(t, s, "villager", 77)
		if a, err := s.LogIn(t.Context(), "１３８１２３４５６７８", good, here); err != nil || a.ID != want.ID {
			t.Errorf("%+v %v", a, err)
		}
	})
}

// TestCreateAtOnce: accounts made at the same time get numbers of their own, and
// of two with one login name only one comes to be.
func TestCreateAtOnce(t *testing.T) {
	each(t, func(t *testing.T, s *Store, _ *clock) {
		var all sync.WaitGroup
		var taken atomic.Int32
		for _, login := range []string{"aa", "bb", "cc", "dd", "dd"} {
			all.Go(func() {
				_, err := s.Create(t.Context(), New{Login: login, Password: good})
				if errors.Is(err, ErrTaken) {
					taken.Add(1)
				} else if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		list, err := s.List(t.Context(), "", 10)
		if err != nil || len(list) != 4 || taken.Load() != 1 {
			t.Errorf("%d accounts, %d taken, %v", len(list), taken.Load(), err)
		}
	})
}

// TestChangedMeanwhile: a password that was replaced while it was being checked
// opens nothing and is not written back.
func TestChangedMeanwhile(t *testing.T) {
	each(t, func(t *testing.T, s *Store, c *clock) {
		a := create(t, s, "wang", 0)
		late := newStore(s.db, c, quick())
		late.hasher.turns <- struct{}{} // both turns are taken: the check has to wait
		late.hasher.turns <- struct{}{}
		answer := make(chan error)
		go func() {
			_, err := late.LogIn(t.Context(), "wang", good, here)
			answer <- err
		}()
		for { // until the attempt is counted
			got, err := s.Get(t.Context(), a.ID)
			if err != nil {
				t.Fatal(err)
			}
			if got.Failures == 1 {
				break
			}
			time.Sleep(time.Millisecond)
		}
		if err := s.Reset(t.Context(), a.ID, other, 9); err != nil {
			t.Fatal(err)
		}
		<-late.hasher.turns
		<-late.hasher.turns
		if err := <-answer; err != ErrRefused {
			t.Errorf("the replaced password: %v", err)
		}
		if _, err := s.LogIn(t.Context(), "wang", other, here); err != nil {
			t.Errorf("the new password: %v", err)
		}
	})
}

func TestChange(t *testing.T) {
	each(t, func(t *testing.T, s *Store, _ *clock) {
		ctx := t.Context()
		a := create(t, s, "wang", 0)
		for name, try := range map[string][2]string{
			"same": {good, good}, "weak": {good, "Password1"}, "login": {good, "X9-wang-xyz"}, "short": {good, "Aa1-bcd"},
		} {
			var e *web.Error
			if err := s.Change(ctx, a.ID, try[0], try[1], "", here); !errors.As(err, &e) || e.Status != 422 {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := s.Change(ctx, a.ID, "wrong", other, "", here); err != ErrRefused {
			t.Errorf("wrong old password: %v", err)
		}
		if err := s.Change(ctx, a.ID, good, other, "", here); err != nil {
			t.Fatal(err)
		}
		if _, err := s.LogIn(ctx, "wang", good, here); err != ErrRefused {
			t.Errorf("the old password still works: %v", err)
		}
		if _, err := s.LogIn(ctx, "wang", other, here); err != nil {
			t.Errorf("the new password does not work: %v", err)
		}
		if err := s.Reset(ctx, a.ID, NewPassword(), 9); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Get(ctx, a.ID); err != nil || !got.MustChange {
			t.Errorf("%+v %v", got, err)
		}
		if err := s.Reset(ctx, 99, good, 9); db.Kind(err) != db.NotFound {
			t.Errorf("reset of nobody: %v", err)
		}
		if err := s.Lock(ctx, 99, 9); db.Kind(err) != db.NotFound {
			t.Errorf("lock of nobody: %v", err)
		}
		if err := s.Close(ctx, a.ID, 9); err != nil {
			t.Fatal(err)
		}
		if err := s.Unlock(ctx, a.ID, 9); db.Kind(err) != db.NotFound {
			t.Errorf("a closed account was opened: %v", err)
		}
	})
}

func TestCostsAreRenewedAtLogIn(t *testing.T) {
	each(t, func(t *testing.T, s *Store, c *clock) {
		a := create(t, s, "wang", 0)
		set := quick()
		set.HashTime = 2
		dearer := newStore(s.db, c, set)
		if _, err := dearer.LogIn(t.Context(), "wang", good, here); err != nil {
			t.Fatal(err)
		}
		hash, err := db.One[string](t.Context(), s.db, `SELECT hash FROM account WHERE town = $1 AND id = $2`, town, a.ID)
		if err != nil || !strings.Contains(hash, "t=2,") {
			t.Errorf("%s %v", hash, err)
		}
		if _, err := dearer.LogIn(t.Context(), "wang", good, here); err != nil {
			t.Errorf("the renewed hash does not work: %v", err)
		}
	})
}

// TestNothingSecretIsStored looks through all rows after every kind of attempt.
func TestNothingSecretIsStored(t *testing.T) {
	each(t, func(t *testing.T, s *Store, _ *clock) {
		ctx := t.Context()
		a := create(t, s, "wang", 77)
		s.LogIn(ctx, "wang", "Typed-wr0ng", here)
		s.LogIn(ctx, "Typed-as-login-9", good, here)
		s.LogIn(ctx, "13812345678", good, here)
		if err := s.Change(ctx, a.ID, good, other, "", here); err != nil {
			t.Fatal(err)
		}
		rows, err := db.All[string](ctx, s.db, `SELECT login || ' ' || name || ' ' || hash FROM account WHERE town = $1
			UNION ALL SELECT kind || ' ' || device || ' ' || address FROM account_event WHERE town = $1`, town)
		if err != nil {
			t.Fatal(err)
		}
		all := strings.Join(rows, "\n")
		for _, secret := range []string{good, other, "Typed-wr0ng", "yped-as-login", "13812345678"} {
			if strings.Contains(all, secret) {
				t.Errorf("%q is stored:\n%s", secret, all)
			}
		}
		if len(rows) < 6 {
			t.Errorf("only %d rows", len(rows))
		}
	})
}

func TestPurgeKeepsSixMonths(t *testing.T) {
	each(t, func(t *testing.T, s *Store, c *clock) {
		s.set.AuditKeep = time.Hour // an operator cannot go below the law
		a := create(t, s, "wang", 0)
		c.move(183 * 24 * time.Hour)
		if err := s.Purge(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := kinds(t, s, a.ID); got != "created" {
			t.Errorf("after six months: %q", got)
		}
		c.move(48 * time.Hour)
		if err := s.Purge(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := kinds(t, s, a.ID); got != "" {
			t.Errorf("kept for ever: %q", got)
		}
	})
}

func TestEventsPageBack(t *testing.T) {
	each(t, func(t *testing.T, s *Store, _ *clock) {
		for _, l := range []string{"aa", "bb", "cc"} {
			create(t, s, l, 0) // all in one instant of the clock
		}
		seen := map[int64]bool{}
		before, id := int64(1<<62), int64(0)
		for range 3 {
			page, err := s.Events(t.Context(), before, id, 1)
			if err != nil || len(page) != 1 {
				t.Fatal(page, err)
			}
			before, id = page[0].At, page[0].ID
			seen[page[0].Account] = true
		}
		if rest, err := s.Events(t.Context(), before, id, 1); err != nil || len(rest) != 0 || len(seen) != 3 {
			t.Errorf("%v %v %v", rest, err, seen)
		}
	})
}
