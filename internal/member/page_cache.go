package member

import (
	"sync"
	"time"
)

// keepFor is how old a figure of a large unit may be.
const keepFor = time.Minute

// cache keeps for a minute what is too much work for every page: the figures and the tree of units that no street has, but a
// large town may. Small ones are made anew each time, so that a clerk sees at once what was just recorded.
type cache[K comparable, V any] struct {
	mu   sync.Mutex
	kept map[K]aged[V]
	busy map[K]bool
	most int
}

type aged[V any] struct {
	value V
	at    time.Time
}

func newCache[K comparable, V any](most int) *cache[K, V] {
	return &cache[K, V]{kept: map[K]aged[V]{}, busy: map[K]bool{}, most: most}
}

// get returns what is kept while it is fresh, or while another request is already making it anew; else what work makes. Work
// says whether it is worth keeping. at is zero for what was made just now and is not kept.
func (c *cache[K, V]) get(now time.Time, k K, work func() (v V, keep bool, err error)) (v V, at time.Time, err error) {
	c.mu.Lock()
	old, ok := c.kept[k]
	if ok && (now.Sub(old.at) < keepFor || c.busy[k]) {
		c.mu.Unlock()
		return old.value, old.at, nil
	}
	c.busy[k] = ok // only where there is something old to show meanwhile
	c.mu.Unlock()
	v, keep, err := work()
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.busy, k)
	if err != nil || !keep {
		delete(c.kept, k)
		return v, at, err
	}
	if len(c.kept) >= c.most {
		clear(c.kept)
	}
	c.kept[k] = aged[V]{v, now}
	return v, now, nil
}
