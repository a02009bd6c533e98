package account

import (
	"net/netip"
	"sync"
	"time"
)

// addressesKept bounds the memory of the counter: a crowd of addresses makes it
// forget old ones, never grow.
const addressesKept = 20_000

// tries counts failed log-ins by network address within a window. Offices share
// one address, so only failures count, and the limit is generous.
type tries struct {
	limit  int
	window time.Duration

	mu   sync.Mutex
	seen map[string]*streak
}

type streak struct {
	count int
	since time.Time
}

func newTries(limit int, window time.Duration) *tries {
	return &tries{limit: limit, window: window, seen: map[string]*streak{}}
}

// wait is how long an address has to wait; 0 when it may try.
func (t *tries) wait(address string, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	st := t.seen[network(address)]
	if st == nil || st.count < t.limit {
		return 0
	}
	return max(0, st.since.Add(t.window).Sub(now))
}

// failed counts one failure.
func (t *tries) failed(address string, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := network(address)
	st := t.seen[key]
	if st == nil || now.Sub(st.since) >= t.window {
		if st == nil && len(t.seen) >= addressesKept {
			t.forget(now)
		}
		st = &streak{since: now}
		t.seen[key] = st
	}
	st.count++
}

// forget makes room: first the streaks that ran out, else any one.
func (t *tries) forget(now time.Time) {
	for key, st := range t.seen {
		if now.Sub(st.since) >= t.window {
			delete(t.seen, key)
		}
	}
	for key := range t.seen {
		if len(t.seen) < addressesKept {
			return
		}
		delete(t.seen, key)
	}
}

// network is the address, or for IPv6 its /64, since one household owns all of it.
func network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil || a.Is4() {
		return address
	}
	p, err := a.WithZone("").Prefix(64)
	if err != nil {
		return address
	}
	return p.String()
}
