package catalogue

import (
	"cunju/internal/law/ceo"
	"cunju/internal/law/notice"
)

// collectiveItems are what a rural collective publishes: 农村集体经济组织法 articles 45 and 46, 土地管理法 article 49, and the rhythm
// of the rules of 2011. No statute gives days on the board; a local act may.
func collectiveItems() []Item {
	const council = "集体经济组织理事会"
	const since = "2025-05-01"
	return []Item{
		{Code: CodeFinance, Subject: "collective", Title: "集体财务收支", Detail: "上期结余、各项收入、各项支出、本期结余，逐笔列明；先由民主理财小组审核。", Rules: []string{"DS-13-prompt", "DS-14"},
			Class: notice.Money, Rhythm: Quarterly, Members: true, Form: Finance, Office: "集体经济组织会计", Since: since},
		{Code: CodePlan, Subject: "collective", Title: "年度财务计划", Detail: "计划的收入、支出、建设项目和收益分配；先由民主理财小组审核。", Rules: []string{"DS-14"}, Class: notice.Yearly,
			Rhythm: AtOnce, Event: "计划通过的日期", Members: true, Form: Table, Office: council, Since: since},
		{Code: "assets", Subject: "collective", Title: "集体资产、资源和债权债务", Detail: "资产和资源的数量、发包出租、增减变动，欠人的和人欠的。", Rules: []string{"DS-13-prompt", "DS-14"},
			Class: notice.Ordinary, Rhythm: Quarterly, Members: true, Form: Table, Office: council, Since: since},
		{Code: "matters", Subject: "collective", Title: "集体财产使用管理和涉及成员利益的重大事项", Detail: "发包、出租、投资、处置、举债等，一发生就公开。", Rules: []string{"DS-13-prompt"},
			Class: notice.Major, Rhythm: AtOnce, Asks: "及时", Members: true, Form: Text, Office: council, Since: since},
		{Code: "annual", Subject: "collective", Title: "年度工作报告、财务会计报告和收益分配方案", Detail: "成员大会召开十日以前交成员查阅；成员可以查阅、复制。", Rules: []string{"DS-13-ahead"},
			Class: notice.Major, Rhythm: AtOnce, Before: ceo.AheadDays, Event: "成员大会召开日期", Scope: Collective, Form: Table, Office: council, Since: since},
		{Code: "land-money", Subject: "collective", Title: "征收土地补偿费的收支状况", Detail: "收到多少、怎样使用、怎样分配。", Rules: []string{"DS-15"}, Class: notice.Major,
			Rhythm: AtOnce, Event: "到账或者使用的日期", Members: true, Form: Finance, Office: council, Since: since},
	}
}
