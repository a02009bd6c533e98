package control

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/law"
)

// Silence is the day by which something had to be published and was not.
type Silence struct {
	Due law.Opt[calendar.Date]
}

// LongFrom is the first day on which something due on a day counts as long overdue, and the act of the local term (0 = national).
// The settings must look at the day asked for.
func LongFrom(due calendar.Date, s law.Settings) (calendar.Date, int64) {
	days, act := law.LongOverdueDays.In(s)
	return due.AddDays(int(days) + 1), act
}

// LongOverdue (IC-21) tells what is late from what is silent: after a month, or the town's own number of days, the record says so.
var LongOverdue = law.Rule[Silence]{
	Info: law.Info{ID: "IC-21", Title: "逾期一个月仍不公开的记为长期逾期", Version: 1, Source: house, Confidence: law.Verified, Ground: law.Control,
		Keys: []law.Key{law.LongOverdueDays}, Can: []law.Outcome{law.Pass, law.Warn, law.Undecided}},
	Decide: func(f Silence, s law.Settings) law.Finding {
		days, act := law.LongOverdueDays.In(s)
		need := fmt.Sprintf("到期后%d日以内补上公开", days)
		due, known := f.Due.Get()
		if !known {
			return law.Lacking(need, "应公开的日期")
		}
		finding := law.Finding{Outcome: law.Pass, Need: need, Setting: act, Given: fmt.Sprintf("应于%s前公开，到%s还没有公开", due.Chinese(), s.Date().Chinese())}
		if long, _ := LongFrom(due, s); s.Date() >= long {
			finding.Outcome, finding.Remedy = law.Warn, "马上公开，写明为什么迟了；街道督促"
		}
		return finding
	},
	Cases: []law.Case[Silence]{
		{Name: "第三十日", On: "2026-11-14", Want: law.Pass, Facts: Silence{law.Some(calendar.Date("2026-10-15"))}},
		{Name: "过了三十日", On: "2026-11-15", Want: law.Warn, Facts: Silence{law.Some(calendar.Date("2026-10-15"))}},
		{Name: "街道定为十日", On: "2026-10-26", Want: law.Warn, Facts: Silence{law.Some(calendar.Date("2026-10-15"))}, Local: []law.Setting{silent10}},
		{Name: "不知道应公开日期", On: "2026-11-15", Want: law.Undecided},
	},
}

var silent10 = law.Setting{SetSetting: law.SetSetting{Key: law.LongOverdueDays.Name, Value: 10, Level: law.Town, From: "2026-01-01", Citation: "街道村务公开办法"}, Act: 61}
