package control

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/law"
)

// Period is the period that a notice reports on, beside those that the unit published of the same item.
type Period struct {
	From, To law.Opt[calendar.Date]
	Last     law.Opt[calendar.Date] // last day of the nearest earlier published period; known "" = none
	Same     law.Opt[string]        // title of a published notice whose period overlaps; known "" = none
}

// Joined (IC-24) asks that the periods published of one item join: none twice, none left out. It warns: the first notice after a
// change of rhythm, or a correction, may have its reason, and then it must be said.
var Joined = law.Rule[Period]{
	Info: law.Info{ID: "IC-24", Title: "同一事项前后两期相接，不重叠、不漏期", Version: 1, Source: house, Confidence: law.Verified, Ground: law.Control,
		Can: []law.Outcome{law.Pass, law.Warn, law.Undecided}},
	Decide: func(f Period, _ law.Settings) law.Finding {
		const need = "本期接着上一期，不重叠、不漏期"
		var missing law.Missing
		missing.Want("本期的第一日和最后一日", f.From.Known() && f.To.Known())
		missing.Want("上一期到哪一天（或者没有公布过）", f.Last.Known())
		missing.Want("是否有期间重叠的公示", f.Same.Known())
		if missing != nil {
			return law.Lacking(need, missing...)
		}
		from, to, last := f.From.Value(), f.To.Value(), f.Last.Value()
		finding := law.Finding{Outcome: law.Pass, Need: need, Given: fmt.Sprintf("本期%s至%s", from.Chinese(), to.Chinese())}
		switch {
		case f.Same.Value() != "":
			finding.Outcome, finding.Remedy = law.Warn, "内容有错的，请发更正，不要另发一张；确有原因的，在公示里写明"
			finding.Given += "，与已经公布的《" + f.Same.Value() + "》重叠"
		case last != "" && last.AddDays(1) < from:
			finding.Outcome, finding.Remedy = law.Warn, "补上中间的，或者在公示里写明原因"
			finding.Given += fmt.Sprintf("，上一期到%s为止，中间漏了%d日", last.Chinese(), calendar.Days(last, from)-1)
		case last != "":
			finding.Given += "，上一期到" + last.Chinese() + "为止"
		}
		return finding
	},
	Cases: []law.Case[Period]{
		{Name: "接得上", On: "2026-11-20", Want: law.Pass, Facts: joined("2026-10-01", "2026-10-31", "2026-09-30", "")},
		{Name: "第一次公布", On: "2026-11-20", Want: law.Pass, Facts: joined("2026-10-01", "2026-10-31", "", "")},
		{Name: "漏了九月", On: "2026-11-20", Want: law.Warn, Facts: joined("2026-10-01", "2026-10-31", "2026-08-31", "")},
		{Name: "重叠", On: "2026-11-20", Want: law.Warn, Facts: joined("2026-10-01", "2026-10-31", "2026-06-30", "第三季度财务收支")},
		{Name: "不知道上一期", On: "2026-11-20", Want: law.Undecided, Facts: Period{From: law.Some(calendar.Date("2026-10-01")), To: law.Some(calendar.Date("2026-10-31")), Same: law.Some("")}},
	},
}

func joined(from, to, last calendar.Date, same string) Period {
	return Period{law.Some(from), law.Some(to), law.Some(last), law.Some(same)}
}
