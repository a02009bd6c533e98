package catalogue

import "cunju/internal/law/notice"

// inForce is since when the laws on villagers' and residents' committees hold in their present text.
const inForce = "2026-01-01"

// villageItems are what a villagers' committee publishes: 村民委员会组织法 article 35, and 40 for audits.
func villageItems() []Item {
	const committee = "村民委员会"
	days, order := 15, []string{"DS-01", "DS-02"}
	return []Item{
		{Code: CodeFinance, Subject: "finance", Title: "财务收支", Detail: "上期结余、各项收入、各项支出、本期结余，逐笔列明。", Rules: order, Class: notice.Money,
			Rhythm: Quarterly, Days: days, Form: Finance, Office: "村会计（报账员）", Since: inForce},
		{Code: string(notice.Decisions), Subject: "village", Title: notice.Decisions.Chinese(), Detail: "村民会议、村民代表会议决定的事项：议题、到会人数、表决结果；以前决定的事办得怎样。", Rules: order,
			Class: notice.Ordinary, Rhythm: Quarterly, Days: days, Form: Decision, Office: committee, Since: inForce},
		{Code: string(notice.Relief), Subject: "village", Title: notice.Relief.Chinese(),
			Detail: "政府拨付的和社会捐赠的：来源、数额、发给谁、依据。名单只写必要的内容，证件号、电话、卡号不上墙。", Rules: order, Class: notice.Ordinary, Rhythm: Quarterly, Days: days, Form: List, Office: committee, Since: inForce},
		{Code: string(notice.Assistance), Subject: "village", Title: notice.Assistance.Chinese(), Rules: order, Class: notice.Ordinary, Rhythm: Quarterly, Days: days,
			Form: Text, Office: committee, Since: inForce},
		{Code: string(notice.Consultation), Subject: "village", Title: notice.Consultation.Chinese(), Rules: order, Class: notice.Ordinary, Rhythm: Quarterly, Days: days, Form: Decision,
			Office: committee, Since: inForce},
		{Code: string(notice.Common), Subject: "village", Title: notice.Common.Chinese(), Rules: order, Class: notice.Ordinary, Rhythm: Quarterly, Days: days,
			Form: Text, Office: committee, Since: inForce},
		{Code: "major", Subject: "village", Title: "涉及村民利益的重大事项", Detail: "一发生就公开，不等到季度末。", Rules: []string{"DS-02"}, Class: notice.Major, Rhythm: AtOnce, Asks: "随时", Days: days,
			Form: Text, Office: committee, Since: inForce},
		{Code: "audit", Subject: "village", Title: "村民委员会成员任期和离任经济责任审计结果", Rules: []string{"DS-11-village"},
			Class: notice.Major, Rhythm: AtOnce, Latest: "离任审计的结果要在下一次选举以前公布", Event: "收到审计结果的日期", Days: days, Form: Text, Office: committee, Since: inForce},
	}
}
