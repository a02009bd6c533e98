package open

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"cunju/internal/db/dbtest"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
	"cunju/internal/law/codes"
)

// ask reads an address as a program does.
func (y *town) ask(path string, header ...string) *httptest.ResponseRecorder {
	y.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	y.site.Server.ServeHTTP(w, r)
	return w
}

// read expects an answer and decodes it.
func read[T any](y *town, path string) (v T) {
	y.Helper()
	w := y.ask(path)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json; charset=utf-8" {
		y.Fatalf("%s: %d %s %s", path, w.Code, w.Header().Get("Content-Type"), w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		y.Fatalf("%s: %v", path, err)
	}
	return v
}

func TestNoticesAsData(t *testing.T) { onBoth(t, noticesAsData) }

func noticesAsData(t *testing.T, y *town) {
	if got := read[Notices](y, "/api/notices"); got.Items == nil || len(got.Items) != 0 || got.Next != "" {
		t.Errorf("an empty board is %+v", got)
	}
	id := y.out(y.october())
	for i := range 4 {
		y.out(village(fmt.Sprintf("第%d件事", i)))
	}
	draft := y.drafted(y.Committee, y.Accountant, village("还没有公布"))
	y.sign()

	all := read[Notices](y, "/api/notices?limit=3")
	if len(all.Items) != 3 || all.Next == "" || all.Items[0].Title != "第3件事" {
		t.Fatalf("the first page is %+v", all)
	}
	rest := read[Notices](y, "/api/notices?limit=3&cursor="+all.Next)
	if len(rest.Items) != 2 || rest.Next != "" || rest.Items[1].ID != id {
		t.Errorf("the second page is %+v", rest)
	}
	s := rest.Items[1]
	if s.Number != "文峰村村委会公开〔2026〕1号" || s.UnitName != "文峰村村委会" || s.SubjectName != "财务公开" || s.HangUntil != "2026-12-08" || s.Page != fmt.Sprintf("/n/%d", id) {
		t.Errorf("the summary is %+v", s)
	}
	for query, want := range map[string]int{"subject=finance": 1, "unit=" + fmt.Sprint(y.Village): 5, "unit=999999": 0, "from=2026-11-24": 0,
		"from=2026-11-01&to=2026-11-30": 5, "q=" + url.QueryEscape("店面租金"): 1, "q=" + url.QueryEscape("还没有公布"): 0} {
		if got := read[Notices](y, "/api/notices?"+query); len(got.Items) != want {
			t.Errorf("%s: %d notices, want %d", query, len(got.Items), want)
		}
	}
	d := read[Detail](y, fmt.Sprintf("/api/notices/%d", id))
	if d.Content == nil || d.Content.Finance.Lines[0].In != 168_600_00 || d.Seal.Standing != "sealed" || len(d.Seal.Leaf) != 64 {
		t.Errorf("the notice is %+v", d)
	}
	for _, path := range []string{d.Seal.ActFile, d.Seal.Proof, d.Page, d.Seal.Log + "/checkpoint"} {
		if w := y.ask(path); w.Code != http.StatusOK {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	found := false
	for _, u := range read[Units](y, "/api/units").Items {
		found = found || u.ID == y.Committee && u.Published == 5 && u.Area == y.Village && u.KindName != ""
	}
	if !found {
		t.Error("the committee is not among the units")
	}
	if w := y.ask(fmt.Sprintf("/api/notices/%d", draft)); w.Code != http.StatusNotFound {
		t.Errorf("a draft: %d", w.Code)
	}

	// What no longer agrees with its seal is named, and not repeated.
	if _, err := y.DB.Exec(y.Ctx, `UPDATE journal_act SET payload = REPLACE(payload, '店面租金', '店面祖金') WHERE town = $1 AND n = $2`, y.Code, s.Act); err != nil {
		t.Fatal(err)
	}
	if d := read[Detail](y, fmt.Sprintf("/api/notices/%d", id)); d.Content != nil || d.Seal.Standing != "broken" {
		t.Errorf("the damaged notice is %+v", d)
	}
}

func TestDutiesAsData(t *testing.T) { onBoth(t, dutiesAsData) }

func dutiesAsData(t *testing.T, y *town) {
	items := read[Items](y, fmt.Sprintf("/api/catalogue/%d", y.Committee))
	if len(items.Items) < 5 {
		t.Fatalf("the catalogue is %+v", items)
	}
	for _, it := range items.Items {
		if it.Code == "" || it.Title == "" || it.Basis == "" || it.When == "" || it.Scope == "" {
			t.Errorf("the item is %+v", it)
		}
	}
	if got := read[Items](y, fmt.Sprintf("/api/catalogue/%d", y.Village)); got.Items == nil || len(got.Items) != 0 {
		t.Errorf("a village itself publishes nothing: %+v", got)
	}
	due := read[Dues](y, fmt.Sprintf("/api/due/%d", y.Village))
	if due.On != y.J.Today() || due.Items == nil {
		t.Errorf("what is due is %+v", due)
	}
	if q := read[Questions](y, fmt.Sprintf("/api/questions/%d", y.Village)); q.Asked != 0 || q.Items == nil {
		t.Errorf("the questions are %+v", q)
	}
	for _, path := range []string{"catalogue", "due", "questions"} {
		if w := y.ask("/api/" + path + "/999999"); w.Code != http.StatusNotFound {
			t.Errorf("%s of nobody: %d", path, w.Code)
		}
	}
}

func TestProblemsSpeakChinese(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	for path, want := range map[string]struct {
		status int
		fields string
	}{
		"/api/notices?limit=0":                      {422, "query.limit"},
		"/api/notices?limit=x":                      {422, "query.limit"},
		"/api/notices?subject=gossip":               {422, "query.subject"},
		"/api/notices?from=2026-02-30":              {422, "query.from"},
		"/api/notices?from=1.11.2026":               {422, "query.from"},
		"/api/notices?cursor=elsewhere":             {422, "query.cursor"},
		"/api/notices?unit=-7":                      {422, "query.unit"},
		"/api/notices?q=" + strings.Repeat("a", 61): {422, "query.q"},
		"/api/notices/999":                          {404, ""},
		"/api/notices/x":                            {422, "path.id"},
		"/api/notices/-1":                           {422, "path.id"},
		"/api/nowhere":                              {404, ""},
		"/api/notices/1/x/":                         {404, ""},
	} {
		w := y.ask(path)
		var p Problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
			t.Errorf("%s: %v: %s", path, err, w.Body)
			continue
		}
		if w.Code != want.status || p.Status != want.status || strings.Join(p.Fields, ",") != want.fields {
			t.Errorf("%s: %d %+v", path, w.Code, p)
		}
		if kind := w.Header().Get("Content-Type"); kind != "application/problem+json; charset=utf-8" {
			t.Errorf("%s is %s", path, kind)
		}
		for _, text := range []string{p.Title, p.Detail} {
			if !regexp.MustCompile(`\p{Han}`).MatchString(text) {
				t.Errorf("%s says %q", path, text)
			}
		}
	}
	r := httptest.NewRequest(http.MethodPost, "/api/notices", strings.NewReader("{}"))
	w := httptest.NewRecorder()
	y.site.Server.ServeHTTP(w, r)
	if w.Code < 400 {
		t.Errorf("posting answered %d", w.Code)
	}
}

func TestAnyPageMayReadAndAsksForChangesOnly(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	y.out(y.october())
	w := y.ask("/api/notices", "Origin", "https://elsewhere.example")
	if w.Header().Get("Access-Control-Allow-Origin") != "*" || w.Header().Get("ETag") == "" {
		t.Errorf("headers are %v", w.Header())
	}
	if again := y.ask("/api/notices", "If-None-Match", w.Header().Get("ETag")); again.Code != http.StatusNotModified || again.Body.Len() > 0 {
		t.Errorf("unchanged: %d, %d bytes", again.Code, again.Body.Len())
	}
	y.out(village("新的一件"))
	if again := y.ask("/api/notices", "If-None-Match", w.Header().Get("ETag")); again.Code != http.StatusOK {
		t.Errorf("changed: %d", again.Code)
	}
	if w := y.ask("/api/openapi.json", "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "gzip" {
		t.Error("the description is not compressed")
	}
}

func TestTheDataAreDescribed(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	w := y.ask("/api/openapi.json")
	var doc struct {
		OpenAPI    string `json:"openapi"`
		Paths      map[string]map[string]json.RawMessage
		Components struct{ Schemas map[string]json.RawMessage }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d %v", w.Code, err)
	}
	if !strings.HasPrefix(doc.OpenAPI, "3.1") || len(doc.Paths) < 3 {
		t.Errorf("the description is of %s with %d paths", doc.OpenAPI, len(doc.Paths))
	}
	docs := y.ask("/api/").Body.String()
	for path, ops := range doc.Paths {
		if len(ops) != 1 || ops["get"] == nil {
			t.Errorf("%s takes more than reading", path)
		}
		if !strings.Contains(docs, path) {
			t.Errorf("the page does not speak of %s", path)
		}
	}
	for name := range doc.Components.Schemas {
		if w := y.ask("/api/schemas/" + name + ".json"); w.Code != http.StatusOK {
			t.Errorf("no schema for %s: %d", name, w.Code)
		}
	}
	if strings.Contains(docs, "<script>") || regexp.MustCompile(`(src|href)="https?:`).MatchString(docs) {
		t.Error("the page takes something from elsewhere")
	}
}

// Whatever is asked, no answer holds a personal number, or a word of what is for members only.
func TestNoAnswerHoldsPersonalNumbersOrInnerNotices(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	id := y.out(y.october())
	y.out(village("慰问"))
	y.outOf(y.Collective, disclosure.Content{Subject: "collective", Scope: disclosure.ScopeCollective, Title: "只给成员看的分红方案", Text: "只给成员看的内容。"})
	y.drafted(y.Committee, y.Accountant, disclosure.Content{Subject: "village", Item: "common", Title: "只是草稿", Text: "草稿内容。"})
	y.sign()
	paths := []string{fmt.Sprintf("/api/due/%d", y.Street), fmt.Sprintf("/api/questions/%d", y.Street), "/api/", "/api/units", "/api/notices", "/api/notices?limit=1", "/api/openapi.json", "/feed.atom", fmt.Sprintf("/api/notices/%d", id)}
	for n := range y.Size() {
		paths = append(paths, fmt.Sprintf("/api/notices/%d", n))
	}
	fingerprints := regexp.MustCompile(`[0-9a-f]{64}|[A-Za-z0-9+/=]{40,}`)
	for _, path := range paths {
		text := y.ask(path).Body.String()
		if found := codes.FindPersonal(fingerprints.ReplaceAllString(text, "")); len(found) > 0 {
			t.Errorf("%s holds %v", path, found)
		}
		for _, word := range []string{"只给成员看", "只是草稿", "草稿内容", "王建国", "徐海燕", "朱明亮"} {
			if strings.Contains(text, word) {
				t.Errorf("%s holds %q", path, word)
			}
		}
	}
}

// What is not to be taken as it stands says so to programs too.
func TestDataSaysWhatIsNotConfirmed(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		id := y.drafted(y.Committee, y.Accountant, village("防汛物资发放"))
		y.by(y.Director, func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Hurry(ctx, w, id, "今夜暴雨", w.Today())
			return err
		})
		if got := read[Notices](y, "/api/notices"); len(got.Items) != 1 || got.Items[0].Caution != "先行公布，待确认" || got.Items[0].ReplacedBy != nil {
			t.Errorf("%+v", got.Items)
		}
		if got := read[Detail](y, fmt.Sprintf("/api/notices/%d", id)); got.Caution != "先行公布，待确认" {
			t.Errorf("%+v", got.Summary)
		}
	})
}
