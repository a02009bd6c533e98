package branch

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/law"
)

// Candidate is who is to become secretary of a branch.
type Candidate struct {
	FullSince law.Opt[calendar.Date] // day of becoming a full member; Party age counts from it
	Village   bool                   // secretary of a village's organisation
	Filed     law.Opt[bool]          // filed with the county's organisation department; asked for villages only
}

// Secretary (PO-03): normally at least one year of Party age; a village secretary
// is filed with the county. Both are rules with exceptions, so they only warn.
var Secretary = law.Rule[Candidate]{
	Info: law.Info{ID: "PO-03", Title: "党支部书记的条件", Version: 1, Source: regulation, From: "2018-10-28",
		Confidence: law.Secondary, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Warn, law.NotYetInForce, law.Undecided}},
	Decide: func(f Candidate, s law.Settings) law.Finding {
		need := "一般应有1年以上党龄"
		if f.Village {
			need += "；村党组织书记报县级组织部门备案"
		}
		var missing law.Missing
		missing.Want("转为正式党员的日期", f.FullSince.Known() && f.FullSince.Value() != "")
		if f.Village {
			missing.Want("是否已报县级备案", f.Filed.Known())
		}
		if missing != nil {
			return law.Lacking(need, missing...)
		}
		since := f.FullSince.Value()
		year := since.AddYears(1)
		finding := law.Finding{Outcome: law.Pass, Need: need,
			Given: fmt.Sprintf("%s转为正式党员，%s满1年党龄", since.Chinese(), year.Chinese())}
		switch {
		case s.Date() < year:
			finding.Outcome, finding.Remedy = law.Warn, "另选人选，或者报上级党组织同意"
		case f.Village && !f.Filed.Value():
			finding.Outcome, finding.Remedy = law.Warn, "报县级组织部门备案"
			finding.Given += "，尚未备案"
		}
		return finding
	},
	Cases: []law.Case[Candidate]{
		{Name: "刚满一年", On: "2026-05-20", Want: law.Pass, Facts: Candidate{FullSince: law.Some(calendar.Date("2025-05-20"))}},
		{Name: "差一天", On: "2026-05-19", Want: law.Warn, Facts: Candidate{FullSince: law.Some(calendar.Date("2025-05-20"))}},
		{Name: "村书记已备案", On: "2026-05-20", Want: law.Pass, Facts: Candidate{law.Some(calendar.Date("2001-07-01")), true, law.Some(true)}},
		{Name: "村书记没有备案", On: "2026-05-20", Want: law.Warn, Facts: Candidate{law.Some(calendar.Date("2001-07-01")), true, law.Some(false)}},
		{Name: "村书记不知道是否备案", On: "2026-05-20", Want: law.Undecided, Facts: Candidate{FullSince: law.Some(calendar.Date("2001-07-01")), Village: true}},
		{Name: "条例施行前", On: "2018-10-27", Want: law.NotYetInForce, Facts: Candidate{FullSince: law.Some(calendar.Date("2018-07-01"))}},
	},
}
