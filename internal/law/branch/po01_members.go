package branch

import (
	"fmt"

	"cunju/internal/law"
)

// Size is the size of a branch about to be set up or changed.
type Size struct {
	Full    law.Opt[int64] // full members
	Members law.Opt[int64] // all members, full and probationary
}

// Members (PO-01): at least three full members, else a joint branch; usually no
// more than fifty members.
var Members = law.Rule[Size]{
	Info: law.Info{ID: "PO-01", Title: "党支部的人数", Version: 1, Source: regulation, From: "2018-10-28",
		Confidence: law.Secondary, Ground: law.Statute, Keys: []law.Key{law.BranchLimit},
		Can: []law.Outcome{law.Pass, law.Warn, law.Refuse, law.NotYetInForce, law.Undecided}},
	Decide: func(f Size, s law.Settings) law.Finding {
		limit, setting := law.BranchLimit.In(s)
		need := fmt.Sprintf("正式党员不少于3人，党员一般不超过%d人", limit)
		var missing law.Missing
		missing.Want("正式党员人数", f.Full.Known())
		missing.Want("党员人数", f.Members.Known())
		if missing != nil {
			return law.Lacking(need, missing...)
		}
		finding := law.Finding{Outcome: law.Pass, Need: need, Given: fmt.Sprintf("正式党员%d人，党员共%d人", f.Full.Value(), f.Members.Value())}
		switch {
		case f.Full.Value() < 3:
			finding.Outcome = law.Refuse
			finding.Remedy = "与邻近单位成立联合党支部，或者编入其他党支部"
		case f.Members.Value() > limit:
			finding.Outcome = law.Warn
			finding.Setting = setting
			finding.Remedy = "分设党支部，或者报上级批准设立党总支"
		}
		return finding
	},
	Cases: []law.Case[Size]{
		{Name: "三名正式党员", On: "2026-05-20", Want: law.Pass, Facts: Size{law.Some[int64](3), law.Some[int64](3)}},
		{Name: "两名正式党员、一名预备党员，只提醒", On: "2026-05-20", Want: law.Warn, Facts: Size{law.Some[int64](2), law.Some[int64](3)}},
		{Name: "街道采纳后不予设立", On: "2026-05-20", Want: law.Refuse, Facts: Size{law.Some[int64](2), law.Some[int64](3)}, Local: []law.Setting{adopt("PO-01")}},
		{Name: "五十人", On: "2026-05-20", Want: law.Pass, Facts: Size{law.Some[int64](49), law.Some[int64](50)}},
		{Name: "五十一人", On: "2026-05-20", Want: law.Warn, Facts: Size{law.Some[int64](49), law.Some[int64](51)}, Local: []law.Setting{adopt("PO-01")}},
		{Name: "条例施行前", On: "2018-10-27", Want: law.NotYetInForce, Facts: Size{law.Some[int64](2), law.Some[int64](2)}},
		{Name: "不知道正式党员人数", On: "2026-05-20", Want: law.Undecided, Facts: Size{Members: law.Some[int64](12)}},
	},
}

// adopt is the town's adoption of a rule, for worked cases.
func adopt(rule string) law.Setting {
	return law.Setting{SetSetting: law.SetSetting{Key: law.Adoption(rule, "").Name, Value: 1, Level: law.Town, From: "2026-01-01",
		Citation: "街道党工委会议纪要"}, Act: 41}
}
