package posting

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/desk/desktest"
	"cunju/internal/disclosure"
	"cunju/internal/files"
	"cunju/internal/journal"
	"cunju/internal/matter"
	"cunju/internal/org"
	"cunju/internal/people"
)

// site is the town with its server.
type site struct {
	*town
	*desktest.Site
	pages *Pages
}

func onSite(t *testing.T, f func(*testing.T, *site)) {
	t.Helper()
	each(t, func(t *testing.T, y *town) { f(t, serve(t, y)) })
}

func serve(t testing.TB, y *town) *site {
	t.Helper()
	s := &site{town: y, Site: desktest.New(y.Town.Town, func(ctx context.Context, person int64) (access.Actor, error) {
		return org.Actor(ctx, y.DB, y.Code, person, y.J.Today())
	})}
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
	h := s.House
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
	notices, err := disclosure.NewPages(h, store, key.VKey, "https://gk.example/")
	if err != nil {
		t.Fatal(err)
	}
	s.pages = NewPages(h, notices, store, func(text string) string { return "key|" + text })
	notices.Routes(s.Server.Router)
	s.pages.Routes(s.Server.Router)
	return s
}

// code is what stands on a sheet printed today.
func (s *site) code(id int64) string { return s.pages.codes.For(id, s.J.Today(), sheetOf(s.row(id))) }

func TestTheCodeStandsOnPaperAlone(t *testing.T) {
	onSite(t, func(t *testing.T, s *site) {
		id := s.hung("防汛值班安排")
		director, accountant, watch := s.LogIn("zr", s.Director), s.LogIn("kj", s.Accountant), s.LogIn("jw", s.Watch)
		paper := fmt.Sprintf("/desk/posting/%d/print", id)
		a, b := director.Get(paper).Want(200, "现场核实二维码", "查验二维码", "sheet-a4"), director.Get(paper+"?paper=a3").Want(200, "sheet-a3")
		three := director.Get(paper+"?copies=3").Want(200, "第 1 份：公开栏张贴", "第 3 份：存档").Body.String()
		if n := strings.Count(three, "现场核实二维码"); n != 1 {
			t.Errorf("%d of three copies bear the code of check-ins; only the one that hangs may", n)
		}
		accountant.Get(paper).Want(403)
		watch.Get(paper).Want(403)
		s.Visit().Get(paper).Want(303, "/login")
		code := s.code(id)
		for _, p := range []*desktest.Page{a, b} {
			p.Not(code) // only within the drawing
		}
		for _, path := range []string{"/n/%d", "/n/%d/print", "/n/%d/verify", "/n/%d/here", "/n/%d/posting", "/n/%d/posting/print", "/desk/posting/%d", "/desk/disclosure/%d", "/desk/posting/%d/list/print"} {
			for _, v := range []*desktest.Browser{s.Visit(), director} {
				if body := v.Get(fmt.Sprintf(path, id)).Body.String(); strings.Contains(body, code) || strings.Contains(body, "现场核实二维码") {
					t.Errorf("%s shows the code of the paper", path)
				}
			}
		}
	})
}

func TestACheckInByWhoeverStandsThere(t *testing.T) {
	onSite(t, func(t *testing.T, s *site) {
		id := s.hung("防汛值班安排")
		other := s.hung("另一张")
		here := fmt.Sprintf("/n/%d/here", id)
		v := s.Visit()
		v.Get(here).Want(200, "防汛值班安排", "请在公开栏前扫", "登录以后").Not("现在，这张公示贴在公开栏上吗")
		v.Get(here+"?k="+s.code(id)).Want(200, "现在，这张公示贴在公开栏上吗", "扫码，未登录", "不记姓名")
		v.Get(here+"?k="+s.code(other)).Want(200, "不是这张公示的").Not("贴在公开栏上吗")
		v.Get(here + "?k=%00").Want(200).Not("贴在公开栏上吗")
		for name, k := range map[string]string{"no code": "", "another's": s.code(other), "forged": "261123aaaaaaaaaaaa", "long": strings.Repeat("a", 5000)} {
			size := s.Size()
			v.Post(here, "k", k, "answer", "there").Want(403, "什么也没有登记")
			if s.Size() != size {
				t.Errorf("%s: recorded", name)
			}
		}
		v.Post(here, "k", s.code(id)).Want(422, "现场情况")
		v.Post(here, "k", s.code(id), "answer", "perhaps").Want(422)
		size := s.Size()
		v.Get(v.Post(here, "k", s.code(id), "answer", "there").Want(303, here).Where()).Want(200, "登记好了：今天它在公开栏上")
		v.Post(here, "k", s.code(id), "answer", "there").Want(303, here)
		if s.Size() != size+1 {
			t.Errorf("%d acts of one phone on one day", s.Size()-size)
		}
		s.Visit().Post(here, "k", s.code(id), "answer", "there").Want(303, here) // another phone
		v.Get(v.Post(here, "k", s.code(id), "answer", "gone", "note", "墙上没有").Want(303).Where()).Want(200, "已经通知经办的人")
		a, err := journal.Read(s.Ctx, s.DB, s.Code, s.Size()-1)
		if err != nil || a.Kind != KindCheckIn.Name || a.By != (journal.By{}) || strings.Contains(string(a.Body), "192.0.2.9") || strings.Contains(string(a.Body), s.code(id)) {
			t.Errorf("%s by %+v, %v", a.Body, a.By, err)
		}
		if _, err := s.J.Open(s.Ctx, s.Code, a.N); err == nil {
			t.Error("a check-in is public")
		}
		for range paceMost {
			s.Visit().Post(here, "k", s.code(id), "answer", "there")
		}
		s.Visit().Post(here, "k", s.code(id), "answer", "there").Want(429, "登记得太多")

		s.later(20)
		s.down(id)
		v.Get(here+"?k="+s.code(id)).Want(200, "撤下归档").Not("贴在公开栏上吗")
		v.Get(fmt.Sprintf("/n/%d/here", s.published("还没有贴"))).Want(200, "还没有登记贴上公开栏")
		v.Get("/n/999999/here").Want(404)
	})
}

func TestACheckInByWhoIsKnown(t *testing.T) {
	onSite(t, func(t *testing.T, s *site) {
		id := s.hung("防汛值班安排")
		here := fmt.Sprintf("/n/%d/here", id)
		watch, director, outsider := s.LogIn("jw", s.Watch), s.LogIn("zr", s.Director), s.LogIn("wai", s.outsider)
		watch.Get(here).Want(200, "的身份核实", "不写姓名", "现场照片")
		photo := jpegWith(t, "FILM 32.39N", segment(0xe1, exif))
		watch.Upload(here, []desktest.File{{Field: "photo", Name: "a.jpg", Content: []byte("<html>")}}, "answer", "gone").Want(422, "不是能认出的照片")
		watch.Upload(here, []desktest.File{{Field: "photo", Name: "a.exe", Content: photo}}, "answer", "gone").Want(422)
		watch.Get(watch.Upload(here, []desktest.File{{Field: "photo", Name: "IMG_13812345678.jpg", Content: photo}}, "answer", "gone", "note", "被广告盖住").Want(303, here).Where()).
			Want(200, "已记入总账第")
		watch.Post(here, "answer", "differs", "note", "找13812345678").Want(422, "手机号")

		director.Get(here).Want(200, "自己说“在”不能作证明").Not(`value="there"`)
		director.Post(here, "answer", "there").Want(422, "不能作证明")
		outsider.Get(here).Want(200, "不是这个村（社区）的居民").Not("贴在公开栏上吗")
		outsider.Post(here, "answer", "there").Want(403, "什么也没有登记")
		outsider.Get(here+"?k="+s.code(id)).Want(200, "贴在公开栏上吗")
		outsider.Post(here, "k", s.code(id), "answer", "there").Want(303)

		// The desk sees who, and the photo; the public neither.
		desk := fmt.Sprintf("/desk/posting/%d", id)
		page := director.Get(desk).Want(200, "被广告盖住", "下载现场照片", "监督委员会成员", "去登记")
		link := regexp.MustCompile(desk + `/file/[0-9a-f]{64}`).FindString(page.Body.String())
		got := director.Get(link).Want(200).Body.Bytes()
		if bytes.Contains(got, []byte("32.39")) || !bytes.HasPrefix(got, []byte{0xff, 0xd8}) {
			t.Error("the photo says where it was taken")
		}
		outsider.Get(desk).Want(403)
		outsider.Get(link).Want(403)
		director.Get(desk + "/file/" + strings.Repeat("0", 64)).Want(404)
		s.Visit().Get(fmt.Sprintf("/n/%d/posting", id)).Want(200, "监督委员会成员", "扫码，未登录", "说法不一").Not("朱明亮", "吴国栋", "被广告盖住", "现场照片")

		// The office looks, hangs it again, and records it.
		open, err := Waiting(s.Ctx, s.DB, s.Code, id)
		if err != nil || open < 0 {
			t.Fatal(open, err)
		}
		mend := fmt.Sprintf("/desk/rehang/%d", open)
		director.Get(mend).Want(200, "重新贴上并登记", "被广告盖住")
		watch.Get(mend).Want(200, "这一步由别人办理")
		watch.Post(mend, "done", "hung").Want(403)
		outsider.Get(mend).Want(403)
		director.Get("/desk/rehang/999999").Want(404)
		director.Post(mend).Want(422, "处理结果")
		director.Post(mend, "done", "over").Want(422, "还没有期满")
		director.Post(mend, "done", "hung", "note", "换了封套").Want(303, desk)
		director.Get(mend).Want(200, "已重新打印并贴上", "换了封套")
		director.Get("/desk/disclosure/posting").Want(200, "在栏公示", "防汛值班安排").Not("待补挂")
		director.Post(mend, "done", "hung").Want(422)
	})
}

func TestASignedListIsEntered(t *testing.T) {
	onSite(t, func(t *testing.T, s *site) {
		id := s.hung("防汛值班安排")
		up := s.J.Today()
		s.later(3)
		accountant, watch, outsider := s.LogIn("kj", s.Accountant), s.LogIn("jw", s.Watch), s.LogIn("wai", s.outsider)
		page := fmt.Sprintf("/desk/posting/%d/signoff", id)
		accountant.Get(page).Want(200, "经办一方补录", up.AddDays(3).Chinese()).Not(up.AddDays(4).Chinese())
		watch.Get(page).Want(200, "监督委员会补录")
		outsider.Get(page).Want(403)
		outsider.Post(page, "day-"+string(up), "villager").Want(403)
		accountant.Get(fmt.Sprintf("/desk/posting/%d/list/print", id)).Want(200, "公示张贴签到表", "11月24日")
		accountant.Post(page).Want(422, "请至少勾选一天")
		accountant.Post(page, "day-"+string(up), "nobody").Want(422, "请从列出的签名人中选择")
		accountant.Post(page, "day-"+string(up.AddDays(9)), "villager").Want(422, "请至少勾选一天")
		day := "day-" + string(up.AddDays(1))
		accountant.Upload(page, []desktest.File{{Field: "scan", Name: "a.pdf", Content: []byte("not")}}, day, "villager").Want(422)
		accountant.Upload(page, []desktest.File{{Field: "scan", Name: "a.pdf", Content: []byte("%PDF-1.7\n%%EOF\n")}}, day, "villager", day, "delegate").Want(303)
		s.Visit().Get(fmt.Sprintf("/n/%d/posting", id)).Want(200, "纸质签到（经办一方于", "补录", "有 1 天有人在现场核实")
		accountant.Get(fmt.Sprintf("/desk/posting/%d", id)).Want(200, "纸质签到 2 行", "下载签到表扫描件")
	})
}

func TestReportsForEveryone(t *testing.T) {
	onSite(t, func(t *testing.T, s *site) {
		id := s.hung("防汛值班安排")
		s.later(1)
		s.daily()
		s.see(s.Watch, CheckIn{Notice: id, Witness: "supervisor", Answer: "there"})
		s.later(20)
		v := s.Visit()
		page, year := fmt.Sprintf("/n/%d/posting", id), fmt.Sprintf("/v/%d/posting", s.Village)
		const sum = "应贴 15 天，有 1 天有人在现场核实，缺 14 天：11月25日至12月8日。"
		v.Get(page).Want(200, sum, "网上公开栏：当天已封存", "监督委员会成员", "不能说明", "怎么算的")
		v.Get(page+"/print").Want(200, sum, "出具日期", "sheet-a4")
		v.Get(year).Want(200, sum, "1 张公示", "缺 14 天")
		v.Get(year+"?year=2025").Want(200, "2025年没有登记贴上公开栏的公示", "2026年")
		v.Get(year+"?year=nonsense").Want(200, sum)
		v.Get(year+"/print?year=2026").Want(200, "张贴证明", "防汛值班安排")
		v.Get("/v/999999/posting").Want(404)
		for _, path := range []string{page + "/sheet", year + "/sheet?year=2026"} {
			if b := v.Get(path).Want(200).Body.Bytes(); !bytes.HasPrefix(b, []byte("PK")) {
				t.Errorf("%s is no sheet", path)
			}
		}
		v.Get(fmt.Sprintf("/n/%d", id)).Want(200, "张贴证明", sum, page)
		v.Get(fmt.Sprintf("/v/%d", s.Village)).Want(200, "哪天有人在公开栏前看到", year)
		s.LogIn("zr", s.Director).Get(fmt.Sprintf("/desk/disclosure/%d", id)).Want(200, "张贴核实", "带核实码")
		never := s.published("还没有贴")
		v.Get(fmt.Sprintf("/n/%d/posting", never)).Want(200, "还没有登记贴上公开栏")
		v.Get(fmt.Sprintf("/n/%d/posting/sheet", never)).Want(200)
	})
}

func TestTheScreenInTheHall(t *testing.T) {
	onSite(t, func(t *testing.T, s *site) {
		v := s.Visit()
		wall := fmt.Sprintf("/wall/%d", s.Village)
		v.Get(wall).Want(200, "还没有公示", "文峰村公开栏", `content="20"`)
		id := s.hung("防汛值班安排")
		v.Get(wall+"?every=30&tall=1").Want(200, "防汛值班安排", "第 1 屏，共 1 屏", `data-wall="30"`, "wall-tall", "更新", "连不上服务器")
		v.Get(wall+"?every=0").Want(200, `data-wall="20"`)
		v.Get("/wall/999999").Want(404)
		v.Get(fmt.Sprintf("/wall/%d", s.neighbour)).Want(200, "还没有公示")
		s.later(90)
		v.Get(wall).Want(200, "防汛值班安排") // nothing new: the last one stays
		if _, err := s.DB.Exec(s.Ctx, `UPDATE journal_act SET payload = REPLACE(payload, '内容。', '内客。') WHERE town = $1 AND n = $2`, s.Code, s.row(id).PublishAct); err != nil {
			t.Fatal(err)
		}
		v.Get(wall).Want(200, "还没有公示").Not("内客。")
		if _, err := s.DB.Exec(s.Ctx, `UPDATE journal_act SET payload = REPLACE(payload, '内客。', '内容。') WHERE town = $1 AND n = $2`, s.Code, s.row(id).PublishAct); err != nil {
			t.Fatal(err)
		}
		s.by(s.Accountant, func(ctx context.Context, w *journal.Writer) (err error) {
			id, err = disclosure.Begin(ctx, w, s.Committee, disclosure.Content{Subject: "village", Item: "common", Title: "今夜停水", Text: "请储水。"}, 0, w.Today())
			return err
		})
		s.by(s.Director, func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Hurry(ctx, w, id, "管道爆裂", w.Today())
			return err
		})
		v.Get(wall).Want(200, "今夜停水", "先行公布，待确认")
	})
}

// A matter of the procedure waits at the desk of who posts.
func TestTheCaseIsATodo(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	id := y.hung("防汛值班安排")
	y.see(y.Watch, CheckIn{Notice: id, Witness: "supervisor", Answer: "gone"})
	rows, err := matter.Todo(y.Ctx, y.DB, y.Code, access.DisclosurePublish, []int64{y.Village}, 10)
	if err != nil || len(rows) != 1 || rows[0].Procedure != Procedure.Code {
		t.Errorf("%+v, %v", rows, err)
	}
}
