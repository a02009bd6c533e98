package disclosure

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/desk/desktest"
	"cunju/internal/files"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
	"cunju/internal/law"
	"cunju/internal/matter"
	"cunju/internal/member/membertest"
	"cunju/internal/org"
	"cunju/internal/people"
)

// town is a street with two villages and their offices, its server and its board.
type town struct {
	*membertest.Town
	site  *desktest.Site
	key   journal.Key
	files *files.Store
	pages *Pages

	fileDir string

	other           int64 // a committee of another village
	outsider, admin int64 // who watches over that village; who manages the log-ins
}

func newTown(t *testing.T, d *db.DB) *town {
	t.Helper()
	y := &town{Town: membertest.New(t, d, matter.Slice(), Slice())}
	second := y.Unit("village", "渡江村", "", map[org.Line]int64{org.Area: y.Street})
	y.other = y.Unit("villagers-committee", "渡江村村民委员会", "", map[org.Line]int64{org.Area: second})
	otherBoard := y.Unit("supervision-committee", "渡江村村务监督委员会", "", map[org.Line]int64{org.Area: second})
	y.outsider = y.Person("吴国栋", "男", "1966-07-23")
	y.admin = y.Person("许静", "女", "1988-03-03")
	y.Office(otherBoard, "supervision-head", y.outsider, membertest.Seated)
	y.Office(y.Street, "system-admin", y.admin, membertest.Seated)
	y.site = desktest.New(y.Town.Town, func(ctx context.Context, person int64) (access.Actor, error) {
		return org.Actor(ctx, y.DB, y.Code, person, y.J.Today())
	})
	y.serve(t)
	return y
}

func (y *town) serve(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	origin, err := journal.Origin(ctx, y.DB, y.Code)
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
	h := y.site.House
	h.Target = func(ctx context.Context, q db.Querier, unit int64, on calendar.Date) (access.Target, error) {
		return org.Target(ctx, q, y.Code, unit, on)
	}
	h.Name = func(ctx context.Context, q db.Querier, unit int64) (string, error) {
		u, err := org.Find(ctx, q, y.Code, unit)
		return u.Label(), err
	}
	h.Person = func(ctx context.Context, q db.Querier, person int64) (string, error) {
		return people.Name(ctx, q, y.Code, person)
	}
	pages, err := NewPages(h, y.files, y.key.VKey, "https://gk.example/")
	if err != nil {
		t.Fatal(err)
	}
	y.pages = pages
	pages.Routes(y.site.Server.Router)
	y.site.Server.Router.Public.Handle("/log/", y.J.Surface())
}

// sign publishes a checkpoint over everything recorded so far.
func (y *town) sign() {
	y.Helper()
	if _, err := y.J.Sign(y.Ctx, y.Code, y.key); err != nil {
		y.Fatal(err)
	}
}

// set adopts a local term from the beginning of the year.
func (y *town) set(key law.Key, value int64) {
	y.Helper()
	y.Must(func(ctx context.Context, w *journal.Writer) error {
		_, err := journal.Add(ctx, w, org.KindSetting, "2026-01-01", nil, law.SetSetting{Key: key.Name, Value: value, Level: law.Town, From: "2026-01-01", Citation: "文峰街道村务公开办法"})
		return err
	})
}

// october is a finance notice that adds up.
func october() Content {
	return Content{Subject: "finance", Title: "文峰村2026年10月财务收支公开表", From: "2026-10-01", To: "2026-10-31", Text: "按月公布。",
		Finance: &Finance{Opening: 2_548_720_66, Lines: []Line{{Item: "店面租金", In: 68_600_00, Source: "村集体经营收入", Handler: "李某"}, {Item: "环卫劳务费", Out: 21_600_00}},
			Closing: 2_548_720_66 + 68_600_00 - 21_600_00}}
}

// the steps of a notice, each by the person whose it is.
func (y *town) begin(by int64, c Content, replaces int64) int64 {
	y.Helper()
	y.As(by)
	return y.Must(func(ctx context.Context, w *journal.Writer) error {
		_, err := Begin(ctx, w, y.Committee, c, replaces, w.Today())
		return err
	})
}

func hand(id int64) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error { _, err := Hand(ctx, w, id, w.Today()); return err }
}

func rewrite(id int64, c Content) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := Rewrite(ctx, w, id, c, w.Today())
		return err
	}
}

func handAnswering(id int64, answer string) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := HandAnswering(ctx, w, id, answer, w.Today())
		return err
	}
}

func propose(id int64, p Proposal) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := Propose(ctx, w, id, p, w.Today())
		return err
	}
}

func conceal(id int64) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := Conceal(ctx, w, id, w.Today())
		return err
	}
}

func coverList(id int64) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := CoverList(ctx, w, id, w.Today())
		return err
	}
}

func archive(id int64, number string) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := Archive(ctx, w, id, Filed{Number: number, Place: "村委会档案室", Holds: []string{"notice", "check"}}, w.Today())
		return err
	}
}

func examine(id int64, c Check) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := Examine(ctx, w, id, c, w.Today())
		return err
	}
}

func decide(id int64, a Approve) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := Decide(ctx, w, id, a, w.Today())
		return err
	}
}

func release(id int64) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := Release(ctx, w, id, w.Today())
		return err
	}
}

func hang(id int64) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := Hang(ctx, w, id, "村委会门前公开栏", w.Today())
		return err
	}
}

func remove(id int64) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := Remove(ctx, w, id, "张贴期满", w.Today())
		return err
	}
}

// by lets a person record a step.
func (y *town) by(person int64, f journaltest.Decide) int64 {
	y.Helper()
	y.As(person)
	return y.Must(f)
}

// met is a joint meeting of the day, to which nearly all came.
func (y *town) met() *Meeting {
	return &Meeting{Day: y.J.Today(), Chair: "王建国", Expected: 7, Attended: 6}
}

// out brings a content all the way onto the board.
func (y *town) out(c Content, replaces int64) int64 {
	y.Helper()
	id := y.begin(y.Accountant, c, replaces)
	y.by(y.Accountant, hand(id))
	y.by(y.Watch, examine(id, Check{Agree: true, Note: "账证相符"}))
	y.by(y.Secretary, decide(id, Approve{Agree: true, Meeting: y.met()}))
	y.by(y.Director, release(id))
	y.by(y.Director, hang(id))
	return id
}

func (y *town) row(id int64) Row {
	y.Helper()
	r, err := Find(y.Ctx, y.DB, y.Code, id)
	if err != nil {
		y.Fatal(err)
	}
	return r
}

func wantIn(t testing.TB, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q is missing in %q", p, text)
		}
	}
}

// eraseAct deletes an act's payload as the law may order.
func eraseAct(n int64) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := w.Erase(ctx, journal.Erasure{Targets: []int64{n}, Basis: "《个人信息保护法》第四十七条"})
		return err
	}
}

// onBoth runs a test of pages on both engines; unlike each it leaves the town as the test leaves it, damaged perhaps.
func onBoth(t *testing.T, f func(*testing.T, *town)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { f(t, newTown(t, d)) })
}
