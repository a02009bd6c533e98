package oversight

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/desk/desktest"
	"cunju/internal/disclosure"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/files"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
	"cunju/internal/matter"
	"cunju/internal/member/membertest"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// town is a street with two villages, what they publish, a villager who asks, and the street's officers who hear complaints.
type town struct {
	*membertest.Town
	site                           *desktest.Site
	other                          int64 // a committee of another village
	villager, neighbour            int64
	discipline, leader, otherClerk int64 // 纪检监察干部, 党工委书记, the other village's director
	notice                         int64
}

func newTown(t *testing.T, d *db.DB) *town {
	t.Helper()
	y := &town{Town: membertest.New(t, d, matter.Slice(), disclosure.Slice(), Slice())}
	second := y.Unit("village", "渡江村", "", map[org.Line]int64{org.Area: y.Street})
	y.other = y.Unit("villagers-committee", "渡江村村民委员会", "", map[org.Line]int64{org.Area: second})
	y.villager, y.neighbour = y.Person("顾长根", "男", "1951-02-03"), y.Person("钱桂芳", "女", "1960-05-06")
	y.discipline, y.leader = y.Person("沈卫东", "男", "1979-09-09"), y.Person("周正明", "男", "1972-12-12")
	y.otherClerk = y.Person("吴国栋", "男", "1966-07-23")
	y.Office(y.TownOffice, "street-discipline", y.discipline, membertest.Seated)
	y.Office(y.Working, "street-secretary", y.leader, membertest.Seated)
	y.Office(y.other, "village-director", y.otherClerk, membertest.Seated)
	y.notice = y.out("文峰村2026年10月财务收支公开表")
	y.site = desktest.New(y.Town.Town, func(ctx context.Context, person int64) (access.Actor, error) {
		return org.Actor(ctx, y.DB, y.Code, person, y.J.Today())
	})
	y.serve(t)
	return y
}

func (y *town) serve(t *testing.T) {
	t.Helper()
	h := y.site.House
	h.Target = func(ctx context.Context, q db.Querier, unit int64, on calendar.Date) (access.Target, error) {
		return org.Target(ctx, q, y.Code, unit, on)
	}
	h.Targets = func(ctx context.Context, q db.Querier, units []int64, on calendar.Date) (map[int64]access.Target, error) {
		return org.Targets(ctx, q, y.Code, units, on)
	}
	h.Name = func(ctx context.Context, q db.Querier, unit int64) (string, error) {
		u, err := org.Find(ctx, q, y.Code, unit)
		return u.Label(), err
	}
	h.Person = func(ctx context.Context, q db.Querier, person int64) (string, error) {
		return people.Name(ctx, q, y.Code, person)
	}
	origin, err := journal.Origin(y.Ctx, y.DB, y.Code)
	if err != nil {
		t.Fatal(err)
	}
	key, err := journal.LoadOrCreateKey(filepath.Join(t.TempDir(), "log.key"), origin)
	if err != nil {
		t.Fatal(err)
	}
	store, err := files.Open(filepath.Join(t.TempDir(), "files"))
	if err != nil {
		t.Fatal(err)
	}
	board, err := disclosure.NewPages(h, store, key.VKey, "https://gk.example/")
	if err != nil {
		t.Fatal(err)
	}
	pages := NewPages(h, board, y.Vault, func(_ *web.Request, typed string) ([]ui.Option, error) {
		if typed == "" {
			return nil, errors.New("nothing typed")
		}
		return []ui.Option{{Value: itoa(y.villager), Text: "顾长根", Help: "男 1951年生"}}, nil
	})
	board.Put(pages.Beside())
	catalogue.NewPages(h, board.BoardFrame, AboutDue).Routes(y.site.Server.Router)
	board.Routes(y.site.Server.Router)
	pages.Routes(y.site.Server.Router)
	y.site.Server.Router.Public.Handle("/log/", y.J.Surface())
}

// each runs a scenario on both engines; what it leaves must be sound.
func each(t *testing.T, f func(*testing.T, *town)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := newTown(t, d)
		f(t, y)
		y.Sound()
	})
}

func (y *town) by(person int64, f journaltest.Decide) int64 {
	y.Helper()
	y.As(person)
	return y.Must(f)
}

// out brings a finance notice of three lines onto the board.
func (y *town) out(title string) int64 {
	y.Helper()
	return y.shown(disclosure.Content{Subject: "finance", Title: title, From: "2026-10-01", To: "2026-10-31",
		Finance: &disclosure.Finance{Opening: 100_00, Closing: 100_00 + 500_00 - 328_00,
			Lines: []disclosure.Line{{Item: "店面租金", In: 500_00}, {Item: "修路", Out: 128_00}, {Item: "环卫", Out: 200_00}}}})
}

// shown brings a content onto the board.
func (y *town) shown(c disclosure.Content) int64 {
	y.Helper()
	y.As(y.Accountant)
	id := y.Must(func(ctx context.Context, w *journal.Writer) error {
		_, err := disclosure.Begin(ctx, w, y.Committee, c, 0, w.Today())
		return err
	})
	type step struct {
		who int64
		do  journaltest.Decide
	}
	for _, s := range []step{
		{y.Accountant, func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Hand(ctx, w, id, w.Today())
			return err
		}},
		{y.Watch, func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Examine(ctx, w, id, disclosure.Check{Agree: true}, w.Today())
			return err
		}},
		{y.Secretary, func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Decide(ctx, w, id, disclosure.Approve{Agree: true}, w.Today())
			return err
		}},
		{y.Director, func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Release(ctx, w, id, w.Today())
			return err
		}},
	} {
		y.by(s.who, s.do)
	}
	return id
}

// veiled records what a villager sends: the envelope names nobody.
func (y *town) veiled(f journaltest.Decide) int64 {
	y.Helper()
	y.By = journal.By{}
	return y.Must(f)
}

func pose(a Ask) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := Pose(ctx, w, a, w.Today())
		return err
	}
}

func found(f Finding) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := Find(ctx, w, f, w.Today())
		return err
	}
}

func lodge(c Complain) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := Lodge(ctx, w, c, w.Today())
		return err
	}
}

func give(id int64, text string, hide ...string) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := Give(ctx, w, id, text, hide, w.Today())
		return err
	}
}

func object(id int64, text string) journaltest.Decide {
	return func(ctx context.Context, w *journal.Writer) error {
		_, err := Object(ctx, w, id, text, w.Today())
		return err
	}
}

// lapse records, as the clock does, that dates passed.
func (y *town) lapse() {
	y.Helper()
	y.By = journal.By{System: true}
	late, err := matter.Overdue(y.Ctx, y.DB, y.Code, y.J.Today(), 10)
	if err != nil {
		y.Fatal(err)
	}
	for _, m := range late {
		y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := journal.Add(ctx, w, matter.KindLapsed, m.Due.AddDays(1), []int64{m.ID}, matter.Lapse{Step: m.Next, Due: m.Due})
			return err
		})
	}
}

// ofVillager is a question of the villager about the second line.
func (y *town) ofVillager(text string, private bool) Ask {
	return Ask{Unit: y.Committee, Notice: y.notice, Line: 2, Text: text, Private: private, Asker: Asker{Channel: Self, Person: y.villager}}
}

func (y *town) row(sort string, id int64) Row {
	y.Helper()
	r, err := find(y.Ctx, y.DB, y.Code, sort, id)
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
