package layouts

import "cunju/internal/sheet"

// Households is the register of households, one person a row (户籍人口花名册).
// Household number, head and address may be merged over the rows of a household.
func Households(c Checks) *sheet.Layout {
	relation := []sheet.Option{
		{Value: "户主", Synonyms: []string{"本人", "本人或户主", "户主本人"}},
		{Value: "配偶", Synonyms: []string{"妻", "夫", "妻子", "丈夫", "夫妻"}},
		{Value: "子", Synonyms: []string{"儿子", "长子", "次子", "三子", "独生子", "养子"}},
		{Value: "女", Synonyms: []string{"女儿", "长女", "次女", "三女", "独生女", "养女"}},
		{Value: "儿媳", Synonyms: []string{"媳妇"}}, {Value: "女婿"},
		{Value: "孙子", Synonyms: []string{"孙", "外孙", "外孙子"}}, {Value: "孙女", Synonyms: []string{"外孙女"}},
		{Value: "父亲", Synonyms: []string{"父", "公公", "岳父"}}, {Value: "母亲", Synonyms: []string{"母", "婆婆", "岳母"}},
		{Value: "祖父母", Synonyms: []string{"祖父", "祖母", "爷爷", "奶奶", "外祖父", "外祖母"}},
		{Value: "兄弟姐妹", Synonyms: []string{"兄", "弟", "姐", "妹", "哥哥", "弟弟", "姐姐", "妹妹"}},
		{Value: "其他", Synonyms: []string{"其它", "非亲属"}},
	}
	return &sheet.Layout{
		Name:  "households",
		Title: "户籍人口花名册",
		Columns: []sheet.Column{
			{Key: "household", Title: "户号", Kind: sheet.IDText, Required: true, FillDown: true, Width: 14,
				Synonyms: []string{"户编号", "家庭编号", "户口编号", "户口簿号", "户序号", "户籍编号"}},
			{Key: "head", Title: "户主", Kind: sheet.Text, FillDown: true, Personal: true, Width: 10, Synonyms: []string{"户主姓名", "户主名"}},
			name(),
			{Key: "relation", Title: "与户主关系", Kind: sheet.Choice, Open: true, Required: true, Choices: relation,
				Synonyms: []string{"关系", "家庭关系", "与户主的关系", "成员关系"}},
			sex(),
			idNumber(c, true),
			birth(),
			nation(),
			phone(false),
			{Key: "group", Title: "村民小组", Kind: sheet.Text, FillDown: true, Width: 12,
				Synonyms: []string{"居民小组", "小组", "组别", "所在小组", "村民小组(居民小组)", "村(居)民小组", "村民组", "网格", "组"}},
			{Key: "address", Title: "门牌地址", Kind: sheet.Text, FillDown: true, Personal: true, Width: 28,
				Synonyms: []string{"家庭住址", "住址", "地址", "门牌号", "门牌", "现住址", "居住地址"}},
			{Key: "hukou", Title: "户籍", Kind: sheet.Text, Personal: true,
				Synonyms: []string{"户籍地", "户籍所在地", "户口性质", "户籍性质", "户口所在地", "户籍情况", "户籍类型"}},
			remark(),
		},
		Check: checkHouseholds,
	}
}

// checkHouseholds wants one head in each household, the one the rows name, and
// dates and sex as the identity number states them.
func checkHouseholds(t *sheet.Table) {
	heads := map[string]sheet.Record{}
	first := map[string]sheet.Record{}
	var order []string
	for i := range t.Len() {
		r := t.Record(i)
		no := r.Text("household")
		if no == "" {
			continue
		}
		if _, ok := first[no]; !ok {
			first[no] = r
			order = append(order, no)
		}
		if day, male, ok := ofID(r.Text("id_number")); ok {
			if b := r.Date("birth"); b != "" && b != day {
				r.Report("birth", sheet.Warning, ruleIDNumber, "出生日期与身份证号里的 "+string(day)+" 不一致，请核对")
			}
			if s := r.Text("sex"); s != "" && (s == "男") != male {
				r.Report("sex", sheet.Warning, ruleIDNumber, "性别与身份证号不一致，请核对")
			}
		}
		if r.Text("relation") != "户主" {
			continue
		}
		if h, ok := heads[no]; ok {
			r.Report("relation", sheet.Error, "", "户号 "+no+" 有两个户主，另一个在 "+h.Address("relation")+"，请核对")
			continue
		}
		heads[no] = r
		if h := r.Text("head"); h != "" && h != r.Text("name") {
			r.Report("head", sheet.Error, "", "户主栏写的是“"+h+"”，与户主本人的姓名“"+r.Text("name")+"”不一致")
		}
	}
	for _, no := range order {
		if _, ok := heads[no]; !ok {
			first[no].Report("relation", sheet.Warning, "", "户号 "+no+" 没有户主，请核对")
		}
	}
}
