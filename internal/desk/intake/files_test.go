package intake

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cunju/internal/journal"
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
	if s.claim(u.ID, u.version) {
		t.Error("a file that is being read was committed")
	}
	s.change(u.ID, func(u *upload) { u.state = ready })
	if !s.claim(u.ID, u.version) || s.claim(u.ID, u.version) {
		t.Error("a file was not committed exactly once")
	}
}

// A clock forgets what has waited its hour, though nobody comes.
func TestUploadsGoThoughNobodyComes(t *testing.T) {
	c := NewCounter(nil)
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	c.files.add(&upload{Owner: 1, state: ready, raw: []byte("x")}, now)
	c.Tidy(now.Add(keepFor))
	if len(c.files.all) != 1 {
		t.Error("a file went before its hour was over")
	}
	c.Tidy(now.Add(keepFor + time.Minute))
	if len(c.files.all) != 0 {
		t.Error("a file stays in memory for more than an hour")
	}
}

// Who finds that an upload is gone is told why.
func TestAnUploadThatMadeRoomIsToldSo(t *testing.T) {
	s := &files{}
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	add := func(owner int64, size int) string {
		u := &upload{Owner: owner, state: ready, raw: make([]byte, size)}
		if !s.add(u, now) {
			t.Fatal("no room")
		}
		return u.ID
	}
	pushedOut, own := add(1, 20<<20), add(2, 1)
	for range keepEach {
		add(2, 1)
	}
	add(3, 20<<20)
	add(4, 20<<20)
	if why := s.whyGone(2, own); !strings.Contains(why, "一个人最多同时留 3 个") {
		t.Errorf("a fourth file of the same person: %q", why)
	}
	if why := s.whyGone(1, pushedOut); !strings.Contains(why, "服务器一时放不下") {
		t.Errorf("pushed out by another's: %q", why)
	}
	if why := s.whyGone(2, pushedOut); why != "" {
		t.Errorf("another is told: %q", why)
	}
	if s.of(9, nil, now.Add(2*time.Hour)); len(s.gone) != 0 {
		t.Error("what is gone is remembered for ever")
	}
}

// A press that read the page before another one's work ended does not work on what that one left.
func TestAPressOnAnOlderPageIsNoticed(t *testing.T) {
	s := &files{}
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	first := &upload{Owner: 1, state: ready}
	s.add(first, now)
	older, _ := s.get(1, first.ID, now)
	if !s.claim(older.ID, older.version) {
		t.Fatal("not taken")
	}
	s.change(older.ID, func(u *upload) { u.settle(work{try: true}, ready, journal.Receipt{}, nil, nil) })
	if s.claim(older.ID, older.version) {
		t.Error("the older page's plan was taken")
	}
	if now, _ := s.get(1, first.ID, now); !s.claim(now.ID, now.version) {
		t.Error("the present page's plan was not taken")
	}
}
