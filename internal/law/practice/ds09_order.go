package practice

import (
	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Steps are the days of the steps before a village publishes; a known "" means
// that the step was not taken.
type Steps struct {
	Body      notice.Body
	Checked   law.Opt[calendar.Date] // the supervision committee checked
	Confirmed law.Opt[calendar.Date] // the two committees confirmed together
	Approved  calendar.Date          // approved, with or without them; "" where nobody says
}

// Order (DS-09) asks that the supervision committee checks first, then the two
// committees confirm together, then the notice is published.
var Order = law.Rule[Steps]{
	Info: law.Info{ID: "DS-09", Title: "公开前先监督审查、再两委确认", Version: 1, Source: opinions2004, From: "2004-06-22",
		Confidence: law.Known, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Warn, law.Refuse, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f Steps, s law.Settings) law.Finding {
		const need = "监督委员会审查，两委联席会议确认，然后公布"
		if f.Body != notice.Village && f.Body != notice.Community {
			return law.Outside("只适用于村（居）务公开")
		}
		var missing law.Missing
		missing.Want("监督委员会审查日期（或者没有审查）", f.Checked.Known())
		missing.Want("两委联席会议确认日期（或者没有确认）", f.Confirmed.Known())
		if missing != nil {
			return law.Lacking(need, missing...)
		}
		checked, confirmed := f.Checked.Value(), f.Confirmed.Value()
		given := "监督委员会审查：" + said(checked) + "；两委确认：" + f.confirmed() + "；公布：" + s.Date().Chinese()
		switch {
		case checked == "":
			return law.Finding{Outcome: law.Refuse, Given: given, Need: need, Remedy: "先送监督委员会审查"}
		case confirmed == "":
			return law.Finding{Outcome: law.Refuse, Given: given, Need: need, Remedy: "提交两委联席会议确认"}
		case confirmed < checked || s.Date() < confirmed:
			return law.Finding{Outcome: law.Refuse, Given: given, Need: need, Remedy: "按顺序补办，或者更正日期"}
		}
		return law.Finding{Outcome: law.Pass, Given: given, Need: need}
	},
	Cases: []law.Case[Steps]{
		{Name: "依次办理", On: "2026-05-20", Want: law.Pass, Facts: steps("2026-05-10", "2026-05-12")},
		{Name: "同一天办完", On: "2026-05-20", Want: law.Pass, Facts: steps("2026-05-20", "2026-05-20")},
		{Name: "监督委员会没有审查，只提醒", On: "2026-05-20", Want: law.Warn, Facts: steps("", "2026-05-12")},
		{Name: "街道采纳后不予公布", On: "2026-05-20", Want: law.Refuse, Facts: steps("", "2026-05-12"), Local: []law.Setting{adopted}},
		{Name: "两委没有确认", On: "2026-05-20", Want: law.Warn, Facts: steps("2026-05-10", "")},
		{Name: "只有审批，没有联席会议", On: "2026-05-20", Want: law.Warn, Facts: Steps{Body: notice.Village, Checked: law.Some(calendar.Date("2026-05-10")), Confirmed: law.Some(calendar.Date("")), Approved: "2026-05-12"}},
		{Name: "先确认后审查", On: "2026-05-20", Want: law.Warn, Facts: steps("2026-05-14", "2026-05-12")},
		{Name: "公布早于确认", On: "2026-05-20", Want: law.Warn, Facts: steps("2026-05-10", "2026-05-21")},
		{Name: "党务公开另有规定", On: "2026-05-20", Want: law.NotApplicable, Facts: Steps{Body: notice.Party}},
		{Name: "意见印发前", On: "2004-06-21", Want: law.NotYetInForce, Facts: steps("", "")},
		{Name: "不知道是否审查", On: "2026-05-20", Want: law.Undecided, Facts: Steps{Body: notice.Village, Confirmed: law.Some(calendar.Date("2026-05-12"))}},
	},
}

var adopted = law.Setting{SetSetting: law.SetSetting{Key: law.Adoption("DS-09", "").Name, Value: 1, Level: law.Town, From: "2026-01-01", Citation: "街道村务公开办法"}, Act: 36}

func steps(checked, confirmed calendar.Date) Steps {
	return Steps{Body: notice.Village, Checked: law.Some(checked), Confirmed: law.Some(confirmed)}
}

// confirmed says how the two committees confirmed, or that somebody approved without them.
func (f Steps) confirmed() string {
	if f.Confirmed.Value() == "" && f.Approved != "" {
		return f.Approved.Chinese() + "审批（没有登记联席会议）"
	}
	return said(f.Confirmed.Value())
}

func said(d calendar.Date) string {
	if d == "" {
		return "没有办理"
	}
	return d.Chinese()
}
