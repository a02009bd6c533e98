package constitution

import "cunju/internal/law"

// Belonging is where a member is about to be entered or moved to.
type Belonging struct {
	Branch law.Opt[bool] // the unit is a branch, so that members belong to it directly
	Other  law.Opt[bool] // the person is on another roster of this town
}

// OneBranch (PM-20-one): a member belongs to one branch, whatever his post.
var OneBranch = law.Rule[Belonging]{
	Info: law.Info{ID: "PM-20-one", Title: "党员编入一个支部", Version: 1, Source: of1982, Article: "8", From: "1982-09-06",
		Confidence: law.Verified, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Refuse, law.NotYetInForce, law.Undecided}},
	Decide: func(f Belonging, _ law.Settings) law.Finding {
		const need = "每个党员编入党的一个支部"
		var missing law.Missing
		missing.Want("该单位是不是党支部", f.Branch.Known())
		missing.Want("是否已在其他支部", f.Other.Known())
		if missing != nil {
			return law.Lacking(need, missing...)
		}
		switch {
		case !f.Branch.Value():
			return law.Finding{Outcome: law.Refuse, Given: "所选单位不是党支部，不能直接编入党员", Need: need, Remedy: "改选它下面的党支部"}
		case f.Other.Value():
			return law.Finding{Outcome: law.Refuse, Given: "此人已在本街道另一个支部的名册上", Need: need, Remedy: "办理组织关系转接，不要重复登记"}
		}
		return law.Finding{Outcome: law.Pass, Given: "编入一个党支部，不在其他支部", Need: need}
	},
	Cases: []law.Case[Belonging]{
		{Name: "编入一个支部", On: "2026-05-20", Want: law.Pass, Facts: Belonging{law.Some(true), law.Some(false)}},
		{Name: "编入党总支", On: "2026-05-20", Want: law.Refuse, Facts: Belonging{law.Some(false), law.Some(false)}},
		{Name: "已在其他支部", On: "2026-05-20", Want: law.Refuse, Facts: Belonging{law.Some(true), law.Some(true)}},
		{Name: "章程通过之前", On: "1982-09-05", Want: law.NotYetInForce, Facts: Belonging{law.Some(true), law.Some(false)}},
		{Name: "不知道是否在其他支部", On: "2026-05-20", Want: law.Undecided, Facts: Belonging{Branch: law.Some(true)}},
	},
}
