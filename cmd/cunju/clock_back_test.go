package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// A clock behind the last act is named on the console at the start; one that keeps time is not.
func TestAClockBehindTheJournalIsSaid(t *testing.T) {
	data, _ := servedTown(t)
	for _, c := range []struct {
		back time.Duration
		said bool
	}{{0, false}, {48 * time.Hour, true}} {
		h := openTown(t, data, options{clock: func() time.Time { return time.Now().Add(-c.back) }})
		var out bytes.Buffer
		err := h.checkClock(t.Context(), &console{t.Context(), strings.NewReader(""), &out, &out})
		h.close()
		if err != nil || strings.Contains(out.String(), "钟比总账慢") != c.said {
			t.Errorf("%v back: %v\n%s", c.back, err, out.String())
		}
	}
}
