package control

import (
	"cunju/internal/calendar"
	"cunju/internal/law"
)

// Reported is the period that a notice reports on, and what it is.
type Reported struct {
	From, To law.Opt[calendar.Date]
	Account  law.Opt[bool] // of money that moved, not of what is planned
	AtOnce   law.Opt[bool] // it tells what happened, whose day is the period
}

// Ended (IC-25) asks that the period which a notice reports on is over: an account of days still to come is none, and is refused; on
// its last day more may still move, and it warns. What happens once is over on its day. Of other matters it warns, because a plan or a
// decision may speak of what is ahead.
var Ended = law.Rule[Reported]{
	Info: law.Info{ID: "IC-25", Title: "期间结束以后才公布这一期的账", Version: 1, Source: house, Confidence: law.Verified, Ground: law.Control,
		Can: []law.Outcome{law.Pass, law.Warn, law.Refuse, law.Undecided}},
	Decide: func(f Reported, s law.Settings) law.Finding {
		const need = "期间的最后一日已经过去"
		var missing law.Missing
		missing.Want("期间的第一日和最后一日", f.From.Known() && f.To.Known())
		missing.Want("是不是收支账", f.Account.Known())
		missing.Want("是不是一次性的事", f.AtOnce.Known())
		if missing != nil {
			return law.Lacking(need, missing...)
		}
		to := f.To.Value()
		finding := law.Finding{Outcome: law.Pass, Need: need, Given: "期间" + f.From.Value().Chinese() + "至" + to.Chinese() + "，办理日期" + s.Date().Chinese()}
		switch {
		case to < s.Date(), to == s.Date() && f.AtOnce.Value():
		case to == s.Date() && f.Account.Value():
			finding.Outcome, finding.Remedy = law.Warn, "今天是最后一日。今天的收支都记进去了的，可以照此办理"
		case f.Account.Value():
			finding.Outcome, finding.Remedy = law.Refuse, "等"+to.Chinese()+"过完、结了账再提交；要先公布一段的，把期间改成已经过完的日子"
		default:
			finding.Outcome, finding.Remedy = law.Warn, "请核对期间；确实是将来的事，可以照此办理"
		}
		return finding
	},
	Cases: []law.Case[Reported]{
		{Name: "过完的一月", On: "2026-11-01", Want: law.Pass, Facts: reported("2026-10-31", true, false)},
		{Name: "最后一日当天的账", On: "2026-10-31", Want: law.Warn, Facts: reported("2026-10-31", true, false)},
		{Name: "最后一日前一天的账", On: "2026-10-30", Want: law.Refuse, Facts: reported("2026-10-31", true, false)},
		{Name: "还有半个月的账", On: "2026-10-15", Want: law.Refuse, Facts: reported("2026-10-31", true, false)},
		{Name: "今天到账的补偿费", On: "2026-10-31", Want: law.Pass, Facts: reported("2026-10-31", true, true)},
		{Name: "还没有到的结账日", On: "2026-10-30", Want: law.Refuse, Facts: reported("2026-10-31", true, true)},
		{Name: "今天发生的重大事项", On: "2026-10-31", Want: law.Pass, Facts: reported("2026-10-31", false, true)},
		{Name: "还没有过完的工作计划", On: "2026-10-15", Want: law.Warn, Facts: reported("2026-12-31", false, false)},
		{Name: "过完的决议落实", On: "2026-11-01", Want: law.Pass, Facts: reported("2026-10-31", false, false)},
		{Name: "不知道是不是账", On: "2026-11-01", Want: law.Undecided, Facts: Reported{From: law.Some(calendar.Date("2026-10-01")), To: law.Some(calendar.Date("2026-10-31")), AtOnce: law.Some(false)}},
	},
}

func reported(to calendar.Date, account, once bool) Reported {
	return Reported{law.Some(to.MonthStart()), law.Some(to), law.Some(account), law.Some(once)}
}
