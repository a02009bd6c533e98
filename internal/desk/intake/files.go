package intake

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"slices"
	"sync"
	"time"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/sheet"
)

const (
	fileMost = 20 << 20         // the largest file, and two that come together
	bodyMost = fileMost + 1<<20 // with the form around it
	keepFor  = time.Hour        // how long a file waits for its clerk
	keepMost = 8                // files of all persons together
	keepSize = 48 << 20         // and their bytes
	keepEach = 3                // files of one person
)

// upload is a file between its upload and its batch. It lives in memory only: a file with readable personal numbers must not lie
// on the server's disk, and nothing of it is recorded before the clerk says so.
type upload struct {
	ID     string
	Owner  int64 // account
	Name   string
	Kind   string
	On     calendar.Date
	Values map[string]string
	At     time.Time

	register *Register
	raw      []byte
	second   []byte // the sheet that came with it
	also     string // its name
	state    state
	job      string  // the work under way, or the last one
	reading  Reading // what was read; empty until then
	refused  string  // why nothing could be read, or why the last batch was refused
	tried    string  // what the last rehearsal said
	done     batch
	asked    *question // what must be read before the last batch is recorded; nil when nothing must
	version  int       // grows with every work begun, so that a press on an older page is noticed
}

// state is how far an upload is.
type state string

const (
	reading    state = "reading"
	unread     state = "unread" // it is no such sheet; refused says why
	ready      state = "ready"
	committing state = "committing"
	finished   state = "finished"
)

// batch is what was recorded.
type batch struct {
	receipt journal.Receipt
	said    string // 已登记 28 名党员。
}

// shown is the sheet that the preview is about.
func (u *upload) shown() (name string, raw []byte) {
	if u.reading.Second {
		return u.also, u.second
	}
	return u.Name, u.raw
}

func (u *upload) busy() bool { return u.state == reading || u.state == committing }

// open says that rows can be recorded: none were yet, or some are left.
func (u *upload) open() bool {
	return u.state == ready || u.state == finished && u.reading.Plan != nil
}

func (u *upload) rows() int {
	if u.reading.Plan == nil {
		return 0
	}
	return u.reading.Plan.Len()
}

// leave keeps what was not recorded, for a second batch. When everything is recorded the readable numbers are needed no more.
func (u *upload) leave(rest Plan) {
	u.reading.Plan = rest
	if rest.Len() == 0 && u.reading.Preview.Errors == 0 {
		u.raw, u.second, u.reading.Plan = nil, nil, nil
	}
}

// open opens a spreadsheet that lies in memory.
func open(name string, raw []byte) (*sheet.Book, error) {
	return sheet.Open(bytes.NewReader(raw), int64(len(raw)), name)
}

// files are the uploads that wait.
type files struct {
	mu   sync.Mutex
	all  []*upload // oldest first
	gone []pushed
}

// pushed is an upload that had to make room.
type pushed struct {
	owner int64
	id    string
	own   bool // for another of the same person
	at    time.Time
}

// add keeps a file and forgets what is too old or too much, the oldest first; work under way is never forgotten. It reports
// false when there is no room.
func (s *files) add(u *upload, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tidy(now)
	for {
		own, bytes := 0, len(u.raw)+len(u.second)
		for _, x := range s.all {
			bytes += len(x.raw) + len(x.second)
			if x.Owner == u.Owner {
				own++
			}
		}
		switch {
		case own >= keepEach:
			if !s.drop(func(x *upload) bool { return x.Owner == u.Owner && !x.busy() }, true, now) {
				return false
			}
		case len(s.all) >= keepMost || bytes > keepSize:
			if !s.drop(func(x *upload) bool { return !x.busy() }, false, now) {
				return false
			}
		default:
			u.ID, u.At = rand.Text(), now
			s.all = append(s.all, u)
			return true
		}
	}
}

// drop forgets the oldest upload that fits, and remembers why for as long as it would have waited.
func (s *files) drop(fits func(*upload) bool, own bool, now time.Time) bool {
	i := slices.IndexFunc(s.all, fits)
	if i < 0 {
		return false
	}
	s.gone = append(s.gone, pushed{s.all[i].Owner, s.all[i].ID, own, now})
	s.all = slices.Delete(s.all, i, i+1)
	return true
}

func (s *files) tidy(now time.Time) {
	s.all = slices.DeleteFunc(s.all, func(u *upload) bool { return !u.busy() && now.Sub(u.At) > keepFor })
	s.gone = slices.DeleteFunc(s.gone, func(p pushed) bool { return now.Sub(p.at) > keepFor })
}

// whyGone says what became of an upload of its owner's that had to make room; "" when it did not.
func (s *files) whyGone(owner int64, id string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.gone {
		switch {
		case p.owner != owner || p.id != id:
		case p.own:
			return fmt.Sprintf("这次上传已经清除：您后来又上传了别的文件，一个人最多同时留 %d 个，最早的这个让出了位置。", keepEach)
		default:
			return "这次上传已经清除：后来上传的文件多，服务器一时放不下，最早上传的这个让出了位置。"
		}
	}
	return ""
}

// get finds an upload of its owner; another's is not there.
func (s *files) get(owner int64, id string, now time.Time) (upload, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tidy(now)
	for _, u := range s.all {
		if u.Owner == owner && u.ID == id {
			return *u, true
		}
	}
	return upload{}, false
}

// change changes an upload in place.
func (s *files) change(id string, f func(*upload)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, u := range s.all {
		if u.ID == id {
			f(u)
		}
	}
}

// claim turns an upload that is ready into one under way, if it still is as it was when the work was planned.
func (s *files) claim(id string, version int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, u := range s.all {
		if u.ID == id && u.open() && u.version == version {
			u.state = committing
			u.version++
			return true
		}
	}
	return false
}

// of lists a person's uploads to a register, newest first.
func (s *files) of(owner int64, g *Register, now time.Time) []upload {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tidy(now)
	var list []upload
	for _, u := range s.all {
		if u.Owner == owner && u.register == g {
			list = append(list, *u)
		}
	}
	slices.Reverse(list)
	return list
}
