package web

import (
	"context"
	"sync"
	"time"
)

// room bounds the bytes of uploads that lie in memory at the same time. Files are never written to the disk before a page
// decides so: they may hold readable personal numbers.
type room struct {
	mu    sync.Mutex
	free  int64
	freed chan struct{} // closed and replaced whenever bytes come back
}

func newRoom(size int64) *room { return &room{free: size, freed: make(chan struct{})} }

// take waits up to a time for n bytes; it reports false when they did not come free.
func (m *room) take(ctx context.Context, n int64, wait time.Duration) bool {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for {
		m.mu.Lock()
		if n <= m.free {
			m.free -= n
			m.mu.Unlock()
			return true
		}
		freed := m.freed
		m.mu.Unlock()
		select {
		case <-freed:
		case <-timer.C:
			return false
		case <-ctx.Done():
			return false
		}
	}
}

// give returns n bytes.
func (m *room) give(n int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.free += n
	close(m.freed)
	m.freed = make(chan struct{})
}
