package catalogue

import "cunju/internal/law/notice"

// partyItems are what a Party organisation of a village or community publishes (党务公开条例（试行）). The regulation names matters and
// leaves rhythm and scope to each organisation's own catalogue; what is about single members stays among the members.
func partyItems() []Item {
	const committee = "党组织委员会"
	const since = "2017-12-20"
	item := func(code, title, detail string, r Rhythm, s Scope, f Form) Item {
		return Item{Code: code, Subject: "party", Title: title, Detail: detail, Rules: []string{"DS-17"}, Class: notice.Yearly, Rhythm: r, Scope: s, Form: f, Office: committee, Since: since}
	}
	yearly := func(it Item) Item { // what every organisation has to do each year
		it.Certain = true
		return it
	}
	return []Item{
		yearly(item("party-plan", "职责任务、年度工作计划和完成情况", "", Yearly, Public, Text)),
		yearly(item("party-decisions", "党组织的决议、决定和执行情况", "", Yearly, Public, Decision)),
		item("party-elections", "党组织换届、班子成员分工", "", AtOnce, Public, Text),
		item("party-admission", "发展党员", "确定积极分子、发展对象，接收预备党员，转正。", AtOnce, Party, List),
		item("party-dues", "党费收缴、使用和管理", "", Yearly, Party, Finance),
		yearly(item("party-appraisal", "民主评议党员、述职评议和表彰", "", Yearly, Party, Table)),
		item("party-discipline", "党员处分和组织处理", "", AtOnce, Party, Text),
		item(string(notice.Common), "党员和群众关心的其他党务事项", "", AtOnce, Public, Text),
	}
}
