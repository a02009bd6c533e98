package branch

import (
	"fmt"

	"cunju/internal/law"
)

// Lead is how a branch is led.
type Lead struct {
	Full     law.Opt[int64] // full members
	Size     law.Opt[int64] // members of the branch committee, 0 = no committee
	Deputies law.Opt[int64] // deputy secretaries
}

// Committee (PO-02): seven full members or more have a committee of three to
// five, at most seven, in odd number; fewer have a secretary and, where needed,
// one deputy.
var Committee = law.Rule[Lead]{
	Info: law.Info{ID: "PO-02", Title: "党支部委员会的设置", Version: 1, Source: regulation, From: "2018-10-28",
		Confidence: law.Secondary, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Warn, law.Refuse, law.NotYetInForce, law.Undecided}},
	Decide: func(f Lead, _ law.Settings) law.Finding {
		const need = "正式党员7人以上设委员会，3至5人，最多7人，取单数；不足7人设书记1人，必要时设副书记1人"
		var missing law.Missing
		missing.Want("正式党员人数", f.Full.Known())
		missing.Want("支部委员人数（不设委员会为0）", f.Size.Known())
		if f.Full.Known() && f.Full.Value() < 7 {
			missing.Want("副书记人数", f.Deputies.Known())
		}
		if missing != nil {
			return law.Lacking(need, missing...)
		}
		full, size := f.Full.Value(), f.Size.Value()
		finding := law.Finding{Outcome: law.Pass, Need: need, Given: fmt.Sprintf("正式党员%d人，支部委员%d人", full, size)}
		switch {
		case full >= 7 && size == 0:
			finding.Outcome, finding.Remedy = law.Refuse, "设立支部委员会，召开党员大会选举"
		case full >= 7 && (size < 3 || size > 7 || size%2 == 0):
			finding.Outcome, finding.Remedy = law.Refuse, "委员名额改为3人或5人，党员较多的不超过7人"
		case full < 7 && size > 0:
			finding.Outcome, finding.Remedy = law.Refuse, "不设委员会，由党员大会选举书记，必要时设副书记1人"
		case full < 7 && f.Deputies.Value() > 1:
			finding.Given += fmt.Sprintf("，副书记%d人", f.Deputies.Value())
			finding.Outcome, finding.Remedy = law.Refuse, "副书记减为1人"
		}
		return finding
	},
	Cases: []law.Case[Lead]{
		{Name: "七人设三名委员", On: "2026-05-20", Want: law.Pass, Facts: Lead{law.Some[int64](7), law.Some[int64](3), law.Some[int64](0)}},
		{Name: "七名委员", On: "2026-05-20", Want: law.Pass, Facts: Lead{law.Some[int64](48), law.Some[int64](7), law.Some[int64](1)}},
		{Name: "六人设书记和一名副书记", On: "2026-05-20", Want: law.Pass, Facts: Lead{law.Some[int64](6), law.Some[int64](0), law.Some[int64](1)}},
		{Name: "七人没有委员会，只提醒", On: "2026-05-20", Want: law.Warn, Facts: Lead{law.Some[int64](7), law.Some[int64](0), law.Some[int64](1)}},
		{Name: "街道采纳后不予设立", On: "2026-05-20", Want: law.Refuse, Facts: Lead{law.Some[int64](7), law.Some[int64](0), law.Some[int64](1)}, Local: []law.Setting{adopt("PO-02")}},
		{Name: "委员四人", On: "2026-05-20", Want: law.Warn, Facts: Lead{law.Some[int64](20), law.Some[int64](4), law.Some[int64](0)}},
		{Name: "委员九人", On: "2026-05-20", Want: law.Warn, Facts: Lead{law.Some[int64](20), law.Some[int64](9), law.Some[int64](0)}},
		{Name: "六人设了委员会", On: "2026-05-20", Want: law.Warn, Facts: Lead{law.Some[int64](6), law.Some[int64](3), law.Some[int64](0)}},
		{Name: "六人设两名副书记", On: "2026-05-20", Want: law.Warn, Facts: Lead{law.Some[int64](6), law.Some[int64](0), law.Some[int64](2)}},
		{Name: "条例施行前", On: "2018-10-27", Want: law.NotYetInForce, Facts: Lead{law.Some[int64](7), law.Some[int64](0), law.Some[int64](0)}},
		{Name: "不知道委员人数", On: "2026-05-20", Want: law.Undecided, Facts: Lead{Full: law.Some[int64](20)}},
	},
}
