package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"cunju/e2e/browser"
)

// late names what 渡江村 owes in the demonstration, and the notice that waits to be checked.
const (
	lateItem   = "2026年10月财务收支"
	lateNotice = "渡江村2026年10月财务收支公开表"
)

// A notice that is late, from the street's list to the shelf: objected to and answered, decided in a meeting, published, posted,
// seen on the board, asked about, and taken down when its days were over.
func TestDisclosureJourney(t *testing.T) {
	needBrowser(t)
	data := copyTown(t)
	j := &stay{t: t, server: serve(t, data)}
	j.overdue()
	j.steps()
	j.met()
	j.seen()
	j.ask()
	if strings.Contains(j.stop(), "没有正常停止") {
		t.Error("the server complains of its own start")
	}
	// The day on which it was put up does not count, fifteen days follow; a day off at their end moves it further.
	j.server = serveAsOf(t, data, today().AddDate(0, 0, 26))
	j.down()
}

// stay is what one part of the journey leaves to the next.
type stay struct {
	*server
	t      *testing.T
	desk   string // address of the notice at the desk
	public string // on the board
	late   string // number of days
}

// today is the day of the year in China, which is the program's.
func today() time.Time { return time.Now().UTC().Add(8 * time.Hour) }

// chinese writes a day as pages do.
func chinese(d time.Time) string { return fmt.Sprintf("%d年%d月%d日", d.Year(), d.Month(), d.Day()) }

func (j *stay) at(login string) *browser.Tab { return j.enter(j.t, login, browser.DeskSize) }

// act presses a button and, where the program reminds of something, has seen it and goes on.
func act(tab *browser.Tab, button string) {
	tab.Click(button)
	if tab.Has(goOn) {
		tab.Click(goOn)
	}
}

const goOn = "看过了，照此办理"

var daysLate = regexp.MustCompile(`(\d+) 天`)

// overdue: the street's page names the village, the item, since when, who answers for it, and the article.
func (j *stay) overdue() {
	tab := j.at("chenxiaomei")
	tab.ClickIn("nav", "应公开事项", 0)
	tab.Click("逾期一览")
	row := tab.Row(lateItem)
	m := daysLate.FindStringSubmatch(row)
	if m == nil || !strings.Contains(row, "渡江村") || !strings.Contains(row, "2026-11-16") || !strings.Contains(row, "《村民委员会组织法》（2025年修正）第三十五条") {
		j.t.Fatalf("the late item: %q", row)
	}
	j.late = m[1]
	inspect(j.t, tab, "/desk: what is late")
	tab.Click(lateItem)
	tab.See(lateItem, "2026年11月15日", "顺延", "第三十五条")
	inspect(j.t, tab, "/desk: an item that is late")
}

// steps: the supervisors agree but want an answer, the accountant answers, the meeting decides, the notice is published and hung.
func (j *stay) steps() {
	check := j.at("wuguodong")
	check.Click(lateNotice)
	j.desk = check.Path()
	check.Check("同意，但有意见要先答复")
	act(check, "登记审查意见") // without saying what
	check.See("请写明是什么意见")
	check.Fill("监督意见", "市场卫生费支出请附收据")
	act(check, "登记审查意见")
	check.See("审查意见已登记")

	draft := j.at("zhaofurong")
	draft.Go(j.desk)
	draft.See("市场卫生费支出请附收据")
	draft.Fill("答复", "收据共三张，已附在凭证后面。")
	act(draft, "登记答复")
	draft.See("答复已登记")

	head := j.at("chenzhiqiang")
	head.Go(j.desk)
	head.See("收据共三张")
	head.Check("同意公布")
	head.Fill("会议日期", today().Format(time.DateOnly))
	head.Fill("主持人", "陈志强")
	head.Fill("应到人数", "10")
	head.Fill("实到人数", "12")
	act(head, "登记审批意见")
	head.See("不能多于应到人数")
	head.Fill("实到人数", "9")
	head.Fill("会议决定", "一致同意公布")
	act(head, "登记审批意见")
	head.See("审批意见已登记")
	head.ClickIn("main", "公布", 0)
	head.ClickIn("dialog", "确定", 0)
	head.See("已公布")
	head.Fill("张贴地点", "渡江村公开栏")
	act(head, "登记上栏张贴")
	head.See("上栏张贴已登记")
	inspect(j.t, head, "/desk: a notice that hangs")
	j.public = strings.Replace(j.desk, "/desk/disclosure/", "/n/", 1)

	head.Fill("撤下的日期", today().Format(time.DateOnly))
	head.Fill("原因", "想早点撤")
	act(head, "登记撤下")
	head.See("才可以撤下", "还没有")
	if head.Status() != 422 && head.Status() != 409 {
		j.t.Errorf("taking down before its days are over answers %d", head.Status())
	}
}

// met: what was late is told as published late, at the desk and on the village's board.
func (j *stay) met() {
	tab := j.at("chenxiaomei")
	tab.Go("/desk/disclosure/late")
	if row := tab.Row(lateItem); strings.Contains(row, "渡江村") {
		j.t.Errorf("published, it is still late: %q", row)
	}
	visitor := j.visit(j.t, browser.PhoneSize)
	visitor.Go("/")
	visitor.Click(lateNotice)
	if visitor.Path() != j.public {
		j.t.Errorf("the board leads to %s, want %s", visitor.Path(), j.public)
	}
	visitor.See("渡江村公开栏", "最少要贴到", "怎么算的")
	visitor.ClickIn("nav", "首页", 0)
	visitor.Click("渡江村 最近公开")
	visitor.Click("最近办结")
	visitor.See(lateItem, "已公布，迟了 "+j.late+" 天")
}

// seen: the paper bears a code; who scans it and presses the large button proves this day.
func (j *stay) seen() {
	head := j.at("chenzhiqiang")
	head.Go(j.desk)
	head.Click("打印上栏，带核实码（A4）")
	code := scan(j.t, head.Source(), "现场核实二维码")
	if !strings.HasPrefix(code, j.base+j.public+"/here?k=") {
		j.t.Fatalf("the paper's code leads to %q", code)
	}
	phone := j.enter(j.t, "wuguodong", browser.PhoneSize)
	phone.Go(code)
	phone.See(lateNotice, "现在，这张公示贴在公开栏上吗？", "监督委员会成员")
	inspect(j.t, phone, "before the board")
	phone.Click("在 贴着，看得清")
	phone.See("登记好了：今天它在公开栏上")
	phone.Click("看这张公示的张贴证明")
	phone.See("监督委员会成员")
	phone.NotSee(person(j.t, "wuguodong").Name)
	inspect(j.t, phone, "the posting report")
}

// ask: somebody telephones, the clerk enters the question on its line, the accountant answers, everybody reads both.
func (j *stay) ask() {
	const question, answer = "这一笔付给了谁？", "付给市场保洁的临时用工，凭证在村委会可以查。"
	clerk := j.at("chenxiaomei")
	clerk.Go(j.desk)
	clerk.Click("代村民登记询问")
	clerk.Choose("第几行", "第 2 行")
	clerk.Fill("问题", question)
	clerk.Check("公开")
	clerk.Check("电话")
	clerk.Fill("姓名", "来电村民")
	clerk.ClickIn("main", "登记", 0)
	clerk.See("询问已登记，登记号第")
	inspect(j.t, clerk, "/desk: a question")

	visitor := j.visit(j.t, browser.PhoneSize)
	visitor.Go(j.public)
	visitor.See("第 2 行", "今天提出，还没有答复")
	visitor.NotSee(question, "来电村民")

	office := j.at("zhaofurong")
	office.ClickIn("nav", "询问和监督", 0)
	office.Click(lateNotice)
	office.See(question)
	office.Fill("答复", answer)
	office.Click("答复并公开")
	office.See("已答复")

	visitor.Reload()
	visitor.See(question, answer, "封存在总账第")
	visitor.NotSee("来电村民")
	inspect(j.t, visitor, "a notice with an answered question")
}

// down: weeks later the report tells the day that is proven and the gaps, and the notice goes from the board to the shelf.
func (j *stay) down() {
	visitor := j.visit(j.t, browser.PhoneSize)
	visitor.Go(j.public + "/posting")
	visitor.See("张贴证明", chinese(today()), "缺 ", "监督委员会成员")
	inspect(j.t, visitor, "a posting report with gaps")

	head := j.at("chenzhiqiang")
	head.Go(j.desk)
	head.Fill("撤下的日期", today().AddDate(0, 0, 26).Format(time.DateOnly))
	head.Fill("原因", "张贴期满")
	act(head, "登记撤下")
	head.See("撤下已登记")

	draft := j.at("zhaofurong")
	draft.Go(j.desk)
	draft.Fill("档号", "DJ-2026-010")
	draft.Fill("存放处", "渡江村档案室")
	draft.Check("公示原件")
	draft.Check("询问和答复")
	act(draft, "登记归档")
	draft.See("已归档，此件办结", "DJ-2026-010")
	inspect(j.t, draft, "/desk: a notice on the shelf")
	visitor.Go(j.public)
	visitor.See("期满撤下", "网上长期可以查看")
}
