package intake

import (
	"fmt"
	"testing"
	"time"
)

func TestUploadsAreBounded(t *testing.T) {
	s := &files{}
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for i := range 5 {
		if !s.add(&upload{Owner: 1, Name: fmt.Sprint(i), state: ready, raw: make([]byte, 1<<20)}, now.Add(time.Duration(i)*time.Second)) {
			t.Fatal("no room")
		}
	}
	if list := s.of(1, nil, now); len(list) != keepEach || list[0].Name != "4" {
		t.Errorf("of five files %d are kept, first %q", len(list), list[0].Name)
	}
	if !s.add(&upload{Owner: 2, state: reading, raw: make([]byte, 20<<20)}, now) || !s.add(&upload{Owner: 3, state: reading, raw: make([]byte, 20<<20)}, now) {
		t.Error("large files of others find no room")
	}
	if s.add(&upload{Owner: 4, raw: make([]byte, 20<<20)}, now) {
		t.Error("a file was taken though those under way fill the room")
	}
	if n := len(s.of(2, nil, now.Add(2*time.Hour))); n != 1 {
		t.Errorf("work under way was forgotten: %d", n)
	}
	if n := len(s.of(1, nil, now.Add(2*time.Hour))); n != 0 {
		t.Errorf("%d files are kept for more than an hour", n)
	}
	u := s.of(2, nil, now)[0]
	if _, ok := s.get(3, u.ID, now); ok {
		t.Error("another's file is there")
	}
	if s.claim(u.ID) {
		t.Error("a file that is being read was committed")
	}
	s.change(u.ID, func(u *upload) { u.state = ready })
	if !s.claim(u.ID) || s.claim(u.ID) {
		t.Error("a file was not committed exactly once")
	}
}
