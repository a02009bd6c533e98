package member

import (
	"context"
	"sync"
	"time"

	"cunju/internal/journal"
)

// keepFor is how old a figure of a large unit may be.
const keepFor = time.Minute

// cache keeps what is much work for a page. What was made of a journal of the same size is as good as new. Of a journal that
// has grown, a small unit's is made anew, so that a clerk sees at once what was just recorded; a large one's may be a minute old.
type cache[K comparable, V any] struct {
	mu   sync.Mutex
	kept map[K]aged[V]
	busy map[K]bool
	most int
}

type aged[V any] struct {
	value V
	size  int64 // of the journal that it was made of
	at    time.Time
	lasts bool // it may be shown for a while after the journal grew
}

func newCache[K comparable, V any](most int) *cache[K, V] {
	return &cache[K, V]{kept: map[K]aged[V]{}, busy: map[K]bool{}, most: most}
}

// get returns what is kept if it is of a journal of this size, or if it lasts and is fresh, or while another request is already
// making it anew; else what work makes. Work says whether that lasts. at is zero unless the journal has grown since.
func (c *cache[K, V]) get(now time.Time, size int64, k K, work func() (v V, lasts bool, err error)) (v V, at time.Time, err error) {
	c.mu.Lock()
	old, ok := c.kept[k]
	if ok && old.size == size {
		c.mu.Unlock()
		return old.value, time.Time{}, nil
	}
	ok = ok && old.lasts
	if ok && (now.Sub(old.at) < keepFor || c.busy[k]) {
		c.mu.Unlock()
		return old.value, old.at, nil
	}
	c.busy[k] = ok // only where there is something old to show meanwhile
	c.mu.Unlock()
	v, lasts, err := work()
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.busy, k)
	if err != nil {
		delete(c.kept, k)
		return v, at, err
	}
	if len(c.kept) >= c.most {
		clear(c.kept)
	}
	c.kept[k] = aged[V]{v, size, now, lasts}
	return v, at, nil
}

// keep asks a cache for what a page needs of today's journal.
func keep[K comparable, V any](ctx context.Context, p *Pages, c *cache[K, V], k K, work func() (v V, lasts bool, err error)) (v V, at time.Time, err error) {
	size, err := journal.Size(ctx, p.DB, p.Town)
	if err != nil {
		return v, at, err
	}
	return c.get(p.Views.Clock(), size, k, work)
}
