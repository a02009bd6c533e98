package disclosure

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/journal"
	"cunju/internal/journal/journaltest"
)

// beginAt drafts a notice of any unit.
func (y *town) beginAt(by, unit int64, c Content) int64 {
	y.Helper()
	y.As(by)
	return y.Must(func(ctx context.Context, w *journal.Writer) error {
		_, err := Begin(ctx, w, unit, c, 0, w.Today())
		return err
	})
}

// forParty is a notice for the Party members of an organisation, with words that stand nowhere else.
func forParty() Content {
	return Content{Subject: "party", Scope: ScopeParty, Title: "党费收缴情况（芍药）", Text: "三季度党费已经收齐，明细见芍药表。",
		Table: &Table{Columns: []string{"姓名", "金额"}, Rows: [][]string{{"芍药花", "12.00"}}, Total: []string{"合计", "12.00"}}}
}

// publishedIn brings a restricted notice all the way.
func (y *town) publishedIn(unit int64, c Content) int64 {
	y.Helper()
	id := y.beginAt(y.Director, unit, c)
	y.by(y.Director, hand(id))
	y.by(y.Watch, examine(id, Check{Agree: true}))
	y.by(y.Secretary, decide(id, Approve{Agree: true}))
	y.by(y.Secretary, release(id))
	y.by(y.Secretary, hang(id))
	return id
}

// What is for some only is on no face for others: neither an outsider nor a villager who is no member finds a word of it, in no
// page, feed or file of the public log.
func TestWhatIsForSomeIsOnNoFaceForOthers(t *testing.T) { onBoth(t, noFaceForOthers) }

func noFaceForOthers(t *testing.T, y *town) {
	one := y.Person("林志祥", "男", "1956-04-22")
	y.Member(one, y.First, "1980-07-01", "2026-01-01")
	other := y.Person("周桂兰", "女", "1968-05-05")
	id := y.publishedIn(y.General, forParty())
	row := y.row(id)
	if row.Scope != ScopeParty || row.Published == "" || row.ShownAct != row.PublishAct {
		t.Fatalf("%+v", row)
	}
	y.sign()
	outside := y.site.Visit()
	at := map[string]string{"{id}": fmt.Sprint(id), "{unit}": fmt.Sprint(y.Village), "{hash}": strings.Repeat("0", 64), "{$}": ""}
	paths := []string{"/?q=芍药", "/verify?q=" + row.Number, fmt.Sprintf("/verify?q=%d", row.PublishAct), fmt.Sprintf("/verify?q=/n/%d", id),
		"/log/" + y.Code + "/tile/entries/000.p/" + fmt.Sprint(y.Size())}
	for n := range y.Size() {
		paths = append(paths, fmt.Sprintf("/log/%s/act/%d.json", y.Code, n))
	}
	for _, route := range y.site.Server.Router.Routes() {
		if route.Method != "GET" || strings.HasPrefix(route.Pattern, "/me") || strings.HasPrefix(route.Pattern, "/desk") {
			continue
		}
		path := route.Pattern
		for from, to := range at {
			path = strings.ReplaceAll(path, from, to)
		}
		paths = append(paths, path)
	}
	for _, path := range paths {
		body := outside.Get(path).Body.String()
		echo := strings.Contains(path, "芍药")
		if strings.Contains(body, "芍药花") || strings.Contains(body, "党费收缴") || !echo && strings.Contains(body, "芍药") {
			t.Errorf("%s shows it", path)
		}
	}
	for _, path := range []string{"/n/%d", "/n/%d/verify", "/n/%d/print", "/n/%d/sheet"} {
		outside.Get(fmt.Sprintf(path, id)).Want(404)
	}
	outside.Get(fmt.Sprintf("/log/%s/act/%d.json", y.Code, row.PublishAct)).Want(404)
	// The member reads it whole; another villager does not learn that it exists.
	mine := fmt.Sprintf("/me/notices/%d", id)
	inside := y.site.LogIn("lin", one)
	inside.Get("/me/notices").Want(200, "党费收缴情况（芍药）", mine)
	inside.Get(mine).Want(200, "芍药花", "三季度党费", "指纹", "只向本组织党员公开").Not("扫码查验")
	inside.Get(mine+"/print").Want(200, "芍药花")
	inside.Get(mine + "/sheet").Want(200)
	villager := y.site.LogIn("zhou", other)
	villager.Get("/me/notices").Want(200, "还没有内部公开的事项").Not("芍药")
	villager.Get(mine).Want(404).Not("芍药")
	villager.Get(mine + "/sheet").Want(404)
	outside.Get(mine).Not("芍药")
	y.Sound()
}

func TestMembersOfACollectiveReadWhatIsForThem(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	y.Office(y.Collective, "collective-chair", y.Director, "2026-02-01")
	one, other := y.Person("林志祥", "男", "1956-04-22"), y.Person("周桂兰", "女", "1968-05-05")
	id := y.publishedIn(y.Collective, Content{Subject: "collective", Scope: ScopeCollective, Title: "分红方案", Text: "每股八元。"})
	mine := fmt.Sprintf("/me/notices/%d", id)
	b := y.site.LogIn("lin", one)
	b.Get(mine).Want(404) // nobody has said who is a member
	y.pages.Admit(func(_ context.Context, _ db.Querier, unit, person int64, _ calendar.Date) (bool, error) {
		return unit == y.Collective && person == one, nil
	})
	b.Get(mine).Want(200, "每股八元")
	y.site.LogIn("zhou", other).Get(mine).Want(404).Not("每股")
}

func TestScopesFitTheirSubjects(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		y.As(y.Accountant)
		begin := func(unit int64, c Content, replaces int64) journaltest.Decide {
			return func(ctx context.Context, w *journal.Writer) error {
				_, err := Begin(ctx, w, unit, c, replaces, w.Today())
				return err
			}
		}
		c := october()
		for _, s := range []Scope{ScopeParty, ScopeCollective, "friends"} {
			c.Scope = s
			if no := y.Refused(begin(y.Committee, c, 0)); no.Field != "scope" {
				t.Errorf("%s: %+v", s, no)
			}
		}
		id := y.publishedIn(y.General, forParty())
		wider := forParty()
		wider.Scope = ""
		if no := y.Refused(begin(y.General, wider, id)); no.Field != "scope" {
			t.Errorf("a correction for others: %+v", no)
		}
		y.Must(begin(y.General, forParty(), id))
	})
}
