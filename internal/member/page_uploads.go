package member

import (
	"bytes"
	"crypto/rand"
	"slices"
	"sync"
	"time"

	"cunju/internal/calendar"
	"cunju/internal/sheet"
)

const (
	uploadFile  = 20 << 20           // the largest roster file
	uploadBody  = uploadFile + 1<<20 // with the form around it
	uploadKeep  = time.Hour          // how long a file waits for its clerk
	uploadMost  = 8                  // files of all persons together
	uploadBytes = 48 << 20           // and their bytes
	uploadEach  = 3                  // files of one person
)

// upload is a roster between its upload and its commit. It lives in memory only: a file with readable personal numbers must not
// lie on the server's disk, and nothing of it is recorded before the clerk says so.
type upload struct {
	ID    string
	Owner int64 // account
	Name  string
	Kind  string // code of a roster kind
	How   How
	On    calendar.Date // the day as of which the roster holds
	At    time.Time

	raw     []byte
	state   uploadState
	job     string         // the work under way, or the last one
	preview *sheet.Preview // what was read; nil until then
	plan    *RosterPlan    // of a roster: who would be entered
	changes *ChangePlan    // of a village's list or an edited export: what would change
	refused string         // why nothing could be read, or why the last commit was refused
	done    imported
}

// uploadState is how far an upload is.
type uploadState string

const (
	uploadReading    uploadState = "reading"
	uploadUnread     uploadState = "unread" // it is no roster; refused says why
	uploadReady      uploadState = "ready"
	uploadCommitting uploadState = "committing"
	uploadDone       uploadState = "done"
)

// imported is what a commit recorded: rows of members, or changed cells.
type imported struct {
	First, Last int64
	Rows        int
	Changes     bool
}

func (u *upload) reader() *bytes.Reader { return bytes.NewReader(u.raw) }

// uploads are the files that wait.
type uploads struct {
	mu  sync.Mutex
	all []*upload // oldest first
}

func newUploads() *uploads { return &uploads{} }

// add keeps a file and forgets what is too old or too much, the oldest first; work under way is never forgotten. It reports
// false when there is no room.
func (s *uploads) add(u *upload, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tidy(now)
	for {
		own, bytes := 0, len(u.raw)
		for _, x := range s.all {
			bytes += len(x.raw)
			if x.Owner == u.Owner {
				own++
			}
		}
		switch {
		case own >= uploadEach:
			if !s.drop(func(x *upload) bool { return x.Owner == u.Owner && !x.busy() }) {
				return false
			}
		case len(s.all) >= uploadMost || bytes > uploadBytes:
			if !s.drop(func(x *upload) bool { return !x.busy() }) {
				return false
			}
		default:
			u.ID, u.At = rand.Text(), now
			s.all = append(s.all, u)
			return true
		}
	}
}

func (u *upload) busy() bool { return u.state == uploadReading || u.state == uploadCommitting }

// open says that rows can be committed: none were yet, or some are left.
func (u *upload) open() bool {
	return u.state == uploadReady || u.state == uploadDone && (u.plan != nil || u.changes != nil)
}

// drop forgets the oldest upload that fits.
func (s *uploads) drop(fits func(*upload) bool) bool {
	i := slices.IndexFunc(s.all, fits)
	if i < 0 {
		return false
	}
	s.all = slices.Delete(s.all, i, i+1)
	return true
}

func (s *uploads) tidy(now time.Time) {
	s.all = slices.DeleteFunc(s.all, func(u *upload) bool { return !u.busy() && now.Sub(u.At) > uploadKeep })
}

// get finds an upload of its owner; another's is not there.
func (s *uploads) get(owner int64, id string, now time.Time) (upload, bool) {
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
func (s *uploads) change(id string, f func(*upload)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, u := range s.all {
		if u.ID == id {
			f(u)
		}
	}
}

// claim turns an upload that is ready into one under commit, once.
func (s *uploads) claim(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, u := range s.all {
		if u.ID == id && u.open() {
			u.state = uploadCommitting
			return true
		}
	}
	return false
}

// of lists a person's uploads, newest first.
func (s *uploads) of(owner int64, now time.Time) []upload {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tidy(now)
	var list []upload
	for _, u := range s.all {
		if u.Owner == owner {
			list = append(list, *u)
		}
	}
	slices.Reverse(list)
	return list
}
