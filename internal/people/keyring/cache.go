package keyring

import (
	"container/list"
	"sync"
)

// slot names a key in the cache.
type slot struct {
	town   string
	handle Handle
}

// cache keeps the most recently used keys, at most size of them.
type cache struct {
	mu    sync.Mutex
	size  int
	items map[slot]*list.Element
	order *list.List // of *cached, most recently used first
	gone  map[slot]struct{}
}

type cached struct {
	slot slot
	key  [32]byte
}

func newCache(size int) *cache {
	return &cache{size: size, items: map[slot]*list.Element{}, order: list.New(), gone: map[slot]struct{}{}}
}

func (c *cache) get(s slot) ([32]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.items[s]
	if !ok {
		return [32]byte{}, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*cached).key, true
}

func (c *cache) put(s slot, key [32]byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, erased := c.gone[s]; erased {
		return
	}
	if e, ok := c.items[s]; ok {
		e.Value.(*cached).key = key
		c.order.MoveToFront(e)
		return
	}
	c.items[s] = c.order.PushFront(&cached{s, key})
	if c.order.Len() > c.size {
		last := c.order.Back()
		delete(c.items, last.Value.(*cached).slot)
		c.order.Remove(last)
	}
}

// forget removes a key for good: a reader that fetched it just before it was erased cannot put it back.
func (c *cache) forget(s slot) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gone[s] = struct{}{}
	if e, ok := c.items[s]; ok {
		delete(c.items, s)
		c.order.Remove(e)
	}
}
