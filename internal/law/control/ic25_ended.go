package control

import (
	"cunju/internal/calendar"
	"cunju/internal/law"
)

// Reported is the period that a notice reports on, and whether it is money.
type Reported struct {
	From, To law.Opt[calendar.Date]
	Money    law.Opt[bool]
}

// Ended (IC-25) asks that the period which a notice reports on is over: an account of days still to come is none, and is refused. Of
// other matters it warns, because a plan or a decision may speak of what is ahead.
var Ended = law.Rule[Reported]{
	Info: law.Info{ID: "IC-25", Title: "期间结束以后才公布这一期的账", Version: 1, Source: house, Confidence: law.Verified, Ground: law.Control,
		Can: []law.Outcome{law.Pass, law.Warn, law.Refuse, law.Undecided}},
	Decide: func(f Reported, s law.Settings) law.Finding {
		const need = "期间的最后一日已经过去"
		var missing law.Missing
		missing.Want("期间的第一日和最后一日", f.From.Known() && f.To.Known())
		missing.Want("是不是财务收支", f.Money.Known())
		if missing != nil {
			return law.Lacking(need, missing...)
		}
		to := f.To.Value()
		finding := law.Finding{Outcome: law.Pass, Need: need, Given: "期间" + f.From.Value().Chinese() + "至" + to.Chinese() + "，办理日期" + s.Date().Chinese()}
		switch {
		case to < s.Date():
		case f.Money.Value():
			finding.Outcome, finding.Remedy = law.Refuse, "等"+to.Chinese()+"过完、结了账再提交；要先公布一段的，把期间改成已经过完的日子"
		default:
			finding.Outcome, finding.Remedy = law.Warn, "请核对期间；确实是将来的事，可以照此办理"
		}
		return finding
	},
	Cases: []law.Case[Reported]{
		{Name: "过完的一月", On: "2026-11-01", Want: law.Pass, Facts: reported("2026-10-31", true)},
		{Name: "最后一日当天的账", On: "2026-10-31", Want: law.Refuse, Facts: reported("2026-10-31", true)},
		{Name: "还有半个月的账", On: "2026-10-15", Want: law.Refuse, Facts: reported("2026-10-31", true)},
		{Name: "还没有过完的工作计划", On: "2026-10-15", Want: law.Warn, Facts: reported("2026-12-31", false)},
		{Name: "过完的决议落实", On: "2026-11-01", Want: law.Pass, Facts: reported("2026-10-31", false)},
		{Name: "不知道是不是账", On: "2026-11-01", Want: law.Undecided, Facts: Reported{From: law.Some(calendar.Date("2026-10-01")), To: law.Some(calendar.Date("2026-10-31"))}},
	},
}

func reported(to calendar.Date, money bool) Reported {
	return Reported{law.Some(to.MonthStart()), law.Some(to), law.Some(money)}
}
