package member

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

func TestAFigureIsKeptForAMinuteAndNoLonger(t *testing.T) {
	c := newCache[int, int](2)
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	made := 0
	get := func(k int, at time.Time, keep bool) (int, time.Time) {
		t.Helper()
		v, since, err := c.get(at, k, func() (int, bool, error) { made++; return made, keep, nil })
		if err != nil {
			t.Fatal(err)
		}
		return v, since
	}
	if v, since := get(1, now, false); v != 1 || !since.IsZero() {
		t.Errorf("what is not worth keeping: %d %v", v, since)
	}
	get(1, now, true)
	if v, since := get(1, now.Add(59*time.Second), true); v != 2 || !since.Equal(now) {
		t.Errorf("within the minute: %d since %v", v, since)
	}
	if v, _ := get(1, now.Add(time.Minute), true); v != 3 {
		t.Errorf("after the minute: %d", v)
	}
	if _, _, err := c.get(now.Add(3*time.Minute), 1, func() (int, bool, error) { return 0, true, errors.New("no database") }); err == nil {
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
	if _, _, err := c.get(now, 1, fixed(1)); err != nil {
		t.Fatal(err)
	}
	later := now.Add(time.Hour)
	v, _, err := c.get(later, 1, func() (int, bool, error) {
		if old, _, _ := c.get(later, 1, fixed(9)); old != 1 {
			t.Errorf("meanwhile: %d", old)
		}
		return 2, true, nil
	})
	if err != nil || v != 2 {
		t.Errorf("%d %v", v, err)
	}
}

func TestUploadsAreBounded(t *testing.T) {
	s := newUploads()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for i := range 5 {
		if !s.add(&upload{Owner: 1, Name: fmt.Sprint(i), state: uploadReady, raw: make([]byte, 1<<20)}, now.Add(time.Duration(i)*time.Second)) {
			t.Fatal("no room")
		}
	}
	if list := s.of(1, now); len(list) != uploadEach || list[0].Name != "4" {
		t.Errorf("of five files %d are kept, first %q", len(list), list[0].Name)
	}
	if !s.add(&upload{Owner: 2, state: uploadReading, raw: make([]byte, 20<<20)}, now) || !s.add(&upload{Owner: 3, state: uploadReading, raw: make([]byte, 20<<20)}, now) {
		t.Error("large files of others find no room")
	}
	if s.add(&upload{Owner: 4, raw: make([]byte, 20<<20)}, now) {
		t.Error("a file was taken though those under way fill the room")
	}
	if n := len(s.of(2, now.Add(2*time.Hour))); n != 1 {
		t.Errorf("work under way was forgotten: %d", n)
	}
	if n := len(s.of(1, now.Add(2*time.Hour))); n != 0 {
		t.Errorf("%d files are kept for more than an hour", n)
	}
	u := s.of(2, now)[0]
	if _, ok := s.get(3, u.ID, now); ok {
		t.Error("another's file is there")
	}
	if s.claim(u.ID) {
		t.Error("a file that is being read was committed")
	}
	s.change(u.ID, func(u *upload) { u.state = uploadReady })
	if !s.claim(u.ID) || s.claim(u.ID) {
		t.Error("a file was not committed exactly once")
	}
}
