package account

import (
	"context"
	"errors"
	"net/http"
	"strconv"
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

// TestLockGrows: five failures lock their network for ten minutes, five more for
// twenty, and so on to the longest; the right password does not help before.
func TestLockGrows(t *testing.T) {
	each(t, func(t *testing.T, s *Store, c *clock) {
		a := create(t, s, "wang", 0)
		there := Origin{Address: "192.0.2.9"}
		for round, lock := range []time.Duration{10, 20, 40, 80, 160, 240, 240} {
			for range 5 {
				if _, err := s.LogIn(t.Context(), "wang", "wrong", there); err != ErrRefused {
					t.Fatal(err)
				}
			}
			if _, err := s.LogIn(t.Context(), "wang", good, here); err != nil {
				t.Fatalf("round %d: another network is locked too: %v", round, err)
			}
			c.move(lock*time.Minute - time.Second)
			if _, err := s.LogIn(t.Context(), "wang", good, there); err != ErrRefused {
				t.Fatalf("round %d: a locked network entered: %v", round, err)
			}
			c.move(2 * time.Second)
		}
		if _, err := s.LogIn(t.Context(), "wang", good, there); err != nil {
			t.Fatalf("after the lock: %v", err)
		}
		if got, err := s.Get(t.Context(), a.ID); err != nil || got.Failures != 0 || got.LockedTill != 0 || got.SourceTill != 0 {
			t.Errorf("%+v %v", got, err)
		}
		for range 4 {
			s.LogIn(t.Context(), "wang", "wrong", there)
		}
		if _, err := s.LogIn(t.Context(), "wang", good, there); err != nil {
			t.Errorf("four failures locked: %v", err)
		}
		for range 5 {
			s.LogIn(t.Context(), "wang", "wrong", there)
		}
		if got, err := s.Get(t.Context(), a.ID); err != nil || got.SourceTill == 0 || got.LockedTill != 0 {
			t.Errorf("%+v %v", got, err)
		}
		if err := s.Unlock(t.Context(), a.ID, 1); err != nil {
			t.Fatal(err)
		}
		if _, err := s.LogIn(t.Context(), "wang", good, there); err != nil {
			t.Errorf("after an administrator unlocked: %v", err)
		}
	})
}

// TestTheOwnerIsNotLockedOut: whoever guesses from many networks is slowed down
// for the whole account, and the owner still enters from a device that is known.
func TestTheOwnerIsNotLockedOut(t *testing.T) {
	each(t, func(t *testing.T, s *Store, c *clock) {
		ctx := t.Context()
		a, b := create(t, s, "wang", 0), create(t, s, "li", 0)
		token, err := s.Remember(ctx, a.ID, here)
		if err != nil {
			t.Fatal(err)
		}
		mine := Origin{Address: "198.51.100.7", Token: token}
		if again, err := s.Remember(ctx, b.ID, mine); err != nil || again != token {
			t.Errorf("a second account on the device gets %q, not %q: %v", again, token, err)
		}
		if odd, err := s.Remember(ctx, b.ID, Origin{Token: "short"}); err != nil || len(odd) != len(token) {
			t.Errorf("a token that was never given out is kept: %q %v", odd, err)
		}
		for n := range 30 {
			s.LogIn(ctx, "wang", "wrong", Origin{Address: "203.0.113." + strconv.Itoa(n/4)})
		}
		if got, err := s.Get(ctx, a.ID); err != nil || got.Failures != 5*apart || got.LockedTill == 0 {
			t.Errorf("after guesses from many networks %+v %v", got, err)
		}
		for name, from := range map[string]Origin{
			"a new device": here, "a device of somebody else": {Address: "192.0.2.1", Token: strings.Repeat("A", len(token))},
		} {
			if _, err := s.LogIn(ctx, "wang", good, from); err != ErrRefused {
				t.Errorf("%s entered: %v", name, err)
			}
		}
		if _, err := s.LogIn(ctx, "wang", good, mine); err != nil {
			t.Errorf("the owner's device is kept out: %v", err)
		}
		if got, err := s.Get(ctx, a.ID); err != nil || got.LockedTill == 0 {
			t.Errorf("the owner's entry opened the door for the others: %+v %v", got, err)
		}
		// A known device in the wrong hands is locked like any other, and alone.
		for range 5 {
			s.LogIn(ctx, "wang", "wrong", mine)
		}
		if _, err := s.LogIn(ctx, "wang", good, mine); err != ErrRefused {
			t.Errorf("a known device is never locked: %v", err)
		}
		if _, err := s.LogIn(ctx, "li", good, mine); err != nil {
			t.Errorf("the lock reaches another account: %v", err)
		}
		c.move(11 * time.Minute)
		if _, err := s.LogIn(ctx, "wang", good, mine); err != nil {
			t.Errorf("after the lock: %v", err)
		}
		// A network in which many guessed keeps out those who are not known there.
		crowd := mine
		for n := range 40 {
			s.LogIn(ctx, "nobody"+strconv.Itoa(n), "wrong", Origin{Address: crowd.Address})
		}
		var wait *web.Error
		if _, err := s.LogIn(ctx, "wang", good, Origin{Address: crowd.Address}); !errors.As(err, &wait) || wait.Status != http.StatusTooManyRequests {
			t.Errorf("a crowd may go on: %v", err)
		}
		if _, err := s.LogIn(ctx, "wang", good, crowd); err != nil {
			t.Errorf("the owner waits for the crowd: %v", err)
		}
		// Who had the devices may not be the person any more.
		if err := s.Reset(ctx, a.ID, "Another-9-mountain", 1); err != nil {
			t.Fatal(err)
		}
		if src, err := s.source(ctx, a.ID, mine); err != nil || src.known {
			t.Errorf("a device outlives a reset: %+v %v", src, err)
		}
		if err := s.RevokeOthers(ctx, b.ID, "", here); err != nil {
			t.Fatal(err)
		}
		if src, err := s.source(ctx, b.ID, mine); err != nil || src.known {
			t.Errorf("a device outlives its revocation: %+v %v", src, err)
		}
		c.move(deviceKeep + time.Hour)
		if err := s.Purge(ctx); err != nil {
			t.Fatal(err)
		}
		if n, err := db.One[int64](ctx, s.db, `SELECT count(*) FROM account_device WHERE town = $1`, s.town); err != nil || n != 0 {
			t.Errorf("%d sources are kept for ever, %v", n, err)
		}
	})
}

// TestGuessesAtOnce: attempts at the same time cannot outrun the lock.
func TestGuessesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, s *Store, _ *clock) {
		a := create(t, s, "wang", 0)
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() { s.LogIn(t.Context(), "wang", "wrong", here) })
		}
		all.Wait()
		got, err := s.Get(t.Context(), a.ID)
		if err != nil || got.Failures != 5 || got.SourceTill == 0 {
			t.Errorf("%+v %v", got, err)
		}
		if n := strings.Count(kinds(t, s, a.ID), "wrong"); n != 5 {
			t.Errorf("%d passwords were looked at", n)
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

func TestAddressHasToWait(t *testing.T) {
	each(t, func(t *testing.T, s *Store, c *clock) {
		create(t, s, "wang", 0)
		for range s.set.AddressTries {
			if _, err := s.LogIn(t.Context(), "nobody", "wrong", here); err != ErrRefused {
				t.Fatal(err)
			}
		}
		var e *web.Error
		if _, err := s.LogIn(t.Context(), "wang", good, here); !errors.As(err, &e) || e.Status != 429 || e.Retry <= 0 {
			t.Errorf("no wait: %v", err)
		}
		if _, err := s.LogIn(t.Context(), "wang", good, Origin{Address: "192.0.2.2"}); err != nil {
			t.Errorf("another address has to wait: %v", err)
		}
		c.move(s.set.AddressWindow)
		if _, err := s.LogIn(t.Context(), "wang", good, here); err != nil {
			t.Errorf("after the window: %v", err)
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
