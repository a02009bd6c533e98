package control

import "cunju/internal/law"

// Review are the two persons who let a draft pass, by their person numbers: who examined it for the supervision committee
// and who approves it.
type Review struct {
	Examiner law.Opt[int64]
	Approver law.Opt[int64]
}

// ExamineApart (IC-04) keeps examining and approving apart: the supervision committee is independent of those whom it
// supervises, so its finding is worth nothing when the same person then decides.
var ExamineApart = law.Rule[Review]{
	Info: law.Info{ID: "IC-04", Title: "审查人不得审批自己审查的内容", Version: 1, Source: house, Confidence: law.Verified, Ground: law.Control,
		Can: []law.Outcome{law.Pass, law.Refuse, law.Undecided}},
	Decide: func(f Review, _ law.Settings) law.Finding {
		const need = "审查和审批由两人办理"
		var missing law.Missing
		missing.Want("审查人", f.Examiner.Known())
		missing.Want("审批人", f.Approver.Known())
		if missing != nil {
			return law.Lacking(need, missing...)
		}
		if f.Examiner.Value() == f.Approver.Value() {
			return law.Finding{Outcome: law.Refuse, Given: "审查和审批是同一人", Need: need, Remedy: "请另一位有审批职权的人审批；审查意见已保留"}
		}
		return law.Finding{Outcome: law.Pass, Given: "审查和审批是两人", Need: need}
	},
	Cases: []law.Case[Review]{
		{Name: "两人办理", On: "2026-05-20", Want: law.Pass, Facts: Review{law.Some[int64](11), law.Some[int64](12)}},
		{Name: "同一人", On: "2026-05-20", Want: law.Refuse, Facts: Review{law.Some[int64](11), law.Some[int64](11)}},
		{Name: "不知道审查人", On: "2026-05-20", Want: law.Undecided, Facts: Review{Approver: law.Some[int64](12)}},
		{Name: "不知道审批人", On: "2026-05-20", Want: law.Undecided, Facts: Review{Examiner: law.Some[int64](12)}},
	},
}
