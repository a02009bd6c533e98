package practice

import (
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Nothing asks whether an organisation may say that there was nothing of an item in a period.
type Nothing struct {
	Body     notice.Body
	Standing law.Opt[bool] // what every organisation has to do in each period: plan, decisions, appraisal
}

// Each (DS-17-each) points out a statement that there was nothing of what every Party organisation does each year. The regulation names
// these matters; that a year without them is odd is known, not written, so it never refuses.
var Each = law.Rule[Nothing]{
	Info: law.Info{ID: "DS-17-each", Title: "每年都应当有的党务不说明没有", Version: 1, Source: openParty, From: "2017-12-20",
		Confidence: law.Known, Ground: law.Statute, Can: []law.Outcome{law.Pass, law.Warn, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f Nothing, _ law.Settings) law.Finding {
		const need = "工作计划、决议决定、民主评议每年都有，办好以后公开"
		if f.Body != notice.Party {
			return law.Outside("只适用于党组织")
		}
		standing, known := f.Standing.Get()
		switch {
		case !known:
			return law.Lacking(need, "是不是每年都应当有的事项")
		case standing:
			return law.Finding{Outcome: law.Warn, Given: "要说明这一期没有每年都应当有的事项", Need: need, Remedy: "请核对；还没有办的，办好以后公开；确实没有的，在说明里写清原因"}
		}
		return law.Finding{Outcome: law.Pass, Given: "要说明这一期没有发生", Need: need}
	},
	Cases: []law.Case[Nothing]{
		{Name: "说明没有工作计划", On: "2027-01-10", Want: law.Warn, Facts: Nothing{notice.Party, law.Some(true)}},
		{Name: "说明没有其他事项", On: "2027-01-10", Want: law.Pass, Facts: Nothing{notice.Party, law.Some(false)}},
		{Name: "村务另有规定", On: "2027-01-10", Want: law.NotApplicable, Facts: Nothing{Body: notice.Village}},
		{Name: "条例印发前", On: "2017-12-19", Want: law.NotYetInForce, Facts: Nothing{notice.Party, law.Some(true)}},
		{Name: "不知道是哪一类", On: "2027-01-10", Want: law.Undecided, Facts: Nothing{Body: notice.Party}},
	},
}
