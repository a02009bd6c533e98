package control

import "cunju/internal/law"

// Hands are the two persons of a draft and its approval, by their person
// numbers.
type Hands struct {
	Author   law.Opt[int64]
	Approver law.Opt[int64]
}

// FourEyes (IC-01) keeps author and approver apart.
var FourEyes = law.Rule[Hands]{
	Info: law.Info{ID: "IC-01", Title: "起草人不得审批自己起草的内容", Version: 1, Source: house, Confidence: law.Verified, Ground: law.Control,
		Can: []law.Outcome{law.Pass, law.Refuse, law.Undecided}},
	Decide: func(f Hands, _ law.Settings) law.Finding {
		const need = "起草和审批由两人办理"
		var missing law.Missing
		missing.Want("起草人", f.Author.Known())
		missing.Want("审批人", f.Approver.Known())
		if missing != nil {
			return law.Lacking(need, missing...)
		}
		if f.Author.Value() == f.Approver.Value() {
			return law.Finding{Outcome: law.Refuse, Given: "起草和审批是同一人", Need: need, Remedy: "请另一位有审批职权的人审批；草稿已保留"}
		}
		return law.Finding{Outcome: law.Pass, Given: "起草和审批是两人", Need: need}
	},
	Cases: []law.Case[Hands]{
		{Name: "两人办理", On: "2026-05-20", Want: law.Pass, Facts: Hands{law.Some[int64](11), law.Some[int64](12)}},
		{Name: "同一人", On: "2026-05-20", Want: law.Refuse, Facts: Hands{law.Some[int64](11), law.Some[int64](11)}},
		{Name: "不知道起草人", On: "2026-05-20", Want: law.Undecided, Facts: Hands{Approver: law.Some[int64](12)}},
		{Name: "不知道审批人", On: "2026-05-20", Want: law.Undecided, Facts: Hands{Author: law.Some[int64](12)}},
	},
}
