package ui

import (
	"fmt"
	"strings"
	"testing"

	"rsc.io/qr"
)

func TestVerdictPanelPutsRefusalsFirst(t *testing.T) {
	v := sampleVerdicts()
	for _, c := range []struct {
		verdicts []Verdict
		summary  string
	}{
		{v, "有 1 条规定不符合，不能办理"},
		{v[1:], "有 1 条规定缺少材料，还不能判断"},
		{v[2:], "可以办理，有 1 条提醒"},
		{v[3:], "符合规定，可以办理"},
		{nil, "没有需要核对的规定"},
	} {
		want(t, render(t, VerdictPanel(VerdictPanelProps{Verdicts: c.verdicts})), "办理依据", c.summary)
	}
	want(t, render(t, VerdictPanel(VerdictPanelProps{Verdicts: v[:1]})), "不符合", "到会人数应当过半", "现在是", "实到 588 人", "应当是", "604", "怎么办", "《中华人民共和国村民委员会组织法》第二十二条", "VCL-22-quorum")
}

func TestStepsMarkTheCurrentAndTheLate(t *testing.T) {
	html := render(t, Steps(sampleSteps()))
	want(t, html, `class="step-done" aria-current="false"`, `第 4102 号`, `class="step-skipped"`, `不需要`, `class="step-late" aria-current="step"`, `已超期`, `已超过 3 天`, `class="step-current" aria-current="step"`, `class="step-todo"`, `未开始`)
}

func TestTreeOpensTheWayToTheCurrentUnit(t *testing.T) {
	html := render(t, Tree("树", sampleTree()))
	if n := strings.Count(html, "<details open>"); n != 2 {
		t.Errorf("%d nodes open, want the town and the current branch", n)
	}
	want(t, html, `aria-current="page"`, `文峰村党总支`, `216`, `渡江村党总支`, `<details>`)
}

func TestProgressPollsOnlyWhileRunning(t *testing.T) {
	running := render(t, Progress(ProgressProps{Title: "导入", Done: 1, Total: 3, Unit: "行", Poll: "/p"}))
	want(t, running, `hx-get="/p"`, `hx-trigger="every 1s"`, `1 / 3 行，33%`, `max="3" value="1"`)
	unknown := render(t, Progress(ProgressProps{Title: "导入", Done: 1200, Unit: "行"}))
	want(t, unknown, `已处理 1,200 行`, `<progress aria-label="导入">`)
	reject(t, render(t, Progress(ProgressProps{Title: "导入", Finished: true, Poll: "/p"})), "hx-get")
	failed := render(t, Progress(ProgressProps{Title: "导入", Failed: "文件断了", Poll: "/p"}))
	want(t, failed, `role="alert"`, "文件断了")
	reject(t, failed, "hx-get")
}

func TestNoticeSaysWhoApprovedAndHowToVerify(t *testing.T) {
	html := render(t, NoticeSheet(sampleNotice()))
	want(t, html, "财务公开", `文峰村<span class="nobr">2026年10月</span>财务收支公开`, "〔2026〕12号", "单位：元", "96,400.00", "合计（大写）：壹拾贰万捌仟陆佰伍拾元柒角伍分", "128,650.75 元",
		"2026年11月3日至2026年11月18日", "审批", "王建国", "村务监督委员会", "吴桂兰", `class="qr"`, "扫码查验", "第 4188 号", "https://cunju.example.cn/verify/321002003/4188")
	reject(t, html, "alert")
	n := sampleNotice()
	n.Verify = Verification{}
	reject(t, render(t, NoticeSheet(n)), `class="qr"`)
}

// TestQRDrawsExactlyTheDarkModules redraws the path on a grid and compares it
// with the code, quiet zone included.
func TestQRDrawsExactlyTheDarkModules(t *testing.T) {
	code, err := qr.Encode("https://cunju.example.cn/verify/321002003/4188", qr.M)
	if err != nil {
		t.Fatal(err)
	}
	drawn := map[[2]int]bool{}
	for _, run := range strings.Split(strings.TrimSuffix(qrPath(code), "z"), "z") {
		var x, y, n, back int
		if _, err := fmt.Sscanf(run, "M%d %dh%dv1h-%d", &x, &y, &n, &back); err != nil || n != back {
			t.Fatalf("run %q: %v", run, err)
		}
		for i := range n {
			drawn[[2]int{x + i, y}] = true
		}
	}
	for y := -quiet; y < code.Size+quiet; y++ {
		for x := -quiet; x < code.Size+quiet; x++ {
			if code.Black(x, y) != drawn[[2]int{x + quiet, y + quiet}] {
				t.Fatalf("module %d,%d is wrong", x, y)
			}
		}
	}
	if html := render(t, QR(strings.Repeat("长", 2000), "码")); strings.Contains(html, "<svg") {
		t.Error("a text too long for a code draws one")
	}
}

func TestDiffMarksOnlyWhatChanged(t *testing.T) {
	html := render(t, Diff("旧", "新", []DiffRow{{"姓名", "王", "王"}, {"日期", "", "<1985>"}}))
	want(t, html, "姓名", "日期", "有改动", "<del>（空）</del>", "<ins>&lt;1985&gt;</ins>")
	if n := strings.Count(html, "有改动"); n != 1 {
		t.Errorf("%d rows marked, want 1", n)
	}
}

func TestDeskFrame(t *testing.T) {
	html := render(t, Desk(galleryFrame(Page{Title: "题<", Assets: testAssets, Refresh: 5, Flash: []Flash{{Tone: Success, Text: "已登记"}}}, sampleNav())))
	want(t, html, `<noscript><meta http-equiv="refresh" content="5">`, `<title>题&lt; · 村居</title>`, `href="/assets/app.css"`, `src="/assets/app.js" defer`, `跳到正文`, `党的建设`, `aria-current="page"`, `党员名册`,
		`陈晓梅`, `method="post"`, `退出登录`, `name="q"`, `数据截至`, `name="asof" value="2026-11-23"`, `5 条未读`, `id="main"`, `已登记`)
	bare := render(t, Desk(DeskProps{}))
	reject(t, bare, `name="q"`, `name="asof"`, "未读", "退出登录", "http-equiv")
}

func TestBigTypeIsALinkAndAClass(t *testing.T) {
	off := render(t, Board(BoardProps{Page: Page{BigHref: "/x?big=1"}, Village: "渡江村"}))
	want(t, off, `class="face-board"`, `href="/x?big=1"`, `aria-pressed="false"`, "大字")
	want(t, render(t, Phone(PhoneProps{Page: Page{Big: true, BigHref: "/x?big=0"}})), `class="face-phone big"`, `href="/x?big=0"`, `aria-pressed="true"`)
	reject(t, render(t, Board(BoardProps{})), "大字")
}

func TestSheetTakesThePageBoxOfItsPaper(t *testing.T) {
	want(t, render(t, Sheet(SheetProps{Page: Page{Assets: testAssets}})), `href="/assets/sheet-a4.css"`, "纸张选 A4", "sheet-a4")
	want(t, render(t, Sheet(SheetProps{Page: Page{Assets: testAssets}, Paper: A3})), `href="/assets/sheet-a3.css"`, "纸张选 A3", "sheet-a3")
}

func TestDateText(t *testing.T) {
	for in, out := range map[string]string{"2026-01-20": "2026年1月20日", "": "—", "2026-02-30": "2026-02-30", "去年": "去年"} {
		if got := DateText(in); got != out {
			t.Errorf("DateText(%q) = %q, want %q", in, got, out)
		}
	}
}
