package posting

import (
	"fmt"
	"testing"
	"time"
)

// A crowd of addresses pushes out the one silent longest, not those that have just used up their number.
func TestACrowdDoesNotResetThePace(t *testing.T) {
	var p pace
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	p.take("old", now.Add(-time.Minute))
	for range paceMost {
		p.take("busy", now)
	}
	for i := range paceRoom {
		now = now.Add(time.Millisecond)
		p.take(fmt.Sprint("other ", i), now)
		if i == paceRoom/2 {
			p.take("busy", now)
		}
		if i == paceRoom-2 && p.take("busy", now) {
			t.Fatal("the crowd gave an address a fresh start")
		}
	}
	if _, known := p.from["old"]; known || len(p.from) != paceRoom {
		t.Errorf("%d addresses, the oldest among them: %v", len(p.from), known)
	}
}
