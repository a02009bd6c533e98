package constitution

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/law"
)

// Conversion is a probationary member about to become a full one, or whose conversion is being entered; the day asked for is
// the day of becoming a full member (转正日期).
type Conversion struct {
	Admitted law.Opt[calendar.Date] // day of the branch meeting's vote, from which probation counts
	Still    bool                   // probation lasts yet on the day asked about
}

// Probation (PM-15): a full year of probation. From April 1969 to August 1977 there was none, so those years are in no edition.
var Probation = law.Versions[Conversion]{
	{
		Info: law.Info{ID: "PM-15", Title: "预备期一年", Version: 1, Source: of1956, From: "1956-09-26", Until: "1969-04-14",
			Confidence: law.Known, Ground: law.Statute,
			Can: []law.Outcome{law.Pass, law.Warn, law.Refuse, law.NotYetInForce, law.Undecided}},
		Decide: oneYear,
		Cases: []law.Case[Conversion]{
			{Name: "一九六六年满一年转正", On: "1966-07-01", Want: law.Pass, Facts: Conversion{Admitted: law.Some(calendar.Date("1965-07-01"))}},
			{Name: "一九六六年不满一年，只提醒", On: "1966-03-01", Want: law.Warn, Facts: Conversion{Admitted: law.Some(calendar.Date("1965-07-01"))}},
			{Name: "街道采纳后不予登记", On: "1966-03-01", Want: law.Refuse, Facts: Conversion{Admitted: law.Some(calendar.Date("1965-07-01"))}, Local: adopted("PM-15", "1950-01-01")},
			{Name: "一九四九年转正，按当时的章程", On: "1949-10-01", Want: law.NotYetInForce, Facts: Conversion{Admitted: law.Some(calendar.Date("1949-05-01"))}},
			{Name: "不知道入党日期", On: "1966-07-01", Want: law.Undecided, Facts: Conversion{}},
		},
	},
	{
		Info: law.Info{ID: "PM-15", Title: "预备期一年", Version: 2, Source: of1977, From: "1977-08-18", Until: "1982-09-06",
			Confidence: law.Known, Ground: law.Statute,
			Can: []law.Outcome{law.Pass, law.Warn, law.Refuse, law.NotYetInForce, law.Undecided}},
		Decide: oneYear,
		Cases: []law.Case[Conversion]{
			{Name: "一九七九年满一年转正", On: "1979-07-01", Want: law.Pass, Facts: Conversion{Admitted: law.Some(calendar.Date("1978-07-01"))}},
			{Name: "一九七八年不满一年，只提醒", On: "1978-07-01", Want: law.Warn, Facts: Conversion{Admitted: law.Some(calendar.Date("1978-01-01"))}},
			{Name: "街道采纳后不予登记", On: "1978-07-01", Want: law.Refuse, Facts: Conversion{Admitted: law.Some(calendar.Date("1978-01-01"))}, Local: adopted("PM-15", "1950-01-01")},
			{Name: "一九七一年入党当日即为正式党员，当时没有预备期", On: "1971-07-01", Want: law.NotYetInForce, Facts: Conversion{Admitted: law.Some(calendar.Date("1971-07-01"))}},
			{Name: "不知道入党日期", On: "1979-07-01", Want: law.Undecided, Facts: Conversion{}},
		},
	},
	{
		Info: law.Info{ID: "PM-15", Title: "预备期一年", Version: 3, Source: of1982, Article: "7", From: "1982-09-06",
			Confidence: law.Verified, Ground: law.Statute,
			Can: []law.Outcome{law.Pass, law.Refuse, law.NotYetInForce, law.Undecided}},
		Decide: oneYear,
		Cases: []law.Case[Conversion]{
			{Name: "满一年当天转正", On: "2012-07-01", Want: law.Pass, Facts: Conversion{Admitted: law.Some(calendar.Date("2011-07-01"))}},
			{Name: "延长一年后转正", On: "2013-07-01", Want: law.Pass, Facts: Conversion{Admitted: law.Some(calendar.Date("2011-07-01"))}},
			{Name: "差一天满一年", On: "2025-06-27", Want: law.Refuse, Facts: Conversion{Admitted: law.Some(calendar.Date("2024-06-28"))}},
			{Name: "转正早于入党", On: "2024-06-27", Want: law.Refuse, Facts: Conversion{Admitted: law.Some(calendar.Date("2024-06-28"))}},
			{Name: "章程通过之前", On: "1982-09-05", Want: law.NotYetInForce, Facts: Conversion{Admitted: law.Some(calendar.Date("1981-09-05"))}},
			{Name: "不知道入党日期", On: "2012-07-01", Want: law.Undecided, Facts: Conversion{}},
		},
	},
}

func oneYear(f Conversion, s law.Settings) law.Finding {
	const need = "预备期为一年，从支部大会通过接收之日算起"
	admitted, known := f.Admitted.Get()
	if !known || admitted == "" {
		return law.Lacking(need, "入党日期")
	}
	due := admitted.AddYears(1)
	given := fmt.Sprintf("%s入党，%s预备期满，%s转正", admitted.Chinese(), due.Chinese(), s.Date().Chinese())
	if s.Date() < due {
		return law.Finding{Outcome: law.Refuse, Given: given, Need: need, Remedy: "预备期满后再办理转正；日期填错的，照档案改正"}
	}
	return law.Finding{Outcome: law.Pass, Given: given, Need: need}
}
