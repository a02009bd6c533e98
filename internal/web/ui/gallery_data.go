package ui

func sampleNav() []NavGroup {
	return []NavGroup{
		{Items: []NavItem{
			{Text: "工作台", Href: "#", Icon: "layout-dashboard"},
			{Text: "待办事项", Href: "#", Icon: "checkup-list", Badge: "5"},
		}},
		{Title: "党的建设", Items: []NavItem{
			{Text: "组织机构", Href: "#", Icon: "sitemap"},
			{Text: "党员名册", Href: "#", Icon: "users", Active: true},
			{Text: "流动党员", Href: "#", Icon: "arrows-exchange", Badge: "23"},
			{Text: "发展党员", Href: "#", Icon: "user-plus", Badge: "3"},
			{Text: "志愿服务", Href: "#", Icon: "heart-handshake"},
		}},
		{Title: "村居治理", Items: []NavItem{
			{Text: "民主决策", Href: "#", Icon: "gavel"},
			{Text: "三务公开", Href: "#", Icon: "speakerphone", Badge: "2"},
			{Text: "民主测评", Href: "#", Icon: "clipboard-check"},
			{Text: "矛盾调解", Href: "#", Icon: "scale"},
		}},
		{Title: "集体经济", Items: []NavItem{
			{Text: "集体资产", Href: "#", Icon: "building-bank"},
			{Text: "股份分红", Href: "#", Icon: "coin-yuan"},
			{Text: "台账报表", Href: "#", Icon: "report"},
		}},
	}
}

func sampleTree() []TreeNode {
	return []TreeNode{{Text: "文峰街道党工委", Href: "#", Count: "2143", Children: []TreeNode{
		{Text: "文峰村党总支", Href: "#", Count: "216", Current: true, Children: []TreeNode{
			{Text: "第一党支部", Href: "#", Count: "48"},
			{Text: "第二党支部", Href: "#", Count: "52"},
			{Text: "老党员党支部", Href: "#", Count: "61"},
			{Text: "流动党员党支部", Href: "#", Count: "23"},
			{Text: "农贸市场党支部", Href: "#", Count: "32"},
		}},
		{Text: "渡江村党总支", Href: "#", Count: "187", Children: []TreeNode{{Text: "第一党支部", Href: "#", Count: "90"}}},
		{Text: "宝塔社区党委", Href: "#", Count: "342", Children: []TreeNode{{Text: "第一党支部", Href: "#", Count: "120"}}},
		{Text: "连运社区党总支", Href: "#", Count: "265", Children: []TreeNode{{Text: "第一党支部", Href: "#", Count: "88"}}},
		{Text: "荷花池社区党委", Href: "#", Count: "418", Children: []TreeNode{{Text: "第一党支部", Href: "#", Count: "140"}}},
	}}}
}

func sampleStats() []Stat {
	return []Stat{
		{Label: "正式党员", Value: "206", Note: "较上月 +2", Icon: "users", Tone: Accent, Href: "#"},
		{Label: "预备党员", Value: "7", Note: "3 人本季度转正", Icon: "user-plus", Tone: Info, Href: "#"},
		{Label: "流动党员", Value: "23", Note: "4 人超过 3 个月未联系", Icon: "arrows-exchange", Tone: Warn, Href: "#"},
		{Label: "本年党费收缴率", Value: "98.6%", Note: "3 人未缴", Icon: "coin-yuan", Tone: Success},
	}
}

func sampleAges() ChartProps {
	return ChartProps{Title: "年龄结构", Unit: "人", Label: "年龄", Points: []Point{
		{"35岁以下", 31}, {"36–45", 42}, {"46–55", 38}, {"56–65", 47}, {"66岁以上", 55}}}
}

func sampleVerdicts() []Verdict {
	return []Verdict{
		{Outcome: Refuse, Title: "到会人数应当过半", Rule: "VCL-22-quorum", Source: "《中华人民共和国村民委员会组织法》", Article: "第二十二条",
			Given: "应到 1,206 人，实到 588 人", Need: "至少 604 人到会", Remedy: "另行召集会议，或者由本户代表参加，三分之二以上的户到会也可以。", Href: "#"},
		{Outcome: Undecided, Title: "表决人数", Rule: "VCL-22-vote", Source: "《中华人民共和国村民委员会组织法》", Article: "第二十二条",
			Given: "没有登记同意人数", Need: "到会人员的过半数同意", Remedy: "补登表决结果。"},
		{Outcome: Caution, Title: "公示地点应当便于群众观看", Rule: "DS-04", Source: "《村务公开目录》", Article: "第四项", Given: "只登记了网上公开栏", Remedy: "同时张贴到村务公开栏。"},
		{Outcome: Pass, Title: "公示不少于 15 日", Rule: "DS-03", Source: "《中华人民共和国村民委员会组织法》", Article: "第三十条", Given: "11 月 1 日至 11 月 16 日"},
		{Outcome: NotYet, Title: "成员大会表决方式", Rule: "RCO-26", Source: "《中华人民共和国农村集体经济组织法》", Article: "第二十六条", Given: "2025 年 5 月 1 日起施行"},
		{Outcome: NotApplicable, Title: "涉及妇女权益的事项", Rule: "RCO-8", Source: "《中华人民共和国农村集体经济组织法》", Article: "第八条"},
	}
}

func sampleSteps() []Step {
	return []Step{
		{Title: "村党组织提议", Office: "文峰村党总支", State: StepDone, When: "2026-10-08", Act: 4102, Href: "#"},
		{Title: "两委会商议", Office: "村两委联席会议", State: StepDone, When: "2026-10-11", Act: 4117, Href: "#"},
		{Title: "党员大会审议", Office: "文峰村党总支", State: StepSkipped, Note: "本事项不涉及重大调整，依照村规不需要。"},
		{Title: "村民代表会议决议", Office: "文峰村村民委员会", State: StepLate, Clock: "应于 11 月 20 日前召开，已超过 3 天", Note: "到会人数不足，需要另行召集。", Action: Link{Text: "登记会议结果", Href: "#"}},
		{Title: "决议公开", Office: "文峰村村民委员会", State: StepCurrent, Clock: "决议后 3 个工作日内公开，还剩 2 天", Action: Link{Text: "起草公示", Href: "#"}},
		{Title: "实施结果公开", Office: "村务监督委员会", State: StepTodo},
	}
}

func sampleEvents() []Event {
	return []Event{
		{When: "2026-11-03 09:12", Title: "发布公示", Who: "文峰村村民委员会 · 周国平", Tone: Success, Act: 4188, Href: "#"},
		{When: "2026-11-02 16:40", Title: "村务监督委员会提出意见", Who: "村务监督委员会 · 吴桂兰", Text: "第 7 行的用途写得不清楚，请补充合同编号。", Tone: Warn, Links: []Link{{Text: "查看意见", Href: "#"}, {Text: "查看合同", Href: "#"}}},
		{When: "2026-11-02 10:05", Title: "退回修改", Who: "文峰村党总支 · 王建国", Text: longSentence(), Tone: Error},
		{When: "2026-11-01", Title: "起草公示", Who: "文峰村会计 · 徐海燕", Act: 4170, Href: "#"},
	}
}

// longSentence is a long sentence without a natural break.
func longSentence() string {
	s := ""
	for range 12 {
		s += "合同附件缺少验收单和发票复印件，"
	}
	return s + "请补齐。"
}

func sampleNotice() Notice {
	sum := int64(128_650_75)
	return Notice{
		Kind: "财务公开", Number: "文峰村公开〔2026〕12号", Title: "文峰村2026年10月财务收支公开", Unit: "文峰村村民委员会", Period: "2026年10月",
		Paragraphs: []string{"按照村务公开的规定，现将文峰村2026年10月财务收支情况公开如下，接受全体村民监督。公示期间有疑问的，可以向村务监督委员会查询原始凭证。"},
		Tables: []NoticeTable{{
			Caption: "收支明细", Unit: "单位：元", Heads: []string{"日期", "摘要", "收入", "支出"}, Numeric: []bool{false, false, true, true},
			Rows: [][]string{
				{"10-08", "农贸市场摊位租金（第三季度）", "96,400.00", ""},
				{"10-12", "上级拨入道路养护补助", "50,000.00", ""},
				{"10-15", "村道路灯维修，扬州某电力工程有限公司，合同〔2026〕31号", "", "12,749.25"},
				{"10-30", "保洁员工资（6 人）", "", "5,000.00"},
			},
			Total: []string{"合计", "", "146,400.00", "17,749.25"}, Sum: &sum,
		}},
		Posted: "2026-11-03", Until: "2026-11-18", Place: "村务公开栏、网上公开栏",
		Approvals: []Approval{{"编制", "徐海燕", "2026-11-01"}, {"审批", "王建国", "2026-11-02"}, {"村务监督委员会", "吴桂兰", "2026-11-02"}},
		Contact:   "村务监督委员会　吴桂兰　便民服务中心 2 号窗口",
		Verify:    Verification{URL: "https://cunju.example.cn/verify/321002003/4188", Act: 4188, Print: "9F2C 71A0 44BE 0D13"},
	}
}

func sampleSides() SidesProps {
	v := func(n int64) *int64 { return &n }
	return SidesProps{Title: "支出", Unit: "元", Decimals: 2, Series: []string{"本期", "上期", "计划"}, Rows: []SidesRow{{"支出合计", []*int64{v(8426928), v(8000771), v(9000000)}},
		{"七十周岁以上老人节日慰问", []*int64{v(2630000), nil, v(3000000)}}, {"冲销", []*int64{v(-120000), v(0), nil}}}}
}
