package constitution

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/law"
)

// Extension (PM-16): probation may be extended, by no more than a year, so it never lasts longer than two. The article binds
// the branch that decides; a date on an old roster may have other reasons, so the rule warns until
// the town adopts it.
var Extension = law.Rule[Conversion]{
	Info: law.Info{ID: "PM-16", Title: "预备期延长不超过一年", Version: 1, Source: of1982, Article: "7", From: "1982-09-06",
		Confidence: law.Verified, Ground: law.Statute, Mild: true,
		Can: []law.Outcome{law.Pass, law.Warn, law.Refuse, law.NotYetInForce, law.Undecided}},
	Decide: func(f Conversion, s law.Settings) law.Finding {
		const need = "预备期可以延长，但延长不超过一年，合计不超过两年"
		admitted, known := f.Admitted.Get()
		if !known || admitted == "" {
			return law.Lacking(need, "入党日期")
		}
		latest := admitted.AddYears(2)
		given := fmt.Sprintf("%s入党，%s转正", admitted.Chinese(), s.Date().Chinese())
		if f.Still {
			given = fmt.Sprintf("%s入党，到%s仍是预备党员", admitted.Chinese(), s.Date().Chinese())
		}
		if s.Date() > latest {
			return law.Finding{Outcome: law.Refuse, Given: given + "，已过" + latest.Chinese(), Need: need, Remedy: "照档案核对；确属延迟办理的，写明原因和批准文件"}
		}
		return law.Finding{Outcome: law.Pass, Given: given, Need: need}
	},
	Cases: []law.Case[Conversion]{
		{Name: "按期转正", On: "2012-07-01", Want: law.Pass, Facts: Conversion{Admitted: law.Some(calendar.Date("2011-07-01"))}},
		{Name: "延长一年，两年当天转正", On: "2013-07-01", Want: law.Pass, Facts: Conversion{Admitted: law.Some(calendar.Date("2011-07-01"))}},
		{Name: "两年零一天才转正", On: "2013-07-02", Want: law.Warn, Facts: Conversion{Admitted: law.Some(calendar.Date("2011-07-01"))}},
		{Name: "六年后还是预备党员", On: "2026-11-20", Want: law.Warn, Facts: Conversion{Admitted: law.Some(calendar.Date("2020-01-01")), Still: true}},
		{Name: "街道采纳后不予登记", On: "2013-07-02", Want: law.Refuse, Facts: Conversion{Admitted: law.Some(calendar.Date("2011-07-01"))}, Local: adopted("PM-16", "2000-01-01")},
		{Name: "章程通过之前", On: "1982-09-05", Want: law.NotYetInForce, Facts: Conversion{Admitted: law.Some(calendar.Date("1979-09-05"))}},
		{Name: "不知道入党日期", On: "2012-07-01", Want: law.Undecided, Facts: Conversion{}},
	},
}
