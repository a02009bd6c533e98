package disclosure

import (
	"context"

	lru "github.com/hashicorp/golang-lru/v2"

	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/web/ui"
)

// Shelf keeps what public pages lately showed to everybody. What stands in it is true for one size of the journal and one day:
// whatever is recorded since makes a new key, and old entries fall out by themselves.
type Shelf[K comparable, V any] struct {
	kept *lru.Cache[shelfKey[K], V]
}

type shelfKey[K comparable] struct {
	size  int64
	today calendar.Date
	what  K
}

// NewShelf is a shelf for n entries.
func NewShelf[K comparable, V any](n int) *Shelf[K, V] {
	kept, _ := lru.New[shelfKey[K], V](n) // it only fails for a size below one
	return &Shelf[K, V]{kept}
}

// Get returns what is kept, or reads and keeps it. What it returns is shared: it is not changed.
func (s *Shelf[K, V]) Get(ctx context.Context, h *desk.House, what K, read func() (V, error)) (v V, err error) {
	size, err := journal.Size(ctx, h.DB, h.Town)
	if err != nil {
		return v, err
	}
	key := shelfKey[K]{size, h.Today(), what}
	if v, ok := s.kept.Get(key); ok {
		return v, nil
	}
	if v, err = read(); err == nil {
		s.kept.Add(key, v)
	}
	return v, err
}

// boardList is one page of the board's notices.
type boardList struct {
	items []ui.NoticeItem
	next  string // where the next page begins, "" on the last
}

// listed reads a page of f.Limit notices. Searches are not kept: hardly two are the same.
func (p *Pages) listed(ctx context.Context, f BoardFilter) (boardList, error) {
	if f.Words != "" {
		return p.readList(ctx, f)
	}
	return p.lists.Get(ctx, p.House, f, func() (boardList, error) { return p.readList(ctx, f) })
}

func (p *Pages) readList(ctx context.Context, f BoardFilter) (l boardList, err error) {
	limit := f.Limit
	f.Limit++
	rows, err := Board(ctx, p.DB, p.Town, f)
	if err != nil {
		return l, err
	}
	if len(rows) > limit {
		rows = rows[:limit]
		l.next = rows[limit-1].cursor()
	}
	l.items, err = p.items(ctx, rows)
	return l, err
}

// places are the villages and communities of today, and those that are no more and once published.
func (p *Pages) places(ctx context.Context) (now, past []place, err error) {
	both, err := p.both.Get(ctx, p.House, struct{}{}, func() ([2][]place, error) {
		now, past, err := places(ctx, p.DB, p.Town, p.Today())
		return [2][]place{now, past}, err
	})
	return both[0], both[1], err
}
