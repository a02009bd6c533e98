package e2e

import (
	"regexp"
	"testing"

	"cunju/e2e/browser"
)

// A villager asks from his phone about a notice of his village; what he asked is told to nobody until it is answered, and then
// without his name.
func TestDisclosureVillagerAsks(t *testing.T) {
	needBrowser(t)
	s := serve(t, copyTown(t))
	const question = "结余的钱存在哪家银行？"
	tab := s.enter(t, "lixiuying", browser.PhoneSize)
	tab.Go("/")
	tab.Click("文峰村 最近公开")
	tab.Follow(`^/n/\d+$`)
	notice := tab.Path()
	tab.Choose("哪一行看不明白", "第 1 行")
	tab.Click("提问")
	tab.See("负责的单位要当场或者在期限内答复", "您的姓名不公开")
	inspect(t, tab, "asking")
	tab.Click("提交")
	if tab.Status() != 422 {
		t.Errorf("an empty question answers %d", tab.Status())
	}
	tab.Fill("您的问题", question)
	tab.Check("公开")
	tab.Click("提交")
	tab.See(question, "最迟", "登记号第")
	mine := tab.Path()
	inspect(t, tab, "one's own question")

	visitor := s.visit(t, browser.PhoneSize)
	visitor.Go(notice)
	visitor.See("第 1 行", "今天提出，还没有答复")
	visitor.NotSee(question, person(t, "lixiuying").Name)
	visitor.Go(mine)
	if visitor.Path() == mine {
		t.Error("a visitor reads what a villager asked")
	}

	office := s.enter(t, "xuhaiyan", browser.DeskSize)
	office.ClickIn("nav", "询问和监督", 0)
	office.Follow(regexp.QuoteMeta(mine[len("/me/questions/"):]) + "$")
	office.See(question)
	office.NotSee(person(t, "lixiuying").Name)
	office.Fill("答复", "存在农商行文峰支行基本账户，对账单在村务公开栏。")
	office.Click("答复并公开")
	tab.Reload()
	tab.See("农商行文峰支行")
	tab.Click("看这张公示")
	tab.See(question, "农商行文峰支行")

	// Who has no account is told how to ask.
	visitor.Go(notice)
	visitor.Click("提问")
	visitor.See("没有账号的", "打电话", "登录提问")
	inspect(t, visitor, "how to ask")
}

// What was corrected and what was covered after it was published is said on the page, on the page that verifies it, and what
// stood there before is not hidden where it may be shown.
func TestDisclosureCorrectedAndCovered(t *testing.T) {
	needBrowser(t)
	s := serve(t, copyTown(t))
	tab := s.visit(t, browser.PhoneSize)
	const old, right = "文峰村2026年第二季度群众关心事项办理情况", "文峰村2026年第二季度群众关心事项办理情况（更正）"
	find := func(words string) {
		tab.Go("/")
		tab.Fill("按公示编号、标题或项目查找", words)
		tab.ClickIn(".board-search", "查找", 0)
		tab.See("找到")
	}
	find("群众关心")
	tab.Click(right)
	tab.See("这张公示更正了《"+old+"》", "6盏")
	tab.Click("查验这张公示")
	tab.See("查验通过", "这张公示更正了《"+old+"》")
	tab.Click("看原来的那张")
	tab.See("本公示已由《"+right+"》", "以更正为准", "12盏")
	tab.Click("查验这张公示")
	tab.See("查验通过", "已由《"+right+"》", "以更正为准")
	inspect(t, tab, "the verification of a corrected notice")
	tab.Click("看更正")
	tab.See("6盏")

	find("困难家庭慰问")
	tab.Click("文峰村2026年困难家庭慰问名单")
	tab.See("这张公示有个人信息被依法遮盖", "＊＊＊", "原来的登记条目和编号没有变")
	inspect(t, tab, "a notice with a part covered")
	tab.Click("查验这张公示")
	tab.See("查验通过", "遮盖前的原件", "已经依法删除")
	inspect(t, tab, "the verification of a notice with a part covered")
	f := tab.Fetch(tab.Href("凭据"))
	if f.Status != 200 {
		t.Errorf("the receipt of a covered notice: %d", f.Status)
	}
}
