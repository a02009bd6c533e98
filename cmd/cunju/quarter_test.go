package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/journal"
	"cunju/internal/law/notice"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/web/account"
)

// quarter is the whole house with a clock that the test sets, and its pages.
type quarter struct {
	*testing.T
	*house
	now  time.Time
	site *site
}

// day moves the clock to nine in the morning of a day and lets the clocks do what is theirs.
func (q *quarter) day(d calendar.Date) {
	q.Helper()
	q.now = time.Date(d.Year(), time.Month(d.Month()), d.Day(), 1, 0, 0, 0, time.UTC)
	if q.town == "" {
		return
	}
	if err := catalogue.Daily(q.Context(), q.journal, q.house.town, d); err != nil {
		q.Fatal(err)
	}
	if err := q.lapse(q.Context()); err != nil {
		q.Fatal(err)
	}
}

// record is an act that prepares the town.
func (q *quarter) record(do func(ctx context.Context, w *journal.Writer) error) int64 {
	q.Helper()
	rec, err := q.journal.Record(q.Context(), q.house.town, journal.Request{By: journal.By{System: true}, Decide: do})
	if err != nil {
		q.Fatal(err)
	}
	return rec.First
}

const quarterPassword = "Qx7-mountain-river"

// officer registers a person with an office and an account and answers what is logged in.
func (q *quarter) officer(login, name, role string, unit int64) *officer {
	q.Helper()
	enrol, err := q.vault.Enrolments(q.Context(), []people.Details{{Name: name}})
	if err != nil {
		q.Fatal(err)
	}
	on := q.journal.Today()
	person := q.record(func(ctx context.Context, w *journal.Writer) error {
		_, err := people.Register(ctx, w, enrol[0], on)
		return err
	})
	q.record(func(ctx context.Context, w *journal.Writer) error {
		_, err := org.Install(ctx, w, org.Appoint{Unit: unit, Role: role, Person: person}, on)
		return err
	})
	if _, err := q.accounts.Create(q.Context(), account.New{Login: login, Name: name, Person: person, Password: quarterPassword, Keep: true}); err != nil {
		q.Fatal(err)
	}
	return &officer{q: q, person: person, login: login, cookies: map[string]string{}}
}

// officer is somebody at the desk.
type officer struct {
	q       *quarter
	person  int64
	login   string
	cookies map[string]string
}

func (o *officer) send(method, path, body string) (int, string) {
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	req.RemoteAddr = "192.0.2.9:1000"
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range o.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	o.q.site.server.ServeHTTP(w, req)
	for _, c := range w.Result().Cookies() {
		o.cookies[c.Name] = c.Value
	}
	return w.Code, w.Body.String()
}

// enter logs in anew: a session does not last for weeks.
func (o *officer) enter() {
	o.q.Helper()
	clear(o.cookies)
	_, page := o.send(http.MethodGet, "/login", "")
	if code, _ := o.send(http.MethodPost, "/login", formOf(page, "/login", "login", o.login, "password", quarterPassword)); code != http.StatusSeeOther {
		o.q.Fatalf("%s cannot log in: %d", o.login, code)
	}
}

// see opens a page and wants words on it.
func (o *officer) see(path string, words ...string) string {
	o.q.Helper()
	code, page := o.send(http.MethodGet, path, "")
	for _, w := range words {
		if code != http.StatusOK || !strings.Contains(page, w) {
			o.q.Fatalf("%s at %s: %d, lacks %s:\n%s", o.login, path, code, w, readable(page))
		}
	}
	return page
}

// do fills in the form with this action on a page; who is reminded of something has read it and goes on.
func (o *officer) do(path, action string, pairs ...string) (int, string) {
	o.q.Helper()
	o.enter()
	code, page := o.send(http.MethodPost, action, formOf(o.see(path, action), action, pairs...))
	if strings.Contains(page, `name="heard"`) {
		code, page = o.send(http.MethodPost, action, formOf(page, action, append(pairs, "answer", "已核对")...))
	}
	return code, page
}

// done is do, and wants it recorded.
func (o *officer) done(path, action string, pairs ...string) {
	o.q.Helper()
	if code, page := o.do(path, action, pairs...); code != http.StatusSeeOther {
		o.q.Fatalf("%s at %s: %d\n%s", o.login, action, code, readable(page))
	}
}

var (
	hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)"`)
	tags        = regexp.MustCompile(`(?s)<(script|style|svg).*?</(script|style|svg)>|<[^>]*>`)
)

// formOf is the form with this action as a browser would send it, with the fields given.
func formOf(page, action string, pairs ...string) string {
	v := url.Values{}
	if _, form, ok := strings.Cut(page, `action="`+action+`"`); ok {
		form, _, _ = strings.Cut(form, "</form>")
		for _, m := range hiddenField.FindAllStringSubmatch(form, -1) {
			v.Set(m[1], m[2])
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v.Encode()
}

func readable(page string) string {
	_, main, _ := strings.Cut(page, "<main")
	return strings.Join(strings.Fields(tags.ReplaceAllString(main, " ")), " ")
}

// A quarter's finances of a co-operative: the fifth falls into the days off of the National Day, so they are due on the eighth;
// published on that day they are in time; what is asked is answered in time; and they come down after fifteen days, not before.
func TestQuarterOfACollective(t *testing.T) {
	q := &quarter{T: t}
	q.now = time.Date(2026, 9, 28, 1, 0, 0, 0, time.UTC)
	h, err := place{Data: filepath.Join(t.TempDir(), "data")}.openAll(t.Context(), options{log: quietLog(), clock: func() time.Time { return q.now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.close(); err != nil {
			t.Error(err)
		}
	})
	q.house = h
	if err := h.found(t.Context(), testTown, testOrigin); err != nil {
		t.Fatal(err)
	}
	const founded calendar.Date = "2026-09-28"
	if _, err := h.firstPerson(t.Context(), "文峰街道", "王芳", founded); err != nil {
		t.Fatal(err)
	}
	unit := func(kind, name string, parents map[org.Line]int64) int64 {
		return q.record(func(ctx context.Context, w *journal.Writer) error {
			_, err := org.SetUp(ctx, w, org.Establish{Kind: kind, Name: name, Parents: parents}, founded)
			return err
		})
	}
	village := unit("village", "文峰村", map[org.Line]int64{org.Area: 0})
	in := map[org.Line]int64{org.Area: village}
	coop := unit("collective", "文峰村股份经济合作社", in)
	working := unit("party-working-committee", "文峰街道党工委", map[org.Line]int64{org.Area: 0})
	party := unit("party-general-branch", "文峰村党总支", map[org.Line]int64{org.Party: working, org.Area: village})
	q.record(func(ctx context.Context, w *journal.Writer) error {
		_, err := catalogue.Widen(ctx, w, catalogue.Change{Over: 0, Body: string(notice.Collective), Item: catalogue.CodeFinance, Month: 1, Day: 5, Days: 15, From: founded, Citation: "文峰街道三务公开目录"}, founded)
		return err
	})
	if q.site, err = h.site("", false); err != nil {
		t.Fatal(err)
	}
	accountant := q.officer("xuhaiyan", "徐海燕", "accountant", coop)
	supervisor := q.officer("zhumingliang", "朱明亮", "collective-supervisor", coop)
	clerk := q.officer("wangfang", "王小芳", "street-clerk", 0)
	secretary := q.officer("wangjianguo", "王建国", "general-branch-secretary", party)
	chair := q.officer("lizhiqiang", "李志强", "collective-chair", coop)

	q.day("2026-10-01")
	const title = "文峰村股份经济合作社2026年第三季度集体财务收支公开表"
	q.day("2026-10-05")
	accountant.enter()
	accountant.see("/desk/due", "2026年第三季度", "2026-10-08")
	id := q.record(func(ctx context.Context, w *journal.Writer) error {
		_, err := disclosure.Begin(ctx, w, coop, disclosure.Content{Subject: "collective", Title: title, From: "2026-07-01", To: "2026-09-30",
			Finance: &disclosure.Finance{Opening: 100_00, Closing: 100_00 + 500_00 - 328_00, Lines: []disclosure.Line{
				{Item: "厂房租金", In: 500_00}, {Item: "厂房消防设施检测", Out: 328_00}}}}, 0, w.Today())
		return err
	})
	desk := fmt.Sprintf("/desk/disclosure/%d", id)
	accountant.done(desk, desk+"/submit")
	q.day("2026-10-06")
	supervisor.done(desk, desk+"/check", "agree", "yes")
	q.day("2026-10-07")
	chair.done(desk, desk+"/approve", "agree", "yes")
	q.day("2026-10-08")
	chair.done(desk, desk+"/publish")
	chair.done(desk, desk+"/post", "day", "2026-10-08", "place", "文峰村公开栏")

	visitor := &officer{q: q, login: "visitor", cookies: map[string]string{}}
	visitor.see(fmt.Sprintf("/v/%d", village), "2026年第三季度", "已按时公布")
	notice := fmt.Sprintf("/n/%d", id)
	visitor.see(notice, title, "厂房消防设施检测", "最少要贴到2026年10月23日")

	q.day("2026-10-12")
	const ask = "/desk/oversight/questions/new"
	code, page := clerk.do(fmt.Sprintf("%s?notice=%d", ask, id), ask, "line", "2", "text", "检测的是哪几栋厂房？", "private", "no", "channel", "phone", "name", "来电人")
	number := caseNumber.FindStringSubmatch(clerk.see("/desk/oversight"))
	if code != http.StatusSeeOther || number == nil {
		t.Fatalf("the question: %d\n%s", code, readable(page))
	}
	visitor.see(notice, "还没有答复", "应于2026年10月27日前答复")
	q.day("2026-10-19")
	accountant.done(number[0], number[0]+"/answer", "reply", "一号、二号标准厂房。")
	visitor.see(notice, "检测的是哪几栋厂房？", "一号、二号标准厂房。", "2026年10月19日答复")

	q.day("2026-10-23") // the fifteenth day: it still has to hang
	if code, page := secretary.do(desk, desk+"/takedown", "day", "2026-10-23", "reason", "期满"); code == http.StatusSeeOther || !strings.Contains(page, "还没有") {
		t.Errorf("taken down on the fifteenth day: %d\n%s", code, readable(page))
	}
	q.day("2026-10-24")
	secretary.done(desk, desk+"/takedown", "day", "2026-10-24", "reason", "期满")
	visitor.see(notice, "2026年10月24日期满撤下", "网上长期可以查看")
	visitor.see(notice+"/posting", "应贴 15 天", "缺 15 天")

	if _, diffs, err := h.journal.CheckProjections(t.Context(), testTown, nil); err != nil || len(diffs) > 0 {
		t.Errorf("rebuilt, the tables differ: %v %v", diffs, err)
	}
}

var caseNumber = regexp.MustCompile(`/desk/oversight/questions/\d+`)

func quietLog() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }
