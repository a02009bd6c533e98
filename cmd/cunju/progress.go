package main

import (
	"fmt"
	"time"

	"cunju/internal/calendar"
)

// progress shows how far a long work is, at most twice a second and only once it has taken a moment.
func (c *console) progress(what string) func(done, total int64) {
	started := time.Now()
	var last time.Time
	return func(done, total int64) {
		now := time.Now()
		if now.Sub(started) < time.Second || now.Sub(last) < 500*time.Millisecond || total <= 0 {
			return
		}
		last = now
		fmt.Fprintf(c.err, "  %s %d/%d（%d%%）\n", what, done, total, done*100/total)
	}
}

// beijing writes unix milliseconds in the country's legal time and says so, whatever zone the machine is set to.
func beijing(ms int64) string { return "北京时间 " + calendar.Instant(ms) }

// took writes a duration for people: 0.42 秒.
func took(start time.Time) string { return fmt.Sprintf("%.2f 秒", time.Since(start).Seconds()) }
