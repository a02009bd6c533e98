package e2e

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"cunju/e2e/browser"
)

// long is how long works with a progress bar may take on a busy machine.
const long = 60 * time.Second

// The main journey, as people with and without scripts go it. Both towns are their own.
func TestMainJourney(t *testing.T) {
	needBrowser(t)
	for name, script := range map[string]bool{"scripts on": true, "scripts off": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := &journey{t: t, script: script}
			j.server = serve(t, copyTown(t))
			j.roster()
			j.lastYear()
			j.publish()
			j.villager()
			j.print()
		})
	}
}

// journey is what one stage leaves to the next.
type journey struct {
	*server
	t       *testing.T
	script  bool
	clerk   *browser.Tab
	title   string // of the notice
	notice  string // its public path
	verify  string // the address in its QR code
	receipt string // a picture that is attached
}

// desk opens a large window for a person with an office.
func (j *journey) desk(login string) *browser.Tab {
	o := browser.DeskSize
	o.NoScript = !j.script
	return j.enter(j.t, login, o)
}

// inspect holds the open page to the same as the site map; it needs scripts for that.
func (j *journey) inspect(tab *browser.Tab, what string) {
	if j.script {
		inspect(j.t, tab, "/desk: "+what)
	}
}

// roster: a damaged roster is refused cell by cell, the repaired one recorded whole.
func (j *journey) roster() {
	t := j.t
	j.clerk = j.desk("chenxiaomei")
	tab := j.clerk
	tab.ClickIn("nav", "党员", 0)
	tab.Click("批量导入")
	tab.Upload("文件", file("damaged-roster.xlsx"))
	tab.Click("上传并核对")
	tab.WaitFor("可以登记 28 行", long)
	tab.See("12 处")
	for _, d := range common.facts.Damaged {
		if row := tab.Row(d.Cell); !strings.Contains(row, d.Heading) || !strings.Contains(row, "错误") {
			t.Errorf("%s (%s, %s) is not among the problems: %q", d.Cell, d.Heading, d.Problem, row)
		}
	}
	for _, n := range personal(tab.Text()) {
		t.Errorf("the preview shows the personal number %s", n)
	}
	if f := tab.Fetch(tab.Href("带批注的原表")); f.Status != 200 || !bytes.HasPrefix(f.Body, []byte("PK")) || !strings.Contains(f.Name, "attachment") {
		t.Errorf("the marked copy: %d %s", f.Status, f.Name)
	}
	j.inspect(tab, "the preview of a damaged roster")

	tab.Upload("改好的表", file("repaired-roster.xlsx"))
	tab.Click("重新上传")
	tab.WaitFor("可以登记 40 行", long)
	tab.Click("登记全部 40 行")
	tab.WaitFor("已登记 40 名党员", long)
	j.inspect(tab, "the end of an import")
}

// lastYear: a member as of the same day last year.
func (j *journey) lastYear() {
	t, tab := j.t, j.clerk
	tab.Click("看党员名册")
	if tab.Path() != "/desk/members" {
		t.Errorf("the roster is at %s", tab.Path())
	}
	tab.Follow(`^/desk/members/\d+`)
	tab.See("党籍", "在册经过", "办理记录")
	day := time.Now().AddDate(-1, 0, 0).Format(time.DateOnly)
	tab.Fill("数据截至", day)
	if !j.script {
		tab.ClickIn(".desk-asof", "查看", 0)
	}
	tab.See("正在查看", "不是今天的情况", "党籍")
	if !strings.Contains(tab.Path(), "asof="+day) {
		t.Errorf("the day is not in the address: %s", tab.Path())
	}
	tab.Click("回到今天")
	tab.NotSee("不是今天的情况")
}

// publish: the accountant drafts from a published finance table, the supervision committee checks, the secretary approves,
// the head publishes and posts. Who drafted cannot approve.
func (j *journey) publish() {
	t := j.t
	draft := j.desk("xuhaiyan")
	draft.ClickIn("nav", "三务公开", 0)
	draft.Click("起草公开事项")
	draft.Upload("表格", file("finance/yunxiao-2017.xlsx"))
	draft.Fill("标题", "") // the table brings its own
	draft.Choose("公开目录事项", "目录以外的事项")
	draft.Click("只预览")
	draft.WaitFor("村民看到的样子", long)
	draft.See("云霄县2017年度村级组织运转经费分配表", "云陵镇", "824")
	j.inspect(draft, "a draft with a table")
	draft.Click("保存草稿")
	draft.See("草稿已保存")
	j.title = "云霄县2017年度村级组织运转经费分配表"
	page := draft.Path()
	draft.Click("修改草稿")
	j.receipt = picture(t)
	draft.Upload("添加附件", j.receipt)
	draft.Click("只预览")
	draft.See(filepath.Base(j.receipt))
	j.inspect(draft, "a draft with an attachment")
	draft.Click("保存草稿")
	draft.See("草稿已修改", filepath.Base(j.receipt))
	draft.Click("提交审查")
	draft.See("已提交监督委员会审查", "这一步由别人办理")
	j.inspect(draft, "a notice under way")

	check := j.desk("zhumingliang")
	check.Click(j.title) // it waits on his desk
	check.Check("同意，交付审批")
	check.Click("登记审查意见")
	check.See("审查意见已登记")

	draft.Go(page)
	if draft.Has("登记审批意见") {
		t.Error("who drafted a notice is offered to approve it")
	}
	draft.See("这一步由别人办理")
	if status := draft.Post(page+"/approve", map[string]string{"agree": "yes", "seen": "0"}); status != 403 {
		t.Errorf("approving one's own notice by hand answers %d", status)
	}

	approve := j.desk("wangjianguo")
	approve.Click(j.title)
	approve.Check("同意公布")
	approve.Fill("会议日期", today().Format(time.DateOnly))
	approve.Fill("主持人", "王建国")
	approve.Fill("应到人数", "7")
	approve.Fill("实到人数", "6")
	approve.Click("登记审批意见")
	approve.See("审批意见已登记")

	post := j.desk("lizhiqiang")
	post.Go(page)
	post.ClickIn("main", "公布", 0)
	if j.script {
		post.See("公布以后不能修改，确定公布吗？")
		post.ClickIn("dialog", "确定", 0)
	}
	post.See("已公布")
	post.Fill("张贴地点", "村委会门前公开栏")
	post.Click("登记上栏张贴")
	post.See("上栏张贴已登记")
	j.inspect(post, "a published notice")
}

var verifyAddress = regexp.MustCompile(`https?://[^\s"<]+/n/\d+/verify`)

// villager: on a phone without a log-in, the notice is found, read and verified.
func (j *journey) villager() {
	t := j.t
	o := browser.PhoneSize
	o.NoScript = !j.script
	tab := j.visit(t, o)
	tab.Go("/")
	tab.Click(j.title)
	j.notice = tab.Path()
	tab.See(j.title, "824", "扫码查验", "村委会门前公开栏")
	if wide := tab.TooWide(); wide != "" {
		t.Errorf("the notice on a phone: %s", wide)
	}
	want, err := os.ReadFile(j.receipt)
	if err != nil {
		t.Fatal(err)
	}
	if f := tab.Fetch(tab.Href(filepath.Base(j.receipt))); f.Status != 200 || !bytes.Equal(f.Body, want) || !strings.Contains(f.Name, "attachment") {
		t.Errorf("the attachment: %d %s, %d bytes of %d", f.Status, f.Name, len(f.Body), len(want))
	}
	j.verify = verifyAddress.FindString(tab.Text())
	if !strings.HasPrefix(j.verify, j.base) {
		t.Fatalf("the sheet names no address to verify it, but %q", j.verify)
	}
	tab.Go(j.verify)
	tab.ReloadUntil("查验通过", long)
	tab.See("这能证明什么", "这不能证明什么")
	if j.script {
		inspect(t, tab, "the verification")
	}
}

// print: the sheet for the board as PDF, with the words, the number and the address on it.
func (j *journey) print() {
	t := j.t
	o := browser.DeskSize
	o.NoScript = !j.script
	tab := j.visit(t, o)
	tab.Go(j.notice)
	number := regexp.MustCompile(`\S+公开〔\d{4}〕\d+号`).FindString(tab.Text())
	if number == "" {
		t.Errorf("the notice shows no number: %s", tab.Text())
	}
	tab.Click("打印（A4）")
	pdf := tab.PDF()
	words, pages := readPDF(t, pdf)
	if pages > 2 { // the table on one, at most the particulars and the QR code on another
		t.Errorf("a table of 11 lines takes %d sheets", pages)
	}
	for _, w := range []string{j.title, number, "合计", "824", "扫码查验", "监督审查", "审批"} {
		if !strings.Contains(words, strings.ReplaceAll(w, " ", "")) {
			t.Errorf("the printed sheet lacks %s: %s", w, words)
		}
	}
	for _, w := range []string{"Ctrl", "返回"} {
		if strings.Contains(words, w) {
			t.Errorf("the tool bar is printed: %s", w)
		}
	}
}

// picture makes a small picture of a voucher.
func picture(t *testing.T) string {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, 40, 30))
	for i := range img.Pix {
		img.Pix[i] = uint8(i)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "拨款凭证.png")
	if err := os.WriteFile(name, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// readPDF takes the words out of a PDF, without blanks, which printing distributes as it likes, and counts its pages.
func readPDF(t *testing.T, pdf []byte) (words string, pages int) {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		if browser.Required() {
			t.Fatal("pdftotext is missing (poppler-utils)")
		}
		t.Skip("pdftotext is missing (poppler-utils)")
	}
	name := filepath.Join(t.TempDir(), "sheet.pdf")
	if err := os.WriteFile(name, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-layout", name, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(string(out)), ""), bytes.Count(out, []byte("\f"))
}
