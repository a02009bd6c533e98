package member

import (
	"errors"
	"testing"
	"time"
)

func TestAFigureIsKeptForAMinuteAndNoLonger(t *testing.T) {
	c := newCache[int, int](2)
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	made, size := 0, int64(0)
	get := func(k int, at time.Time, keep bool) (int, time.Time) {
		t.Helper()
		size++ // the journal grows all the time
		v, since, err := c.get(at, size, k, func() (int, bool, error) { made++; return made, keep, nil })
		if err != nil {
			t.Fatal(err)
		}
		return v, since
	}
	if v, since := get(1, now, false); v != 1 || !since.IsZero() {
		t.Errorf("what is not worth keeping: %d %v", v, since)
	}
	get(1, now, true)
	if v, since, _ := c.get(now.Add(time.Hour), size, 1, nil); v != 2 || !since.IsZero() {
		t.Errorf("of the same journal: %d %v", v, since)
	}
	if v, since := get(1, now.Add(59*time.Second), true); v != 2 || !since.Equal(now) {
		t.Errorf("within the minute: %d since %v", v, since)
	}
	if v, _ := get(1, now.Add(time.Minute), true); v != 3 {
		t.Errorf("after the minute: %d", v)
	}
	if _, _, err := c.get(now.Add(3*time.Minute), 99, 1, func() (int, bool, error) { return 0, true, errors.New("no database") }); err == nil {
		t.Error("a failure is hidden behind an old figure")
	}
	for k := range 5 {
		get(k, now, true)
	}
	if len(c.kept) > 2 {
		t.Errorf("%d figures kept, 2 are the most", len(c.kept))
	}
}

func TestWhoComesWhileAFigureIsMadeSeesTheOldOne(t *testing.T) {
	c := newCache[int, int](2)
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	fixed := func(v int) func() (int, bool, error) { return func() (int, bool, error) { return v, true, nil } }
	if _, _, err := c.get(now, 1, 1, fixed(1)); err != nil {
		t.Fatal(err)
	}
	later := now.Add(time.Hour)
	v, _, err := c.get(later, 2, 1, func() (int, bool, error) {
		if old, _, _ := c.get(later, 2, 1, fixed(9)); old != 1 {
			t.Errorf("meanwhile: %d", old)
		}
		return 2, true, nil
	})
	if err != nil || v != 2 {
		t.Errorf("%d %v", v, err)
	}
}
