package layouts

import (
	"cunju/internal/calendar"
	"cunju/internal/sheet"
)

// Roster29 is the Party roster in the 29 columns of a provincial system
// (党员花名册). A branch file often has fewer: only name, identity number,
// category, branch and the day of admission must be there.
func Roster29(c Checks) *sheet.Layout {
	flag := func(key, title string, synonyms ...string) sheet.Column {
		return sheet.Column{Key: key, Title: title, Kind: sheet.Choice, Choices: yesNo(), Synonyms: synonyms}
	}
	expected := func(col sheet.Column) sheet.Column {
		col.Expected = true
		return col
	}
	return &sheet.Layout{
		Name:  "roster29",
		Title: "党员花名册",
		Note:  []string{"填表说明：橙色标题的栏目必须填写；日期以人事档案为准；没有的内容留空。"},
		Columns: []sheet.Column{
			serial(),
			name(),
			expected(sex()),
			idNumber(c, true),
			expected(nation()),
			expected(birth()),
			{Key: "education", Title: "学历", Kind: sheet.Choice, Choices: educationOptions(), Open: true, Expected: true,
				Synonyms: []string{"最高学历", "文化程度", "学历情况", "全日制学历", "受教育程度"}},
			{Key: "category", Title: "人员类别", Kind: sheet.Choice, Required: true, Choices: memberOptions(),
				Synonyms: []string{"党员类别", "党员类型", "政治面貌", "是否正式党员", "正式预备", "类别"}},
			text("degree", "学位", "最高学位", "学位情况"),
			{Key: "branch", Title: "所在党支部", Kind: sheet.Text, Required: true, Width: 24,
				Synonyms: []string{"所在支部", "党支部", "支部", "所属党支部", "所属支部", "所在党组织", "党支部名称", "支部名称", "组织关系所在支部", "组织关系所在党支部"}},
			phone(false),
			{Key: "admitted", Title: "入党日期", Kind: sheet.Date, Required: true,
				Synonyms: []string{"入党时间", "加入党组织日期", "加入中共组织日期", "入党年月", "加入党组织时间", "加入中国共产党日期", "何时入党", "接收为预备党员日期"}},
			{Key: "full", Title: "转正日期", Kind: sheet.Date, Expected: true,
				Synonyms: []string{"转正时间", "转为正式日期", "转为正式党员日期", "转正年月", "成为正式党员日期"}},
			{Key: "party_age", Title: "党龄", Kind: sheet.Int, Positive: true, Synonyms: []string{"党龄年", "党龄(年)"}},
			{Key: "party_age_offset", Title: "党龄校正值", Kind: sheet.Int, Synonyms: []string{"党龄修正值", "党龄校正"}},
			text("stratum", "新社会阶层类型", "新社会阶层", "新的社会阶层类型"),
			text("post", "工作岗位", "岗位", "职业", "工作单位及职务", "工作单位", "从事工作"),
			text("profession", "从事专业技术职务", "专业技术职务", "专业技术职称", "职称", "聘任专业技术职务"),
			flag("migrant_worker", "是否农民工", "农民工"),
			{Key: "residence", Title: "现居住地", Kind: sheet.Text, Personal: true, Width: 28,
				Synonyms: []string{"家庭住址", "现住址", "现居住地址", "居住地", "家庭地址", "住址", "常住地", "现居住地详细地址"}},
			{Key: "hukou", Title: "户籍所在地", Kind: sheet.Text, Personal: true, Width: 28,
				Synonyms: []string{"户口所在地", "户籍地", "户籍", "户籍地址", "户口所在地派出所", "户籍所在地派出所"}},
			flag("lost", "是否失联党员", "失联党员", "是否失联"),
			flag("floating", "是否流动党员", "流动党员", "是否流动", "是否为流动党员"),
			text("admission_type", "入党类型", "入党方式", "加入党组织类型"),
			text("conversion", "转正情况", "转正类型", "预备期转正情况"),
			text("admitting_branch", "入党时所在支部", "入党时所在党支部", "接收支部", "入党所在支部"),
			text("extension", "延长预备期时间", "延长预备期", "预备期延长", "延长预备期到"),
			text("industry", "党员所属行业", "所属行业", "行业", "从事行业"),
			text("post_note", "工作岗位补充", "工作岗位补充说明", "岗位补充"),
		},
		Check: checkRoster,
	}
}

// sinceConstitution is the day the present Party constitution was adopted: its
// article 1 asks for 18 years, its article 7 for a year of probation. Earlier
// constitutions knew other rules (in 1969 to 1977 there was no probation).
const sinceConstitution calendar.Date = "1982-09-06"

// checkRoster compares the dates of a member with each other and with the
// identity number, which states birthday and sex (GB 11643).
func checkRoster(t *sheet.Table) {
	for i := range t.Len() {
		r := t.Record(i)
		birthday, admitted, full := r.Date("birth"), r.Date("admitted"), r.Date("full")
		id := r.Text("id_number")
		if day, male, ok := ofID(id); ok {
			if birthday != "" && day != birthday {
				r.Report("birth", sheet.Warning, ruleIDNumber, "出生日期与身份证号里的 "+string(day)+" 不一致，请按档案核对")
			}
			if s := r.Text("sex"); s != "" && (s == "男") != male {
				r.Report("sex", sheet.Warning, ruleIDNumber, "性别与身份证号不一致，请核对")
			}
			if birthday == "" {
				birthday = day
			}
		}
		if birthday != "" && admitted != "" && admitted.Before(birthday.AddYears(18)) {
			level := sheet.Error
			if admitted.Before(sinceConstitution) {
				level = sheet.Warning
			}
			r.Report("admitted", level, ruleAge, "入党时不满 18 岁（"+string(birthday)+" 出生），请核对两个日期")
		}
		checkFull(r, admitted, full)
	}
}

// checkFull compares admission and the end of probation.
func checkFull(r sheet.Record, admitted, full calendar.Date) {
	switch category := r.Text("category"); {
	case full == "" && category == "正式党员" && admitted != "":
		if r.Has("full") {
			r.Report("full", sheet.Warning, ruleProbation, "正式党员没有转正日期，请补填")
		}
	case full == "":
	case category == "预备党员":
		r.Report("full", sheet.Error, ruleProbation, "人员类别是预备党员，却填了转正日期，请核对")
	case admitted == "":
	case full.Before(admitted):
		r.Report("full", sheet.Error, ruleProbation, "转正日期早于入党日期 "+string(admitted)+"，请核对两个日期")
	case !admitted.Before(sinceConstitution) && full.Before(admitted.AddYears(1)):
		r.Report("full", sheet.Error, ruleProbation, "预备期为一年，转正不应早于 "+string(admitted.AddYears(1))+"，请核对两个日期")
	}
}

// ofID reads birthday and sex out of an 18-digit identity number.
func ofID(id string) (birthday calendar.Date, male, ok bool) {
	if len(id) != 18 {
		return "", false, false
	}
	d, err := calendar.Parse(id[6:14])
	return d, (id[16]-'0')%2 == 1, err == nil
}

// VillageRoster is the short list that a village keeps of its members
// (村党员名册), with the columns that the lists of 50 years' membership and of
// members in hardship add.
func VillageRoster(c Checks) *sheet.Layout {
	id := idNumber(c, false)
	born := birth()
	born.Partial = true
	return &sheet.Layout{
		Name:  "village-roster",
		Title: "村（居）党员名册",
		Columns: []sheet.Column{
			serial(),
			name(),
			sex(),
			{Key: "village", Title: "所在村", Kind: sheet.Text, FillDown: true, Width: 14,
				Synonyms: []string{"村", "所在村居", "所在村社区", "村名", "村居", "所属村", "所在社区", "社区", "村(社区)", "所在村(社区)"}},
			{Key: "branch", Title: "所在支部", Kind: sheet.Text, Expected: true, FillDown: true, Width: 24,
				Synonyms: []string{"所在党支部", "党支部", "支部", "所属支部", "所属党支部", "所在党组织", "支部名称"}},
			{Key: "admitted", Title: "入党时间", Kind: sheet.Date, Partial: true, Required: true,
				Synonyms: []string{"入党日期", "入党年月", "加入党组织日期", "何时入党"}},
			{Key: "party_age", Title: "党龄", Kind: sheet.Int, Positive: true, Synonyms: []string{"党龄年"}},
			born,
			id,
			phone(false),
			text("hardship", "困难情况", "困难原因", "困难类型", "致困原因"),
			{Key: "allowance", Title: "补助金额", Kind: sheet.Money, Positive: true, Summed: true, Synonyms: []string{"补助标准", "慰问金额", "补助", "慰问金"}},
			text("cycle", "发放周期", "发放方式", "周期"),
			remark(),
		},
		Check: func(t *sheet.Table) {
			for i := range t.Len() {
				r := t.Record(i)
				born, admitted := r.Date("birth"), r.Date("admitted")
				if born != "" && admitted != "" && admitted.Before(born.AddYears(18)) {
					r.Report("admitted", sheet.Warning, ruleAge, "入党时不满 18 岁（"+string(born)+" 出生），请核对两个日期")
				}
			}
		},
	}
}

// OrganisationForm is the information form of Party organisations, one a row
// (党组织信息采集表).
func OrganisationForm(c Checks) *sheet.Layout {
	return &sheet.Layout{
		Name:  "organisation",
		Title: "党组织信息采集表",
		Columns: []sheet.Column{
			serial(),
			{Key: "organisation", Title: "党组织全称", Kind: sheet.Text, Required: true, Unique: true, Width: 32, Help: "与公章一致的全称。",
				Synonyms: []string{"党组织名称", "党组织全称(按公章)", "组织名称", "支部名称", "党支部名称", "党组织", "名称"}},
			text("parent", "上级党组织", "上级党组织名称", "隶属党组织", "所属党组织"),
			{Key: "kind", Title: "组织类别", Kind: sheet.Choice, Expected: true, Open: true,
				Synonyms: []string{"党组织类别", "组织类型", "党组织类型", "类别"},
				Choices: []sheet.Option{{Value: "党委", Synonyms: []string{"党的基层委员会", "基层党委"}}, {Value: "党总支", Synonyms: []string{"总支", "总支部", "党总支部"}},
					{Value: "党支部", Synonyms: []string{"支部"}}, {Value: "联合党支部", Synonyms: []string{"联合支部"}}, {Value: "临时党支部", Synonyms: []string{"临时支部"}},
					{Value: "党小组"}, {Value: "党工委"}}},
			{Key: "secretary", Title: "书记", Kind: sheet.Text, Expected: true, Personal: true, Synonyms: []string{"党组织书记", "书记姓名", "支部书记", "党支部书记", "党组织书记姓名"}},
			{Key: "contact", Title: "联系人", Kind: sheet.Text, Personal: true, Synonyms: []string{"党组织联系人", "联系人姓名"}},
			{Key: "phone", Title: "联系电话", Kind: sheet.Phone, Personal: true, Synonyms: []string{"电话", "电话(区号)", "联系人电话", "党组织联系电话", "电话号码", "手机号码", "联系方式"}},
			{Key: "unit_relation", Title: "所在单位情况", Kind: sheet.Choice, Open: true,
				Synonyms: []string{"党组织所在单位情况", "单位情况", "单位隶属情况"},
				Choices: []sheet.Option{{Value: "与上级相同", Synonyms: []string{"与上级党组织相同", "同上级"}}, {Value: "法人单位", Synonyms: []string{"单独建立", "单位单独建立"}},
					{Value: "联合支部", Synonyms: []string{"联合建立", "多个单位联合"}}}},
			text("unit", "单位名称", "单位信息", "所在单位", "所在单位名称", "单位全称"),
			{Key: "credit_code", Title: "统一社会信用代码", Kind: sheet.IDText, Synonyms: []string{"社会信用代码", "信用代码", "法人单位代码", "组织机构代码"},
				Check: c.CreditCode, Rule: ruleCreditCode},
			{Key: "founded", Title: "成立日期", Kind: sheet.Date, Partial: true, Synonyms: []string{"建立日期", "成立时间", "建立时间", "党组织建立日期"}},
			{Key: "term_end", Title: "届满日期", Kind: sheet.Date, Synonyms: []string{"任期届满日期", "换届时间", "应换届时间", "届满时间"}},
			{Key: "members", Title: "党员人数", Kind: sheet.Int, Positive: true, Summed: true, Synonyms: []string{"党员数", "党员总数", "正式党员数"}},
			remark(),
		},
	}
}
