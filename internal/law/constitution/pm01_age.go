package constitution

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/law"
)

// Admission is somebody about to be admitted, or whose admission is being entered; the day asked for is the day of admission
// (入党日期, the vote of the branch meeting).
type Admission struct {
	Birth law.Opt[calendar.Date]
}

// Age (PM-01): nobody is admitted before the eighteenth birthday. Since 1982 read in the text; under the earlier constitutions
// it only warns.
var Age = law.Versions[Admission]{
	{
		Info: law.Info{ID: "PM-01", Title: "入党时年满十八岁", Version: 1, Source: of1956, From: "1956-09-26", Until: "1982-09-06",
			Confidence: law.Known, Ground: law.Statute,
			Can: []law.Outcome{law.Pass, law.Warn, law.Refuse, law.NotYetInForce, law.Undecided}},
		Decide: eighteen,
		Cases: []law.Case[Admission]{
			{Name: "一九六五年十九岁入党", On: "1965-07-01", Want: law.Pass, Facts: Admission{law.Some(calendar.Date("1946-03-05"))}},
			{Name: "一九六五年十七岁入党，只提醒", On: "1965-07-01", Want: law.Warn, Facts: Admission{law.Some(calendar.Date("1947-12-05"))}},
			{Name: "街道采纳后不予登记", On: "1965-07-01", Want: law.Refuse, Facts: Admission{law.Some(calendar.Date("1947-12-05"))}, Local: adopted("PM-01", "1950-01-01")},
			{Name: "一九四九年入党，按当时的章程", On: "1949-05-01", Want: law.NotYetInForce, Facts: Admission{law.Some(calendar.Date("1932-05-01"))}},
			{Name: "不知道出生日期", On: "1965-07-01", Want: law.Undecided, Facts: Admission{}},
		},
	},
	{
		Info: law.Info{ID: "PM-01", Title: "入党时年满十八岁", Version: 2, Source: of1982, Article: "1", From: "1982-09-06",
			Confidence: law.Verified, Ground: law.Statute,
			Can: []law.Outcome{law.Pass, law.Refuse, law.NotYetInForce, law.Undecided}},
		Decide: eighteen,
		Cases: []law.Case[Admission]{
			{Name: "十八岁生日当天入党", On: "2021-06-25", Want: law.Pass, Facts: Admission{law.Some(calendar.Date("2003-06-25"))}},
			{Name: "差一天满十八岁", On: "2021-06-24", Want: law.Refuse, Facts: Admission{law.Some(calendar.Date("2003-06-25"))}},
			{Name: "二月二十九日出生，平年二月二十八日满十八岁", On: "2022-02-28", Want: law.Pass, Facts: Admission{law.Some(calendar.Date("2004-02-29"))}},
			{Name: "出生在入党之后", On: "2021-06-24", Want: law.Refuse, Facts: Admission{law.Some(calendar.Date("2022-01-01"))}},
			{Name: "章程通过之前", On: "1982-09-05", Want: law.NotYetInForce, Facts: Admission{law.Some(calendar.Date("1960-01-01"))}},
			{Name: "不知道出生日期", On: "2021-06-24", Want: law.Undecided, Facts: Admission{}},
		},
	},
}

func eighteen(f Admission, s law.Settings) law.Finding {
	const need = "入党时年满十八岁"
	birth, known := f.Birth.Get()
	if !known || birth == "" {
		return law.Lacking(need, "出生日期")
	}
	given := fmt.Sprintf("%s出生，%s入党", birth.Chinese(), s.Date().Chinese())
	if age := calendar.Age(birth, s.Date()); age >= 0 {
		given += fmt.Sprintf("，时年%d周岁", age)
	}
	if s.Date() < birth.AddYears(18) {
		return law.Finding{Outcome: law.Refuse, Given: given, Need: need, Remedy: "照档案核对出生日期和入党日期"}
	}
	return law.Finding{Outcome: law.Pass, Given: given, Need: need}
}

// adopted is the town's adoption of a rule since a day, for worked cases.
func adopted(rule string, since calendar.Date) []law.Setting {
	return []law.Setting{{SetSetting: law.SetSetting{Key: law.Adoption(rule, "").Name, Value: 1, Level: law.Town, From: since,
		Citation: "街道党工委会议纪要"}, Act: 41}}
}
