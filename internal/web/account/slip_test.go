package account

import (
	"context"
	"testing"
	"time"
)

func TestAnOldSlipIsWorthNothing(t *testing.T) {
	each(t, func(t *testing.T, s *Store, c *clock) {
		slip, err := s.IssueSlip(context.Background(), 7, "顾长根", 1)
		if err != nil {
			t.Fatal(err)
		}
		c.move(slipKeep - time.Minute)
		if _, err := s.Activate(context.Background(), slip.Code, "abc", Origin{Address: "192.0.2.1"}); err == nil {
			t.Error("a poor password was taken")
		}
		c.move(2 * time.Minute)
		if _, err := s.Activate(context.Background(), slip.Code, good, Origin{Address: "192.0.2.1"}); err != ErrRefused {
			t.Errorf("%v", err)
		}
	})
}

// Whoever guesses codes has to wait.
func TestGuessingCodesIsSlow(t *testing.T) {
	each(t, func(t *testing.T, s *Store, _ *clock) {
		var err error
		for range s.set.AddressTries + 1 {
			_, err = s.Activate(context.Background(), "AAAA-BBBB-CCCC", good, Origin{Address: "192.0.2.1"})
		}
		if err == nil || err == ErrRefused {
			t.Errorf("%v", err)
		}
	})
}
