package layouts

import (
	"strings"

	"cunju/internal/sheet"
)

// Checks judges values by rules that live elsewhere. A function returns what is
// wrong in plain Chinese, or "". A nil function checks nothing.
type Checks struct {
	IDNumber   func(value string) (message string) // GB 11643
	CreditCode func(value string) (message string) // GB 32100
}

// Rule ids under which the checks report.
const (
	ruleIDNumber   = "SE-16"
	ruleCreditCode = "SE-17"
	ruleAge        = "PM-01"
	ruleProbation  = "PM-15"
)

// nations are the ethnic groups by their names of GB/T 3304.
var nations = strings.Fields(`汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族
	佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族
	塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族`)

// nationOptions lists the 56 groups, each also without 族, and the two entries
// the standard keeps for others.
func nationOptions() []sheet.Option {
	var out []sheet.Option
	for _, n := range nations {
		out = append(out, sheet.Option{Value: n, Synonyms: []string{strings.TrimSuffix(n, "族")}})
	}
	out[4].Synonyms = append(out[4].Synonyms, "维族")
	return append(out, sheet.Option{Value: "其他", Synonyms: []string{"其它", "未识别民族"}}, sheet.Option{Value: "外国血统中国籍人士", Synonyms: []string{"外国血统"}})
}

func sexOptions() []sheet.Option {
	return []sheet.Option{{Value: "男", Synonyms: []string{"男性", "男士"}}, {Value: "女", Synonyms: []string{"女性", "女士"}}}
}

func yesNo() []sheet.Option {
	return []sheet.Option{
		{Value: "是", Synonyms: []string{"√", "✓", "有", "y", "yes", "1", "对"}},
		{Value: "否", Synonyms: []string{"×", "✗", "x", "无", "不是", "没有", "n", "no", "0"}},
	}
}

// educationOptions follow GB/T 4658, with the words of Party statistics.
func educationOptions() []sheet.Option {
	return []sheet.Option{
		{Value: "研究生", Synonyms: []string{"研究生教育", "博士研究生", "硕士研究生", "在职研究生", "博士", "硕士", "党校研究生", "省委党校研究生", "中央党校研究生"}},
		{Value: "大学本科", Synonyms: []string{"本科", "大学", "大本", "在职大学", "全日制本科", "大学本科毕业", "党校大学", "省委党校大学", "中央党校大学", "大学普通班"}},
		{Value: "大学专科", Synonyms: []string{"大专", "专科", "在职大专", "全日制大专", "大学专科毕业", "高职", "党校大专"}},
		{Value: "中等专科", Synonyms: []string{"中专", "中师", "中等专业学校", "中等职业教育", "中专(中技)", "职业中专"}},
		{Value: "技工学校", Synonyms: []string{"技校", "中技"}},
		{Value: "高中", Synonyms: []string{"普通高中", "普通高级中学", "职高", "职业高中", "高中毕业"}},
		{Value: "初中", Synonyms: []string{"初级中学", "初中毕业", "初中及以下"}},
		{Value: "小学", Synonyms: []string{"小学毕业", "小学及以下"}},
		{Value: "其他", Synonyms: []string{"其它", "文盲", "半文盲", "文盲或半文盲", "无学历", "无"}},
	}
}

func memberOptions() []sheet.Option {
	return []sheet.Option{
		{Value: "正式党员", Synonyms: []string{"正式", "中共党员", "党员", "正式中共党员"}},
		{Value: "预备党员", Synonyms: []string{"预备", "中共预备党员"}},
	}
}

// idNumber is the column of citizens' identity numbers.
func idNumber(c Checks, required bool) sheet.Column {
	return sheet.Column{Key: "id_number", Title: "公民身份号码", Kind: sheet.IDText, Required: required, Unique: true, Personal: true,
		Synonyms: []string{"身份证号码", "身份证号", "身份证", "公民身份证号码", "公民身份证号", "居民身份证号码", "居民身份证号", "身份号码", "身份证件号码", "证件号码"},
		Check:    c.IDNumber, Rule: ruleIDNumber, Help: "18 位，最后一位可能是 X。", Width: 21}
}

func phone(required bool) sheet.Column {
	return sheet.Column{Key: "phone", Title: "手机号码", Kind: sheet.Phone, Required: required, Personal: true,
		Synonyms: []string{"联系电话", "手机号", "手机", "电话", "电话号码", "联系方式", "移动电话", "本人电话", "联系手机", "联系号码"}}
}

func name() sheet.Column {
	return sheet.Column{Key: "name", Title: "姓名", Kind: sheet.Text, Required: true, Personal: true, Width: 10,
		Synonyms: []string{"党员姓名", "名字", "成员姓名", "家庭成员姓名", "人员姓名", "本人姓名"}}
}

func sex() sheet.Column {
	return sheet.Column{Key: "sex", Title: "性别", Kind: sheet.Choice, Choices: sexOptions()}
}

func nation() sheet.Column {
	return sheet.Column{Key: "nation", Title: "民族", Kind: sheet.Choice, Choices: nationOptions(), Synonyms: []string{"族别", "民族成份", "民族成分"}}
}

func birth() sheet.Column {
	return sheet.Column{Key: "birth", Title: "出生日期", Kind: sheet.Date, Personal: true,
		Synonyms: []string{"出生年月日", "出生年月", "出生时间", "生日", "出生"}}
}

func serial() sheet.Column {
	return sheet.Column{Key: "no", Title: "序号", Kind: sheet.Serial, Synonyms: []string{"编号", "no", "行号"}, Width: 6}
}

func text(key, title string, synonyms ...string) sheet.Column {
	return sheet.Column{Key: key, Title: title, Kind: sheet.Text, Synonyms: synonyms}
}

func remark() sheet.Column {
	return sheet.Column{Key: "note", Title: "备注", Kind: sheet.Text, Synonyms: []string{"说明", "备注说明", "其他说明"}, Width: 20}
}
