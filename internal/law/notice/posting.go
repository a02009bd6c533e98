package notice

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/law"
)

// LastDay is the last day a notice posted on the given day must still hang, with
// its reckoning and the act of the local term (0 = national). The day of posting
// is not counted, and the period does not end on a day of rest.
func LastDay(posted calendar.Date, s law.Settings) (last calendar.Reckoning, setting int64) {
	days, setting := law.PostingDays.In(s)
	return calendar.Deadline(posted, int(days)), setting
}

// TermFor reckons the term of a notice that is put up on a day, by the terms in
// force on that day.
func TermFor(posted calendar.Date, s law.Settings) Term {
	last, setting := LastDay(posted, s.On(posted))
	return Term{last.Due, last.Text(), setting}
}

// Stay decides [Posting] for a law in force since the given day: a notice put up
// before stays under the older text.
func Stay(f Posting, since calendar.Date, s law.Settings) law.Finding {
	const need = "张贴满规定的日数，张贴当日不计"
	var missing law.Missing
	missing.Want("张贴日期", f.Posted.Known() && f.Posted.Value() != "")
	missing.Want("撤下日期", f.Removed.Known())
	if missing != nil {
		return law.Lacking(need, missing...)
	}
	posted, removed := f.Posted.Value(), f.Removed.Value()
	if posted < since {
		return law.Finding{Outcome: law.NotYetInForce, Given: posted.Chinese() + "张贴", Need: "本条自" + since.Chinese() + "起施行，此前张贴的不受限制"}
	}
	term, known := f.Term.Get()
	if !known {
		term = TermFor(posted, s)
	}
	finding := law.Finding{Outcome: law.Pass, Need: need, Setting: term.Setting, Given: term.Text}
	days, _ := law.PostingDays.In(s.On(posted))
	rested := term.Last == calendar.Deadline(posted, int(days)).Due && removed > posted.AddDays(int(days))
	switch {
	case removed == "":
		finding.Given += "尚未撤下。"
	case removed <= term.Last && rested:
		// The days themselves are over. That a rest day moves the last of them is civil law's rule for periods, which neither the
		// statutes nor local terms repeat.
		finding.Outcome = law.Warn
		finding.Given += fmt.Sprintf("拟于%s撤下：%d日已满，但期满日是休息日，按《民法典》第二百零三条顺延。", removed.Chinese(), days)
		finding.Remedy = fmt.Sprintf("%s起撤下最稳妥", term.Last.AddDays(1).Chinese())
	case removed <= term.Last:
		finding.Outcome = law.Refuse
		finding.Given += "拟于" + removed.Chinese() + "撤下，期限未满。"
		finding.Remedy = fmt.Sprintf("%s起可以撤下；内容有误的，另发更正公告，原件继续张贴", term.Last.AddDays(1).Chinese())
	default:
		finding.Given += "拟于" + removed.Chinese() + "撤下。"
	}
	return finding
}
