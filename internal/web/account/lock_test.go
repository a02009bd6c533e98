package account

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"cunju/internal/db"
	"cunju/internal/web"
)

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
		first := Origin{Address: "198.51.100.7", Token: token}
		if token, err = s.Remember(ctx, b.ID, first); err != nil || token == first.Token {
			t.Errorf("a second account on the device gets %q: %v", token, err)
		}
		mine := Origin{Address: "198.51.100.7", Token: token}
		for _, id := range []int64{a.ID, b.ID} {
			if src, err := s.source(ctx, id, mine); err != nil || !src.known {
				t.Errorf("account %d does not know the device by its new token: %+v %v", id, src, err)
			}
			if src, err := s.source(ctx, id, first); err != nil || src.known {
				t.Errorf("account %d still knows the old token, which others may have seen: %+v %v", id, src, err)
			}
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
