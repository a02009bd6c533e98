package disclosure

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"cunju/internal/db/dbtest"
	"cunju/internal/journal"
	"cunju/internal/law/codes"
)

func TestTheBoardForVisitors(t *testing.T) { onBoth(t, theBoardForVisitors) }

func theBoardForVisitors(t *testing.T, y *town) {
	b := y.site.Visit()
	b.Get("/").Want(200, "文峰街道", "还没有公示", "文峰村", "渡江村", "还没有公开", "登录")
	b.Get("/verify").Want(200, "编号、登记号、指纹或网址")
	b.Get("/log").Want(200, "还没有盖过封账章", y.key.VKey)
	id := y.out(october(), 0)
	b.Get("/").Want(200, "本月公开", "共 1 张公示", "文峰村2026年10月财务收支公开表", "到2026年12月8日", `最近公开：<span class="nobr">2026年11月23日</span>`)
	b.Get(fmt.Sprintf("/v/%d", y.Village)).Want(200, "文峰村公开栏", "文峰村2026年10月")
	b.Get(fmt.Sprintf("/v/%d?subject=party", y.Village)).Want(200, "这一类还没有公示")
	b.Get(fmt.Sprintf("/v/%d?subject=nonsense&before=nonsense", y.Village)).Want(200, "文峰村2026年10月")
	b.Get("/v/999999").Want(404, "没有找到这个村或社区")
	b.Get("/v/x").Want(404)
	b.Get("/?q="+url.QueryEscape("10月财务")).Want(200, "找到 1 张公示")
	b.Get("/?q="+url.QueryEscape("文峰村村委会公开[2026]1号")).Want(200, "找到 1 张公示")
	b.Get("/?q="+url.QueryEscape("没有的事")).Want(200, "没有找到")
	b.Get("/?q="+strings.Repeat("a", 5000)).Want(200, "没有找到")

	page := fmt.Sprintf("/n/%d", id)
	b.Get(page).Want(200, "按月公布。", "店面租金", "2,595,720.66", "贰佰伍拾玖万伍仟柒佰贰拾元陆角陆分", "文峰村监委会主任", "文峰村党总支书记", "2026年12月8日", "村务监督委员会").
		Not("徐海燕", "朱明亮", "王建国", "李志强")
	b.Get(page+"/print").Want(200, "https://gk.example"+page+"/verify", "sheet-a4").Not("徐海燕", "王建国")
	b.Get(page+"/print?paper=a3").Want(200, "sheet-a3")
	b.Get("/n/999999").Want(404)
	b.Get("/n/-1").Want(404)

	// Next month the list says that there is nothing new, and shows the older ones.
	y.Set("2026-12-01")
	b.Get("/").Want(200, "最近公开", "2026年12月还没有新的公示", "文峰村2026年10月")
}

func TestBoardPages(t *testing.T) { onBoth(t, boardPages) }

func boardPages(t *testing.T, y *town) {
	for i := range boardPage + 2 {
		y.out(Content{Subject: "village", Title: fmt.Sprintf("第%03d件事", i), Text: "内容。"}, 0)
	}
	b := y.site.Visit()
	first := b.Get(fmt.Sprintf("/v/%d", y.Village)).Want(200, "第021件事", "更早的公示").Not("第001件事")
	next := regexp.MustCompile(`/v/\d+\?[^"]*before=[^"]*`).FindString(first.Body.String())
	b.Get(strings.ReplaceAll(next, "&amp;", "&")).Want(200, "第001件事", "第000件事", "回到最新").Not("第021件事", "更早的公示")
}

func TestVerifyWaitsThenPassesThenTellsEveryDamage(t *testing.T) {
	onBoth(t, verifyWaitsThenPassesThenTellsEveryDamage)
}

func verifyWaitsThenPassesThenTellsEveryDamage(t *testing.T, y *town) {
	st, err := y.files.Put(t.Context(), strings.NewReader("%PDF-1.7\n%%EOF\n"), "a.pdf", 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	c := october()
	c.Files = []File{{Name: "合同.pdf", Size: st.Size, Type: st.Type, Hash: st.Hash}}
	id := y.out(c, 0)
	row := y.row(id)
	b, page := y.site.Visit(), fmt.Sprintf("/n/%d/verify", id)
	b.Get(page).Want(200, "正在封存", "等待中").Not("查验通过", "位置证明（.tlog-proof）")
	y.sign()
	p := b.Get(page).Want(200, "查验通过", "这能证明什么", "这不能证明什么", "您信任了谁", "合同.pdf", y.key.VKey, "cunju verify --proof", "上栏张贴").Not("不对</span>")

	// What the page offers is enough to check without us.
	var act journal.PublicAct
	if err := json.Unmarshal(b.Get(fmt.Sprintf("/log/%s/act/%d.json", y.Code, row.PublishAct)).Want(200).Body.Bytes(), &act); err != nil {
		t.Fatal(err)
	}
	proof, err := journal.ParseProof(b.Get(fmt.Sprintf("/log/%s/proof/%d.tlog-proof", y.Code, row.PublishAct)).Want(200).Body.String())
	if err != nil {
		t.Fatal(err)
	}
	key, err := note.NewVerifier(y.key.VKey)
	if err != nil {
		t.Fatal(err)
	}
	if err := proof.Check([]byte(act.Entry), key); err != nil {
		t.Fatal(err)
	}

	// A paper is found by its number, as people type it, and by its fingerprint.
	print := between(p.Body.String(), `指纹应当是：</span> <span class="print">`, "<")
	for _, q := range []string{row.Number, "文峰村村委会公开（２０２６）１号", " 文峰村村委会公开[2026] 1号", print, strings.ToUpper(strings.ReplaceAll(print, " ", ""))} {
		b.Get("/verify?q="+url.QueryEscape(q)).Want(303, page)
	}
	for _, q := range []string{"文峰村公开〔2026〕99号", strings.Repeat("0", 16), "<script>", strings.Repeat("长", 5000)} {
		b.Get("/verify?q="+url.QueryEscape(q)).Want(200, "没有找到").Not("<script>alert")
	}

	// Damage is told plainly, and nothing wrong is printed.
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := y.DB.Exec(t.Context(), sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	for _, d := range []struct {
		name, spoil, mend string
		want              []string
		shown             bool // the notice's own page notices too
	}{
		{"payload", `UPDATE journal_act SET payload = REPLACE(payload, '店面租金', '店面祖金') WHERE town = $1 AND n = $2`,
			`UPDATE journal_act SET payload = REPLACE(payload, '店面祖金', '店面租金') WHERE town = $1 AND n = $2`, []string{"内容被改动过"}, true},
		{"payload cut", `UPDATE journal_act SET payload = REPLACE(payload, '"body":', '"body"') WHERE town = $1 AND n = $2`,
			`UPDATE journal_act SET payload = REPLACE(payload, '"body"', '"body":') WHERE town = $1 AND n = $2`, []string{"内容已经损坏"}, true},
		{"header", `UPDATE journal_act SET effective = '2026-11-22' WHERE town = $1 AND n = $2`,
			`UPDATE journal_act SET effective = '2026-11-23' WHERE town = $1 AND n = $2`, []string{"从这一条一步步推算，和封账章对不上"}, false},
		{"search table", `UPDATE disclosure_notice SET number = '假号' WHERE town = $1 AND publish_act = $2`,
			`UPDATE disclosure_notice SET number = '` + row.Number + `' WHERE town = $1 AND publish_act = $2`, []string{"检索用的表被改动过"}, false},
		{"checkpoint", `UPDATE journal_checkpoint SET note = REPLACE(note, 'test.example', 'test.examplf') WHERE town = $1 AND size > $2`,
			`UPDATE journal_checkpoint SET note = REPLACE(note, 'test.examplf', 'test.example') WHERE town = $1 AND size > $2`, []string{"和本街道公布的印鉴码对不上"}, false},
	} {
		t.Run(d.name, func(t *testing.T) {
			exec(d.spoil, y.Code, row.PublishAct)
			b.Get(page).Want(200, append(d.want, "查验没有通过", "不对</span>")...).Not("查验通过：")
			if d.shown {
				b.Get(fmt.Sprintf("/n/%d", id)).Want(200, "和当初登记封存的对不上")
				b.Get(fmt.Sprintf("/n/%d/print", id)).Want(409, "不能打印张贴")
				b.Get(fmt.Sprintf("/n/%d/sheet", id)).Want(409)
			}
			exec(d.mend, y.Code, row.PublishAct)
			b.Get(page).Want(200, "查验通过")
		})
	}
}

func TestADamagedOrMissingAttachmentIsTold(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	st, err := y.files.Put(t.Context(), strings.NewReader("%PDF-1.7\n%%EOF\n"), "a.pdf", 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	c := october()
	c.Files = []File{{Name: "合同.pdf", Size: st.Size, Type: st.Type, Hash: st.Hash}}
	id := y.out(c, 0)
	y.sign()
	b, page := y.site.Visit(), fmt.Sprintf("/n/%d", id)
	stored := filepath.Join(y.fileDir, st.Hash[:2], st.Hash)
	if err := os.WriteFile(stored, []byte("%PDF-1.7\n%%EOX\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.Get(page+"/verify").Want(200, "查验没有通过", "文件被改动过")
	if err := os.Remove(stored); err != nil {
		t.Fatal(err)
	}
	b.Get(page+"/verify").Want(200, "查验没有通过", "附件找不到了")
	b.Get(page+"/file/"+st.Hash).Want(404, "请向街道反映")
}

func TestCorrectionsAreMarkedBothWays(t *testing.T) { onBoth(t, correctionsAreMarkedBothWays) }

func correctionsAreMarkedBothWays(t *testing.T, y *town) {
	first := y.out(october(), 0)
	fixed := october()
	fixed.Title = "文峰村2026年10月财务收支公开表（更正）"
	clerk := y.site.LogIn("kj", y.Accountant)
	clerk.Get(fmt.Sprintf("/desk/disclosure/new?replaces=%d", first)).Want(200, "更正《文峰村2026年10月财务收支公开表》", "店面租金")
	second := y.out(fixed, first)
	b := y.site.Visit()
	b.Get(fmt.Sprintf("/n/%d", first)).Want(200, "已由《文峰村2026年10月财务收支公开表（更正）》", fmt.Sprintf(`href="/n/%d"`, second))
	b.Get(fmt.Sprintf("/n/%d", second)).Want(200, "更正了《文峰村2026年10月财务收支公开表》", fmt.Sprintf(`href="/n/%d"`, first))
	b.Get(fmt.Sprintf("/n/%d/print", first)).Want(200, "更正")
	clerk.Get(fmt.Sprintf("/desk/disclosure/%d", first)).Want(200, "更正").Not("replaces=")
}

func TestContentDeletedByLawLeavesItsPlace(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	id := y.out(october(), 0)
	y.sign()
	act := y.row(id).PublishAct
	y.As(y.Secretary)
	y.Must(eraseAct(act))
	b := y.site.Visit()
	b.Get(fmt.Sprintf("/n/%d", id)).Want(410, "已经依法删除").Not("店面租金")
	b.Get(fmt.Sprintf("/n/%d/verify", id)).Want(200, "已经依法删除").Not("查验通过")
	b.Get(fmt.Sprintf("/n/%d/print", id)).Want(409)
}

func TestEveryRuleHasItsAnchor(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	p := y.site.Visit().Get("/rules").Want(200, "中华人民共和国村民委员会组织法", "个例子")
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`<li class="verdict" id="([^"]+)"`).FindAllStringSubmatch(p.Body.String(), -1) {
		if seen[m[1]] {
			t.Errorf("anchor %s twice", m[1])
		}
		seen[m[1]] = true
	}
	for _, id := range []string{"DS-02", "DS-03-days", "DS-18", "IC-01"} {
		if !seen[id] {
			t.Errorf("no anchor for %s", id)
		}
	}
}

// Whatever a clerk typed, no page that needs no log-in shows an identity number, a telephone or a bank card.
func TestNoPublicPageShowsPersonalNumbers(t *testing.T) {
	y := newTown(t, dbtest.SQLite(t))
	clerk := y.site.LogIn("kj", y.Accountant)
	clerk.Post("/desk/disclosure/new", draftForm(y, "title", "慰问名单 13812345678", "text", "张某 321002199001010016\n李某 卡号6222021234567890128 电话138-1234-5678", "personal", "mask")...).Want(303)
	id := y.Size() - 1
	y.by(y.Accountant, hand(id))
	y.by(y.Watch, examine(id, Check{Agree: true, Note: "已核"}))
	y.by(y.Secretary, decide(id, Approve{Agree: true}))
	y.by(y.Director, release(id))
	y.by(y.Director, hang(id))
	y.out(october(), 0)
	y.sign()
	b := y.site.Visit()
	queue, seen := []string{"/"}, map[string]bool{"/": true}
	href := regexp.MustCompile(`href="(/[^"#]*)`)
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		if strings.HasPrefix(path, "/assets/") || strings.HasPrefix(path, "/size") || strings.HasPrefix(path, "/login") || strings.HasSuffix(path, "/sheet") {
			continue
		}
		p := b.Get(path).Want(200)
		text := regexp.MustCompile(`[0-9a-f]{4}( [0-9a-f]{4}){3}|[0-9a-f]{64}|d="[^"]*"|[A-Za-z0-9+/=]{40,}`).ReplaceAllString(p.Body.String(), "") // fingerprints, QR codes, keys
		if found := codes.FindPersonal(text); len(found) > 0 {
			t.Errorf("%s shows %q", path, text[found[0].Start:found[0].End])
		}
		for _, m := range href.FindAllStringSubmatch(p.Body.String(), -1) {
			next := strings.ReplaceAll(m[1], "&amp;", "&")
			if !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	if len(seen) < 20 {
		t.Errorf("walked %d pages only", len(seen))
	}
}
