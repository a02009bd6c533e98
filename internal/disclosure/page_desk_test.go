package disclosure

import (
	"bytes"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"cunju/internal/db/dbtest"
	"cunju/internal/desk/desktest"
	"cunju/internal/law"
	"cunju/internal/sheet"
	"cunju/internal/web"
)

// draftForm is a filled form of a notice.
func draftForm(y *town, change ...string) []string {
	v := map[string]string{"unit": fmt.Sprint(y.Committee), "subject": "village", "item": "decisions", "title": "关于修路的决定", "text": "十一月修路。\n费用另行公布。", "do": "save"}
	for i := 0; i < len(change); i += 2 {
		v[change[i]] = change[i+1]
	}
	var pairs []string
	for k, s := range v {
		pairs = append(pairs, k, s)
	}
	return pairs
}

// meeting is the joint meeting in the form of an approval.
func meeting(day, due, came string) []string {
	return []string{"met", day, "chair", "王建国", "expected", due, "attended", came}
}

func TestDeskFromDraftToBoardAndDown(t *testing.T) { onBoth(t, deskFromDraftToBoardAndDown) }

func deskFromDraftToBoardAndDown(t *testing.T, y *town) {
	clerk, watch := y.site.LogIn("kj", y.Accountant), y.site.LogIn("jw", y.Watch)
	head, chief := y.site.LogIn("zr", y.Director), y.site.LogIn("sj", y.Secretary)

	clerk.Get("/desk/disclosure").Want(200, "还没有公开事项", "起草公开事项")
	watch.Get("/desk/disclosure").Want(200).Not("起草公开事项")
	clerk.Get("/desk/disclosure/new").Want(200, "文峰村村委会")
	made := clerk.Post("/desk/disclosure/new", draftForm(y)...).Want(303, "/desk/disclosure/")
	page := made.Header().Get("Location")
	p := clerk.Get(page).Want(200, "关于修路的决定", "十一月修路。", "提交审查", "修改草稿", "起草公开事项", "草稿已保存")
	clerk.Get("/n"+strings.TrimPrefix(page, "/desk/disclosure")).Want(404, "没有找到这张公示")

	step := func(b *desktest.Browser, what string, pairs ...string) *desktest.Page {
		t.Helper()
		seen := b.Get(page).Want(200).Hidden("seen")
		return b.Post(page+what, append([]string{"seen", seen}, pairs...)...)
	}
	step(clerk, "/submit").Want(303, page)
	clerk.Get(page).Want(200, "这一步由别人办理").Not(`action="` + page + `/check"`)
	clerk.Post(page+"/check", "seen", p.Hidden("seen"), "agree", "yes").Want(403)
	step(watch, "/check", "agree", "no").Want(422, `<a href="#f-note">监督意见</a>`, "不同意的，请写明哪里不对")
	step(watch, "/check").Want(422, "必须填写")
	step(watch, "/check", "agree", "no", "note", "写上金额").Want(303)
	clerk.Get(page).Want(200, "不同意，退回：写上金额", "修改草稿")
	edit := clerk.Get(page+"/edit").Want(200, "十一月修路。", `name="seen"`)
	clerk.Post(page+"/edit", draftForm(y, "text", "十一月修路，三万元。", "seen", edit.Hidden("seen"))...).Want(303)
	clerk.Post(page+"/edit", draftForm(y, "text", "另一个窗口里改的", "seen", edit.Hidden("seen"))...).Want(409, "另一个窗口里改的", "别人刚刚办理的")
	step(clerk, "/submit").Want(422, "请填写对监督意见的答复")
	step(clerk, "/submit", "reply", "已写上三万元").Want(303)
	watch.Get(page).Want(200, "写上金额", "已写上三万元")
	clerk.Get(page+"/edit").Want(409, "已经提交，不能再改草稿")
	step(watch, "/check", "agree", "yes").Want(303)
	step(head, "/publish").Want(422, "没有经过审查和审批")
	step(chief, "/approve", append(meeting("2026-11-23", "7", "3"), "agree", "yes")...).Want(422, "DS-09-meeting", "应到 7 人，实到 3 人", "补开会议")
	step(chief, "/approve", append(meeting("2026-11-23", "7", "6"), "agree", "yes")...).Want(303)
	head.Post(page+"/publish").Want(400, "不完整")
	step(head, "/publish").Want(303)
	step(head, "/post", "day", "2026-11-24", "place", "").Want(422, "还没有到这一天", "必须填写")
	step(head, "/post", "day", "2026-11-23", "place", "村委会门前公开栏").Want(303)
	chief.Get(page).Want(200, "2026年12月9日起才可以撤下", "当日不计")
	step(chief, "/takedown", "day", "20261123", "reason", "要换新的").Want(422, "DS-03-days", "期限未满", "2026年12月9日起可以撤下", "要换新的")
	head.Post(page+"/takedown", "seen", "1", "day", "2026-11-23", "reason", "x").Want(403)
	y.Set("2026-12-09")
	step(chief, "/takedown", "day", "2026-12-09", "reason", "期满").Want(303)
	chief.Get(page).Want(200, "待归档", "发布更正")
	step(clerk, "/file", "number", "", "store", "档案室").Want(422, "必须填写", "档案室")
	step(clerk, "/file", "number", "WF-1", "store", "档案室").Want(422, "至少要有公示原件")
	step(clerk, "/file", "number", "WF-1", "store", "档案室", "volume", "第3卷", "holds", "notice", "holds", "check").Want(303)
	chief.Get(page).Want(200, "已归档", "WF-1", "第3卷", "监督审查表")
	y.Sound()
}

func TestBadFormsKeepWhatWasTyped(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	clerk := y.site.LogIn("kj", y.Accountant)
	size := y.Size()
	for name, c := range map[string]struct {
		change []string
		want   []string
	}{
		"empty":            {[]string{"unit", "", "subject", "", "title", "", "text", ""}, []string{"必须填写"}},
		"no such unit":     {[]string{"unit", "999999"}, []string{"请从列出的单位中选择", "十一月修路"}},
		"a foreign unit":   {[]string{"unit", fmt.Sprint(y.other)}, []string{"请从列出的单位中选择"}},
		"unit of letters":  {[]string{"unit", "abc"}, []string{"公开单位", "十一月修路"}},
		"no such subject":  {[]string{"subject", "gossip"}, []string{"请从列出的选项中选择"}},
		"no such item":     {[]string{"item", "gossip"}, []string{"请从列出的事项中选择"}},
		"subject of other": {[]string{"subject", "party"}, []string{"党务公开不由", "十一月修路"}},
		"impossible day":   {[]string{"from", "2026-02-30"}, []string{"2026-02-30", "十一月修路"}},
		"period turned":    {[]string{"from", "2026-10-31", "to", "2026-10-01"}, []string{"早于第一日"}},
		"long title":       {[]string{"title", strings.Repeat("长", 121)}, []string{"最多 120 个字"}},
		"long text":        {[]string{"text", strings.Repeat("长", longestText+1)}, []string{"最多 20000 个字"}},
		"nothing said":     {[]string{"text", ""}, []string{"请填写公开内容，或导入一张表"}},
		"a number":         {[]string{"text", "请打 13812345678 找张某"}, []string{"手机号码 1 处", "遮盖中间数字"}},
		"bad choice":       {[]string{"text", "请打 13812345678", "personal", "maybe"}, []string{"请从列出的选项中选择"}},
		"table of words":   {[]string{"table", "not a table"}, []string{"请重新选择文件"}},
		"table with more":  {[]string{"table", `{"finance":{"opening":0,"lines":[],"closing":0,"extra":1}}`}, []string{"请重新选择文件"}},
		"ragged table":     {[]string{"table", `{"table":{"columns":["序号","项目"],"rows":[["1","x","y"],[]]}}`}, []string{"请重新选择文件"}},
		"table that errs":  {[]string{"table", `{"finance":{"opening":100,"lines":[{"item":"甲","in":5}],"closing":100}}`}, []string{"上期结余 1.00 元", "不符，差 0.05 元", "十一月修路"}},
		"unknown file":     {[]string{"file", strings.Repeat("0", 64) + " a.pdf"}, []string{"没有带回来"}},
		"file of no type":  {[]string{"file", "abc x.exe"}, []string{"没有带回来"}},
		"control char":     {[]string{"title", "a\x00b"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			p := clerk.Post("/desk/disclosure/new", draftForm(y, c.change...)...).Want(422, c.want...)
			if v := p.Body.String(); !strings.Contains(v, `name="_key"`) {
				t.Error("the form is gone")
			}
		})
	}
	if y.Size() != size {
		t.Errorf("%d acts were recorded", y.Size()-size)
	}
	clerk.Post("/desk/disclosure/new", draftForm(y, "text", "请打 13812345678 找张某", "personal", "mask")...).Want(303)
	clerk.Get("/desk/disclosure/new?replaces=abc").Want(404)
	clerk.Get("/desk/disclosure/new?replaces=999999").Want(404)
	clerk.Get("/desk/disclosure/999999").Want(404, "没有这件公开事项")
	clerk.Get("/desk/disclosure/x").Want(404)
	clerk.Get(fmt.Sprintf("/desk/disclosure/%d", y.Committee)).Want(404)
}

func TestEveryoneSeesOnlyHisOwn(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	id := y.begin(y.Accountant, october(), 0)
	page := fmt.Sprintf("/desk/disclosure/%d", id)
	other, admin, visitor := y.site.LogIn("wg", y.outsider), y.site.LogIn("gl", y.admin), y.site.Visit()
	other.Get(page).Want(403)
	other.Get(page + "/sheet").Want(403)
	other.Get("/desk/disclosure").Want(200).Not("文峰村2026年10月")
	other.Post(page+"/withdraw", "seen", "1", "reason", "x").Want(403)
	other.Get("/desk/disclosure/new").Want(403)
	admin.Get("/desk/disclosure").Want(403)
	admin.Get(page).Want(403)
	visitor.Get(page).Want(303, "/login")
	visitor.Post(page + "/submit").Want(401)
	for _, public := range []string{"/n/%d", "/n/%d/verify", "/n/%d/print", "/n/%d/sheet", "/n/%d/file/" + strings.Repeat("0", 64)} {
		visitor.Get(fmt.Sprintf(public, id)).Want(404).Not("2026年10月")
	}
}

// session is the cookies of someone who has an account already.
func session(y *town, login string) []*http.Cookie {
	v := url.Values{"_key": {(&web.Request{}).NewKey()}, "login": {login}, "password": {desktest.Password}}
	req := httptest.NewRequest("POST", "/login", strings.NewReader(v.Encode()))
	req.RemoteAddr = "192.0.2.9:1000"
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	y.site.Server.ServeHTTP(w, req)
	return w.Result().Cookies()
}

// part is a file of a form.
type part struct {
	field, name string
	data        []byte
}

// upload posts a form with files.
func upload(t *testing.T, y *town, cookies []*http.Cookie, path string, fields []string, parts ...part) *httptest.ResponseRecorder {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	m.WriteField("_key", (&web.Request{}).NewKey())
	for i := 0; i < len(fields); i += 2 {
		m.WriteField(fields[i], fields[i+1])
	}
	for _, p := range parts {
		w, err := m.CreateFormFile(p.field, p.name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(p.data)
	}
	m.Close()
	req := httptest.NewRequest("POST", path, &body)
	req.RemoteAddr = "192.0.2.9:1000"
	req.Header.Set("Content-Type", m.FormDataContentType())
	for _, c := range cookies {
		req.AddCookie(c)
	}
	w := httptest.NewRecorder()
	y.site.Server.ServeHTTP(w, req)
	return w
}

// hidden reads a hidden field of a page.
func hidden(body, name string) string {
	_, rest, _ := strings.Cut(body, `name="`+name+`" value="`)
	value, _, _ := strings.Cut(rest, `"`)
	return html.UnescapeString(value)
}

func TestATableIsShownBeforeItIsRecorded(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	y.site.LogIn("kj", y.Accountant)
	me := session(y, "kj")
	good, err := os.ReadFile("../../demo/finance/wenfeng-2026-10.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	size := y.Size()
	blank := []string{"unit", fmt.Sprint(y.Committee), "subject", "finance", "do", "save"}
	w := upload(t, y, me, "/desk/disclosure/new", blank, part{"sheet", "十月.xlsx", good})
	body := w.Body.String()
	if w.Code != 200 {
		t.Fatalf("%d %s", w.Code, body)
	}
	wantIn(t, body, "文峰村2026年10月财务收支公开表", "2,622,451.38", "贰佰陆拾贰万贰仟肆佰伍拾壹元叁角捌分", "沿街店面租金收入")
	if y.Size() != size {
		t.Fatal("a preview was recorded")
	}
	// The second submit carries what was read, and is recorded.
	fields := append(blank, "table", hidden(body, "table"), "title", "文峰村2026年10月财务收支公开表", "from", "2026-10-01", "to", "2026-10-31", "text", "")
	w = upload(t, y, me, "/desk/disclosure/new", fields)
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	row := y.row(y.Size() - 1)
	if row.Closing != 2_622_451_38 || row.Subject != "finance" || row.From != "2026-10-01" {
		t.Fatalf("%+v", row)
	}

	// Every fault is named by its cell; what was typed and read before stays.
	bad := []byte("文峰村2026年10月财务公开表\n序号,收支项目,收入金额,支出金额\n,上期结余,100,\n1,租金,五十,\n2,,,20\n3,维修,,abc\n,本期结余,130,\n")
	for name, c := range map[string]struct {
		file part
		want []string
	}{
		"faulty cells":      {part{"sheet", "a.csv", bad}, []string{"C4", "B5", "D6", "没有保存"}},
		"does not add up":   {part{"sheet", "a.csv", []byte("收支项目,收入金额,支出金额\n上期结余,100,\n租金,50,\n水电,,20\n本期结余,131,\n")}, []string{"结余对不上", "130.00", "131.00"}},
		"no closing":        {part{"sheet", "a.csv", []byte("收支项目,收入金额,支出金额\n上期结余,100,\n租金,50,\n")}, []string{"没有写明本期结余"}},
		"no heading":        {part{"sheet", "a.csv", []byte("你好\n世界\n")}, []string{"没有找到"}},
		"empty":             {part{"sheet", "a.csv", nil}, []string{"文件是空的"}},
		"a picture":         {part{"sheet", "a.xlsx", []byte("\x89PNG\r\n\x1a\nxxxx")}, []string{"这是图片，不是表格"}},
		"another ending":    {part{"sheet", "a.exe", []byte("MZ")}, []string{"只接受这些类型"}},
		"attachment claims": {part{"attachment", "a.pdf", []byte("\x89PNG\r\n")}, []string{"不是其中任何一种"}},
	} {
		t.Run(name, func(t *testing.T) {
			size := y.Size()
			w := upload(t, y, me, "/desk/disclosure/new", append(fields, "text", "按月公布"), c.file)
			if w.Code != http.StatusUnprocessableEntity || y.Size() != size {
				t.Fatalf("%d, %d acts: %s", w.Code, y.Size()-size, w.Body)
			}
			wantIn(t, w.Body.String(), append(c.want, "文峰村2026年10月财务收支公开表", "沿街店面租金收入")...)
		})
	}
}

func TestAttachmentsGoTheWholeWay(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	y.site.LogIn("kj", y.Accountant)
	me := session(y, "kj")
	pdf := []byte("%PDF-1.7\nminutes\n%%EOF\n")
	w := upload(t, y, me, "/desk/disclosure/new", draftForm(y), part{"attachment", "会议记录.pdf", pdf})
	if w.Code != 200 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	wantIn(t, w.Body.String(), "会议记录.pdf")
	_, rest, _ := strings.Cut(w.Body.String(), `name="file" value="`)
	file, _, _ := strings.Cut(rest, `"`)
	if w = upload(t, y, me, "/desk/disclosure/new", draftForm(y, "file", file)); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	id := y.Size() - 1
	hash, _, _ := strings.Cut(file, " ")
	b := y.site.Visit()
	public := fmt.Sprintf("/n/%d/file/%s", id, hash)
	b.Get(public).Want(404)
	y.by(y.Accountant, hand(id))
	y.by(y.Watch, examine(id, Check{Agree: true}))
	y.by(y.Secretary, decide(id, Approve{Agree: true}))
	y.by(y.Director, release(id))
	got := b.Get(public).Want(200)
	if got.Body.String() != string(pdf) || got.Header().Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(got.Header().Get("Content-Disposition"), "attachment") {
		t.Fatalf("%v %q", got.Header(), got.Body)
	}
	b.Get(fmt.Sprintf("/n/%d/file/%s", id, strings.Repeat("0", 64))).Want(404)
}

func TestExportsAreSpreadsheets(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	clerk := y.site.LogIn("kj", y.Accountant)
	id := y.out(october(), 0)
	y.begin(y.Accountant, Content{Subject: "village", Title: "关于修路的决定", Text: "修路。"}, 0)
	read := func(path string) *sheet.Book {
		t.Helper()
		p := clerk.Get(path).Want(200)
		b, err := sheet.Open(bytes.NewReader(p.Body.Bytes()), int64(p.Body.Len()), "a.xlsx")
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		return b
	}
	p, err := sheet.Read(t.Context(), read("/desk/disclosure/export"), register, sheet.ReadOptions{})
	if err != nil || len(p.Rows) != 2 || p.Errors > 0 {
		t.Fatalf("%+v %v", p, err)
	}
	p, err = sheet.Read(t.Context(), read("/desk/disclosure/export?subject=finance&state=takedown&q=10月"), register, sheet.ReadOptions{})
	if err != nil || len(p.Rows) != 1 {
		t.Fatalf("%+v %v", p, err)
	}
	// The register is taken away by who may export: the committee that supervises reads it, no more.
	watch := y.site.LogIn("jw", y.Watch)
	watch.Get("/desk/disclosure").Want(200, "关于修路的决定").Not("导出台账")
	watch.Get("/desk/disclosure/export").Want(403, "您的职务不能导出台账", "会计（报账员）")
	read("/desk/disclosure/template")
	for _, path := range []string{fmt.Sprintf("/desk/disclosure/%d/sheet", id), fmt.Sprintf("/n/%d/sheet", id)} {
		c, p, err := ReadSheet(t.Context(), read(path))
		if err != nil || p.Errors > 0 || c.Finance.Closing != october().Finance.Closing {
			t.Fatalf("%s: %+v %v", path, c, err)
		}
	}
}

func TestTheRegisterIsFilteredAndPaged(t *testing.T) { onBoth(t, theRegisterIsFilteredAndPaged) }

func theRegisterIsFilteredAndPaged(t *testing.T, y *town) {
	clerk := y.site.LogIn("kj", y.Accountant)
	for i := range listPage + 3 {
		y.begin(y.Accountant, Content{Subject: "village", Title: fmt.Sprintf("第%03d件事", i), Text: "内容。"}, 0)
	}
	first := clerk.Get("/desk/disclosure").Want(200, "23 件", "第022件事", "下一页").Not("第002件事")
	href := between(first.Body.String(), `<a href="/desk/disclosure?`, `"`)
	clerk.Get("/desk/disclosure?"+html.UnescapeString(href)).Want(200, "第002件事", "首页").Not("第022件事")
	clerk.Get("/desk/disclosure?q=007").Want(200, "第007件事", "1 件").Not("第008件事")
	clerk.Get("/desk/disclosure?q=%25").Want(200, "没有符合条件的公开事项")
	clerk.Get("/desk/disclosure?state=check").Want(200, "没有符合条件的公开事项")
	clerk.Get(fmt.Sprintf("/desk/disclosure?area=%d&subject=village&state=submit", y.Village)).Want(200, "23 件")
	clerk.Get("/desk/disclosure?area=abc&subject=x&state=y&before=z").Want(200, "23 件")
}

func between(s, from, to string) string {
	_, rest, _ := strings.Cut(s, from)
	out, _, _ := strings.Cut(rest, to)
	return out
}

func TestTheRhythmFollowsTheTown(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	y.set(law.MonthlyMoney, 1)
	y.out(october(), 0)
	y.daily("2027-01-05")
	y.site.LogIn("kj", y.Accountant).Get("/desk/disclosure").Want(200, "2026年11月财务收支", "应于2026年12月31日前公开", "逾期未公开，已超 5 天", "2026年12月财务收支")
}
