package disclosure

import (
	"context"

	lru "github.com/hashicorp/golang-lru/v2"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/web/ui"
)

// shelf keeps what the board lately showed. What stands in it is true for one size of the journal and one day: whatever is
// recorded since makes a new key, and the old entries fall out by themselves.
type shelf struct {
	lists  *lru.Cache[shelfKey, boardList]
	places *lru.Cache[shelfKey, [2][]place]
}

type shelfKey struct {
	size  int64
	today calendar.Date
	f     BoardFilter
}

// shelfSize is how many lists are kept, each of at most some 20 KB.
const shelfSize = 256

func newShelf() *shelf {
	lists, _ := lru.New[shelfKey, boardList](shelfSize) // it only fails for a size below one
	places, _ := lru.New[shelfKey, [2][]place](2)
	return &shelf{lists, places}
}

func (p *Pages) shelfKey(ctx context.Context, f BoardFilter) (shelfKey, error) {
	size, err := journal.Size(ctx, p.DB, p.Town)
	return shelfKey{size, p.Today(), f}, err
}

// boardList is one page of the board's notices.
type boardList struct {
	items []ui.NoticeItem
	next  string // where the next page begins, "" on the last
}

// listed reads a page of f.Limit notices.
func (p *Pages) listed(ctx context.Context, f BoardFilter) (l boardList, err error) {
	key, err := p.shelfKey(ctx, f)
	if err != nil {
		return l, err
	}
	if l, ok := p.shelf.lists.Get(key); ok {
		return l, nil
	}
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
	if l.items, err = p.items(ctx, rows); err == nil && f.Words == "" {
		p.shelf.lists.Add(key, l)
	}
	return l, err
}

// places are the villages and communities of today, and those that are no more and once published.
func (p *Pages) places(ctx context.Context) (now, past []place, err error) {
	key, err := p.shelfKey(ctx, BoardFilter{})
	if err != nil {
		return nil, nil, err
	}
	if both, ok := p.shelf.places.Get(key); ok {
		return both[0], both[1], nil
	}
	now, past, err = places(ctx, p.DB, p.Town, p.Today())
	if err == nil {
		p.shelf.places.Add(key, [2][]place{now, past})
	}
	return now, past, err
}
