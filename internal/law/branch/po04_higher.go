package branch

import (
	"fmt"

	"cunju/internal/law"
)

// Rank is the kind of a larger Party organisation.
type Rank string

// The ranks that PO-04 speaks about.
const (
	GeneralBranch  Rank = "general-branch" // 党总支
	PartyCommittee Rank = "committee"      // 基层党委
)

// Raise is a general branch or committee about to be set up.
type Raise struct {
	Rank     Rank
	Members  law.Opt[int64]
	Approved law.Opt[bool] // the superior organ approved
}

// Higher (PO-04): a general branch from fifty members, a committee from a
// hundred, with the superior's approval; a smaller one by need.
var Higher = law.Rule[Raise]{
	Info: law.Info{ID: "PO-04", Title: "党总支、基层党委的设立", Version: 1, Source: setUp,
		Confidence: law.Known, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Warn, law.Refuse, law.NotApplicable, law.Undecided}},
	Decide: func(f Raise, _ law.Settings) law.Finding {
		floor := map[Rank]int64{GeneralBranch: 50, PartyCommittee: 100}[f.Rank]
		if floor == 0 {
			return law.Outside("只适用于党总支和基层党委")
		}
		need := fmt.Sprintf("党员一般%d人以上，经上级党组织批准", floor)
		var missing law.Missing
		missing.Want("党员人数", f.Members.Known())
		missing.Want("上级是否批准", f.Approved.Known())
		if missing != nil {
			return law.Lacking(need, missing...)
		}
		members := f.Members.Value()
		switch {
		case !f.Approved.Value():
			return law.Finding{Outcome: law.Refuse, Given: fmt.Sprintf("党员%d人，上级尚未批准", members), Need: need, Remedy: "报上级党组织批准"}
		case members < floor:
			return law.Finding{Outcome: law.Warn, Given: fmt.Sprintf("党员%d人，上级已批准", members), Need: need, Remedy: "在批复中写明因工作需要设立"}
		}
		return law.Finding{Outcome: law.Pass, Given: fmt.Sprintf("党员%d人，上级已批准", members), Need: need}
	},
	Cases: []law.Case[Raise]{
		{Name: "五十人设党总支", On: "2026-05-20", Want: law.Pass, Facts: Raise{GeneralBranch, law.Some[int64](50), law.Some(true)}},
		{Name: "四十九人设党总支", On: "2026-05-20", Want: law.Warn, Facts: Raise{GeneralBranch, law.Some[int64](49), law.Some(true)}},
		{Name: "一百人设党委", On: "2026-05-20", Want: law.Pass, Facts: Raise{PartyCommittee, law.Some[int64](100), law.Some(true)}},
		{Name: "九十九人设党委", On: "2026-05-20", Want: law.Warn, Facts: Raise{PartyCommittee, law.Some[int64](99), law.Some(true)}},
		{Name: "没有批准，只提醒", On: "2026-05-20", Want: law.Warn, Facts: Raise{PartyCommittee, law.Some[int64](120), law.Some(false)}},
		{Name: "街道采纳后没有批准不予设立", On: "2026-05-20", Want: law.Refuse, Facts: Raise{PartyCommittee, law.Some[int64](120), law.Some(false)}, Local: []law.Setting{adopt("PO-04")}},
		{Name: "党支部另有规定", On: "2026-05-20", Want: law.NotApplicable, Facts: Raise{Members: law.Some[int64](12)}},
		{Name: "不知道上级是否批准", On: "2026-05-20", Want: law.Undecided, Facts: Raise{Rank: GeneralBranch, Members: law.Some[int64](60)}},
	},
}
