package control

import "cunju/internal/law"

// Term is a local term about to be recorded, with the key it names; the zero
// key is a name that no rule knows.
type Term struct {
	Set law.SetSetting
	Key law.Key
}

// Tighten (IC-02) guards the act that records a local term: a known key, a level,
// dates, a citation, a value in range that is not looser than the law.
var Tighten = law.Rule[Term]{
	Info: law.Info{ID: "IC-02", Title: "地方规定只能严于法律", Version: 1, Source: house, Confidence: law.Verified, Ground: law.Control,
		Can: []law.Outcome{law.Pass, law.Refuse}},
	Decide: func(f Term, _ law.Settings) law.Finding { return f.Set.Check(f.Key) },
	Cases: []law.Case[Term]{
		{Name: "张贴二十日", On: "2026-05-20", Want: law.Pass, Facts: Term{days(20), law.PostingDays}},
		{Name: "张贴七日，少于法律规定", On: "2026-05-20", Want: law.Refuse, Facts: Term{days(7), law.PostingDays}},
		{Name: "没有这个设置项", On: "2026-05-20", Want: law.Refuse, Facts: Term{Set: days(20)}},
	},
}

func days(n int64) law.SetSetting {
	return law.SetSetting{Key: law.PostingDays.Name, Value: n, Level: law.Town, From: "2026-06-01", Citation: "街道村务公开办法"}
}
