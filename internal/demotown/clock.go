package demotown

import (
	"crypto/sha256"
	"fmt"
	"sync"
	"time"

	"cunju/internal/calendar"
)

// Clock is the time of a town under construction. It starts on a day of its own, is moved by the builder, and never goes back.
// Once released it is the time of day.
type Clock struct {
	mu   sync.Mutex
	now  time.Time
	real bool
}

// NewClock starts at nine in the morning, China's time, of a day.
func NewClock(day calendar.Date) *Clock {
	c := &Clock{}
	c.To(day)
	return c
}

// Now is the time; every look moves the building clock by a second.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.real {
		return time.Now()
	}
	c.now = c.now.Add(time.Second)
	return c.now
}

// To moves to nine in the morning of a day, unless it is later already.
func (c *Clock) To(day calendar.Date) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := time.Date(day.Year(), time.Month(day.Month()), day.Day(), 1, 0, 0, 0, time.UTC)
	if at.After(c.now) {
		c.now = at
	}
}

// Release lets the clock show the time of day.
func (c *Clock) Release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.real = true
}

// Salt derives an act's salt from its number: the demo hides nothing, and its entries are the same each time wherever nothing
// is encrypted.
func Salt(town string, n int64) []byte {
	h := sha256.Sum256(fmt.Appendf(nil, "demo salt|%s|%d", town, n))
	return h[:]
}
