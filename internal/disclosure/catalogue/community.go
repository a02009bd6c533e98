package catalogue

import "cunju/internal/law/notice"

// communityItems are what a residents' committee publishes: 城市居民委员会组织法 articles 34, 37, 38 and 42. The law asks for prompt
// publication and gives no rhythm.
func communityItems() []Item {
	const committee = "居民委员会"
	prompt := []string{"DS-04-items", "DS-04-prompt"}
	item := func(code notice.Item, form Form) Item {
		return Item{Code: string(code), Subject: "village", Title: code.Chinese(), Rules: prompt, Class: notice.Ordinary, Rhythm: AtOnce, Asks: "及时", Days: 15, Form: form,
			Office: committee, Since: inForce}
	}
	return []Item{
		{Code: CodeFinance, Subject: "finance", Title: "财务收支", Detail: "上期结余、各项收入、各项支出、本期结余，逐笔列明。", Rules: prompt, Class: notice.Money, Rhythm: AtOnce,
			Asks: "及时", Event: "结账日期", Days: 15, Form: Finance, Office: "社区会计（报账员）", Since: inForce},
		item(notice.Decisions, Decision),
		item(notice.Relief, List),
		item(notice.Assistance, Text),
		item(notice.Consultation, Decision),
		item(notice.Facilities, Text),
		item(notice.Projects, Table),
		item(notice.Funds, Finance),
		item(notice.Common, Text),
		{Code: "appraisal", Subject: "village", Title: "居民委员会成员民主评议结果", Detail: "每年至少评议一次；评议完就及时公布结果，不等到年底。", Rules: []string{"DS-10"}, Class: notice.Yearly, Rhythm: Yearly, Certain: true, Days: 15, Form: Table,
			Office: "居务监督委员会主持，居民委员会公布", Since: inForce},
		{Code: "audit", Subject: "village", Title: "居民委员会主任任期和离任经济责任审计结果", Rules: []string{"DS-11-community"},
			Class: notice.Major, Rhythm: AtOnce, Latest: "离任审计的结果要在下一次选举以前公布", Event: "收到审计结果的日期", Days: 15, Form: Text, Office: committee, Since: inForce},
	}
}
