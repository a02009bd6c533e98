package open

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/desk/desktest"
	"cunju/internal/disclosure"
	"cunju/internal/disclosure/oversight"
	"cunju/internal/files"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
	"cunju/internal/matter"
	"cunju/internal/member/membertest"
	"cunju/internal/org"
)

// town is a street with a village whose board is open.
type town struct {
	*membertest.Town
	site  *desktest.Site
	board *Board
	pages *disclosure.Pages
	files *files.Store
	key   journal.Key

	fileDir string
}

func newTown(t *testing.T, d *db.DB) *town {
	t.Helper()
	y := &town{Town: membertest.New(t, d, matter.Slice(), disclosure.Slice(), oversight.Slice())}
	y.site = desktest.New(y.Town.Town, func(ctx context.Context, person int64) (access.Actor, error) {
		return org.Actor(ctx, y.DB, y.Code, person, y.J.Today())
	})
	origin, err := journal.Origin(t.Context(), y.DB, y.Code)
	if err != nil {
		t.Fatal(err)
	}
	if y.key, err = journal.LoadOrCreateKey(filepath.Join(t.TempDir(), "log.key"), origin); err != nil {
		t.Fatal(err)
	}
	y.fileDir = filepath.Join(t.TempDir(), "files")
	if y.files, err = files.Open(y.fileDir); err != nil {
		t.Fatal(err)
	}
	y.site.House.Name = func(ctx context.Context, q db.Querier, unit int64) (string, error) {
		u, err := org.Find(ctx, q, y.Code, unit)
		return u.Label(), err
	}
	if y.pages, err = disclosure.NewPages(y.site.House, y.files, y.key.VKey, "https://gk.example"); err != nil {
		t.Fatal(err)
	}
	y.pages.Routes(y.site.Server.Router)
	y.board = New(y.pages)
	y.board.Routes(y.site.Server.Router)
	y.site.Server.Router.Public.Handle("/log/", y.J.Surface())
	return y
}

func onBoth(t *testing.T, f func(*testing.T, *town)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newTown(t, d)) })
}

func (y *town) by(person int64, f journaltest.Decide) int64 {
	y.Helper()
	y.As(person)
	return y.Must(f)
}

// drafted begins a notice.
func (y *town) drafted(unit, by int64, c disclosure.Content) (id int64) {
	y.Helper()
	y.by(by, func(ctx context.Context, w *journal.Writer) (err error) {
		id, err = disclosure.Begin(ctx, w, unit, c, 0, w.Today())
		return err
	})
	return id
}

// out brings a notice of the committee onto the board.
func (y *town) out(c disclosure.Content) int64 { y.Helper(); return y.outOf(y.Committee, c) }

// outOf brings a unit's notice as far as the board.
func (y *town) outOf(unit int64, c disclosure.Content) int64 {
	y.Helper()
	id := y.drafted(unit, y.Accountant, c)
	step := func(person int64, f func(ctx context.Context, w *journal.Writer) error) { y.Helper(); y.by(person, f) }
	step(y.Accountant, func(ctx context.Context, w *journal.Writer) error {
		_, err := disclosure.Hand(ctx, w, id, w.Today())
		return err
	})
	step(y.Watch, func(ctx context.Context, w *journal.Writer) error {
		_, err := disclosure.Examine(ctx, w, id, disclosure.Check{Agree: true}, w.Today())
		return err
	})
	step(y.Secretary, func(ctx context.Context, w *journal.Writer) error {
		_, err := disclosure.Decide(ctx, w, id, disclosure.Approve{Agree: true}, w.Today())
		return err
	})
	step(y.Director, func(ctx context.Context, w *journal.Writer) error {
		_, err := disclosure.Release(ctx, w, id, w.Today())
		return err
	})
	step(y.Director, func(ctx context.Context, w *journal.Writer) error {
		_, err := disclosure.Hang(ctx, w, id, "村委会门前公开栏", w.Today())
		return err
	})
	return id
}

func (y *town) sign() {
	y.Helper()
	if _, err := y.J.Sign(y.Ctx, y.Code, y.key); err != nil {
		y.Fatal(err)
	}
}

// october is a finance notice with an attachment.
func (y *town) october() disclosure.Content {
	y.Helper()
	st, err := y.files.Put(y.Ctx, strings.NewReader("%PDF-1.7\n%%EOF\n"), "合同.pdf", 1<<20)
	if err != nil {
		y.Fatal(err)
	}
	return disclosure.Content{Subject: "finance", Title: "文峰村2026年10月财务收支公开表", From: "2026-10-01", To: "2026-10-31",
		Files: []disclosure.File{{Name: "合同.pdf", Size: st.Size, Type: st.Type, Hash: st.Hash}},
		Finance: &disclosure.Finance{Opening: 100_00, Closing: 168_600_00 + 100_00 - 21_600_00,
			Lines: []disclosure.Line{{Item: "店面租金", In: 168_600_00, Handler: "李某"}, {Item: "环卫劳务费", Out: 21_600_00}}}}
}

func village(title string) disclosure.Content {
	return disclosure.Content{Subject: "village", Item: "common", Title: title, Text: "内容。"}
}
