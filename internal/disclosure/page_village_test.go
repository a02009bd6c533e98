package disclosure

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"cunju/internal/db/dbtest"
	"cunju/internal/law/codes"
)

func TestTheBoardIsSearched(t *testing.T) { onBoth(t, theBoardIsSearched) }

func theBoardIsSearched(t *testing.T, y *town) {
	y.out(october(), 0)
	nov := Content{Subject: "village", Title: "2026年11月道路维修公告", Text: "渡江路自十二月起维修，100%由村里出资。"}
	y.out(nov, 0)
	b := y.site.Visit()
	find := func(q string) string { return "/?q=" + url.QueryEscape(q) }
	b.Get(find("店面租金")).Want(200, "找到 1 张公示", "10月财务收支")                             // words of a line
	b.Get(find("租金 2026年10月")).Want(200, "找到 1 张公示")                                 // all words
	b.Get(find("租金 道路")).Want(200, "没有找到")                                           // not only one of them
	b.Get(find("2026年1月")).Want(200, "没有找到")                                         // 年1, 1月 stand in 2026年11月, the whole does not
	b.Get(find("路")).Want(200, "找到 1 张公示")                                           // one character
	b.Get(find("100%")).Want(200, "找到 1 张公示")                                        // what means something to LIKE is a character
	b.Get(find("李某")).Want(200, "没有找到")                                              // nobody is searched by name
	b.Get(find("文峰村村委会公开（２０２６）2号")).Want(200, "找到 1 张公示", "道路维修")                    // as people type numbers
	b.Get(find("'; DROP TABLE disclosure_notice; --")).Want(200, "没有找到")             // nonsense
	b.Get(find(strings.Repeat("租", 3000))).Want(200, "没有找到")                         // more nonsense
	b.Get(find("%")).Want(200, "找到 1 张公示").Not("10月财务收支")                            // one sign
	b.Get("/?subject=finance&year=2026").Want(200, "找到 1 张公示", "2026年公开", "10月财务收支") // filters
	b.Get("/?month=11").Want(200, "找到 2 张公示", "2026年11月公开")                          // a month of this year
	b.Get("/?month=10").Want(200, "没有找到")                                            // published in November
	b.Get("/?year=2031&month=13&unit=-5&subject=x&before=2026").Want(200, "本月公开")    // what cannot be asked is not
	b.Get(fmt.Sprintf("/?unit=%d", y.Village)).Want(200, "找到 2 张公示")                 // a village
	b.Get("/?unit=999999999").Want(200, "没有找到")                                      // none
	b.Get(fmt.Sprintf("/v/%d?q=%s", y.Village, url.QueryEscape("租金"))).Want(200, "10月财务收支").Not("道路维修")
	b.Get(fmt.Sprintf("/v/%d?year=2025", y.Village)).Want(200, "没有找到").Not("公开情况")
	b.Get(fmt.Sprintf("/v/%d", y.Village)).Want(200, "公开情况", "2 张", "订阅新公示")
}

func TestAVeryLongTitleIsShownWhole(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	long := strings.Repeat("关于公开本村道路维修工程的情况说明", 12)
	id := y.out(Content{Subject: "village", Title: long, Text: "内容。"}, 0)
	b := y.site.Visit()
	b.Get("/").Want(200, long)
	b.Get(fmt.Sprintf("/n/%d", id)).Want(200, long)
	b.Get(fmt.Sprintf("/v/%d/list/print", y.Village)).Want(200, long)
}

func TestThePrintedList(t *testing.T) { onBoth(t, thePrintedList) }

func thePrintedList(t *testing.T, y *town) {
	b := y.site.Visit()
	path := fmt.Sprintf("/v/%d/list/print", y.Village)
	b.Get(path).Want(200, "文峰村公示目录", "2026年11月", "共 0 张", "这段时间没有公布公示")
	y.out(october(), 0)
	y.Set("2026-12-20")
	b.Get(path).Want(200, "2026年12月", "共 0 张", "month=2026-11")
	b.Get(path+"?month=2026-11").Want(200, "2026年11月", "共 1 张", "文峰村村委会公开〔2026〕1号", "2026年11月23日</span>", "至2026年12月8日", "sheet-a4", "https://gk.example/v/").Not("李某")
	b.Get(path+"?month=2026-10&span=quarter").Want(200, "2026年第四季度", "共 1 张", "只打一个月")
	b.Get(path+"?month=2099-01").Want(200, "2026年12月")
	b.Get(path+"?month=nonsense").Want(200, "2026年12月")
	b.Get("/v/999999/list/print").Want(404)
}

func TestTheFeed(t *testing.T) { onBoth(t, theFeed) }

func theFeed(t *testing.T, y *town) {
	b := y.site.Visit()
	read := func(path string) (f atomFeed) {
		t.Helper()
		p := b.Get(path).Want(200)
		if kind := p.Header().Get("Content-Type"); kind != "application/atom+xml; charset=utf-8" {
			t.Errorf("%s is %s", path, kind)
		}
		if err := xml.Unmarshal(p.Body.Bytes(), &f); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if found := codes.FindPersonal(p.Body.String()); len(found) > 0 {
			t.Errorf("%s shows %v", path, found)
		}
		return f
	}
	if f := read("/feed.atom"); len(f.Entries) != 0 || f.Updated != "1970-01-01T00:00:00Z" || f.ID == "" {
		t.Errorf("the empty feed is %+v", f)
	}
	id := y.out(october(), 0)
	y.out(Content{Subject: "village", Title: "道路<维修>&公告", Text: "内容。"}, 0)
	f := read("/feed.atom")
	if len(f.Entries) != 2 || f.Entries[0].Title != "道路<维修>&公告" || f.Links[0].Href != "https://gk.example/feed.atom" {
		t.Fatalf("the feed is %+v", f)
	}
	e := f.Entries[1]
	if e.ID != fmt.Sprintf("tag:test.example,2026:%s/n/%d", y.Code, id) || e.Links[0].Href != fmt.Sprintf("https://gk.example/n/%d", id) ||
		!strings.Contains(e.Summary, "收入 68,600.00 元") || e.Author.Name != "文峰村村委会" || e.Updated < e.Published {
		t.Errorf("the entry is %+v", e)
	}
	village := fmt.Sprintf("/v/%d/feed.atom", y.Village)
	if f := read(village + "?subject=finance"); len(f.Entries) != 1 || f.Title != "文峰村公开栏：财务公开" || !strings.Contains(f.Links[1].Href, "/v/") {
		t.Errorf("the village's feed is %+v", f)
	}
	if f := read(fmt.Sprintf("/v/%d/feed.atom", y.other)); len(f.Entries) != 0 {
		t.Errorf("another unit's feed is %+v", f)
	}
	b.Get("/v/999999/feed.atom").Want(404)

	// Who has it already is told so.
	first := b.Get("/feed.atom")
	for header, value := range map[string]string{"If-None-Match": first.Header().Get("ETag"), "If-Modified-Since": first.Header().Get("Last-Modified")} {
		if value == "" {
			t.Errorf("nothing to send as %s", header)
		}
		req := httptest.NewRequest(http.MethodGet, "/feed.atom", nil)
		req.Header.Set(header, value)
		w := httptest.NewRecorder()
		y.site.Server.ServeHTTP(w, req)
		if w.Code != http.StatusNotModified || w.Body.Len() > 0 {
			t.Errorf("%s: %d with %d bytes", header, w.Code, w.Body.Len())
		}
	}
}
