package layouts

import "cunju/internal/sheet"

// DecisionTable is the list of what meetings decided and how far it is carried out (决议事项及落实情况).
func DecisionTable() *sheet.Layout {
	return &sheet.Layout{Name: "decisions", Title: "决议事项及落实情况", Columns: []sheet.Column{
		serial(),
		{Key: "meeting", Title: "会议", Kind: sheet.Text, Required: true, FillDown: true, Width: 24, Synonyms: []string{"会议名称", "会议类型", "决议会议", "议事会议", "会议形式"}},
		{Key: "day", Title: "决议日期", Kind: sheet.Date, FillDown: true, Synonyms: []string{"日期", "会议日期", "会议时间", "决议时间", "时间"}},
		{Key: "text", Title: "决议事项", Kind: sheet.Text, Required: true, Width: 36, Synonyms: []string{"决议内容", "决定事项", "议定事项", "事项", "内容", "表决事项"}},
		text("charge", "负责人", "责任人", "牵头人", "承办人", "责任单位", "承办单位"),
		{Key: "deadline", Title: "完成期限", Kind: sheet.Date, Synonyms: []string{"期限", "办结期限", "完成时限", "时限", "计划完成时间"}},
		{Key: "state", Title: "落实情况", Kind: sheet.Choice, Required: true, Synonyms: []string{"办理情况", "进展", "进展情况", "实施情况", "完成情况", "办理结果"}, Choices: []sheet.Option{
			{Value: "未启动", Synonyms: []string{"未开始", "未办理", "未实施", "尚未启动"}}, {Value: "正在办理", Synonyms: []string{"进行中", "办理中", "在办", "实施中", "推进中"}},
			{Value: "已办结", Synonyms: []string{"已完成", "完成", "办结", "已落实", "已实施"}}, {Value: "部分办结", Synonyms: []string{"部分完成", "部分落实"}},
			{Value: "暂停或终止", Synonyms: []string{"暂停", "终止", "取消", "停止"}}}},
		remark(),
	}}
}

// ResultTable is the list of audits and appraisals with what they found (审计、评议结果).
func ResultTable() *sheet.Layout {
	return &sheet.Layout{Name: "results", Title: "审计和评议结果", Columns: []sheet.Column{
		serial(),
		{Key: "kind", Title: "种类", Kind: sheet.Choice, Required: true, Synonyms: []string{"审计种类", "类别", "审计类型", "类型"}, Choices: []sheet.Option{
			{Value: "任期审计", Synonyms: []string{"任期经济责任审计", "任期"}}, {Value: "离任审计", Synonyms: []string{"离任经济责任审计", "离任"}},
			{Value: "专项审计", Synonyms: []string{"专项"}}, {Value: "民主评议", Synonyms: []string{"评议"}}, {Value: "其他检查", Synonyms: []string{"其他", "检查"}}}},
		{Key: "subject", Title: "对象", Kind: sheet.Text, Required: true, Synonyms: []string{"审计对象", "评议对象", "被审计人", "被审计单位", "审计（评议）对象", "姓名"}},
		{Key: "from", Title: "期间起", Kind: sheet.Date, Synonyms: []string{"审计期间起", "开始日期", "任期起"}},
		{Key: "to", Title: "期间止", Kind: sheet.Date, Synonyms: []string{"审计期间止", "结束日期", "任期止"}},
		{Key: "by", Title: "审计（组织）单位", Kind: sheet.Text, Required: true, Width: 24, Synonyms: []string{"审计单位", "审计机构", "组织单位", "评议组织", "审计人"}},
		{Key: "finding", Title: "结果和发现的问题", Kind: sheet.Text, Required: true, Width: 40, Synonyms: []string{"审计结果", "结果", "发现的问题", "评议结果", "审计结论", "结论", "问题"}},
		{Key: "mended", Title: "整改情况", Kind: sheet.Text, Width: 30, Synonyms: []string{"整改", "整改结果", "问题整改"}},
	}}
}

// AidTable is a list of recipients with no more than may be shown of them (DS-18): other columns of the file are not read.
func AidTable() *sheet.Layout {
	return &sheet.Layout{Name: "aid", Title: "受益人员名单", Columns: []sheet.Column{
		serial(),
		{Key: "name", Title: "姓名", Kind: sheet.Text, Required: true, Synonyms: []string{"户主", "户主姓名", "受助人", "救助对象", "补贴对象", "享受人", "领取人", "受益人", "低保户", "对象姓名"}},
		text("group", "组别", "村民小组", "组", "小组", "所在组", "居民小组", "楼栋"),
		text("kind", "类别", "救助类别", "补贴类别", "享受类别", "档次", "等级", "保障类别", "类型"),
		{Key: "amount", Title: "金额", Kind: sheet.Money, Summed: true, Positive: true, Synonyms: []string{"补助金额", "救助金额", "补贴金额", "发放金额", "补助标准", "保障金额", "实发金额", "应发金额", "领取金额", "慰问金"}},
		text("goods", "物资", "实物", "物品", "发放物资", "慰问品"),
	}, Note: []string{"名单只公开姓名、组别、类别、金额、物资；身份证号、电话、银行卡号、住址、病情不要填。"}}
}
