package rcl

import (
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Asked (DS-11-residents) says from how many on residents may ask that the audit of the residents' committee's chair covers a
// further matter: one third of the representatives or one tenth of the residents.
var Asked = law.Rule[notice.Call]{
	Info: law.Info{ID: "DS-11-residents", Title: "三分之一以上居民代表或者十分之一以上居民可以要求审计其他事项", Version: 1, Source: current, Article: "38", From: "2026-01-01",
		Confidence: law.Verified, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Refuse, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f notice.Call, _ law.Settings) law.Finding {
		if f.Body != notice.Community {
			return law.Outside("只适用于居民委员会")
		}
		const need = "三分之一以上居民代表或者十分之一以上居民要求"
		r, d := f.Residents.Value(), f.Delegates.Value()
		if r.All <= 0 && d.All <= 0 {
			return law.Lacking(need, "要求审计的人数和居民（居民代表）人数")
		}
		finding := law.Finding{Outcome: law.Refuse, Need: need, Remedy: "补足签名后再报；人数不够的，可以作为询问提出，或者向街道反映"}
		for _, g := range []struct {
			share notice.Share
			who   string
			den   int64
		}{{d, "居民代表", 3}, {r, "居民", 10}} {
			if g.share.All <= 0 {
				continue
			}
			given, ok := g.share.Reached(g.who, 1, g.den)
			if finding.Given != "" {
				given = finding.Given + "；" + given
			}
			if finding.Given = given; ok {
				finding.Outcome, finding.Remedy = law.Pass, ""
			}
		}
		return finding
	},
	Cases: []law.Case[notice.Call]{
		{Name: "三分之一居民代表", On: "2026-05-01", Want: law.Pass, Facts: call(17, 51, 0, 0)},
		{Name: "居民代表差一人", On: "2026-05-01", Want: law.Refuse, Facts: call(16, 51, 0, 0)},
		{Name: "十分之一居民", On: "2026-05-01", Want: law.Pass, Facts: call(0, 0, 300, 3000)},
		{Name: "居民差一人", On: "2026-05-01", Want: law.Refuse, Facts: call(0, 0, 299, 3000)},
		{Name: "居民人数除不尽，六十三人够", On: "2026-05-01", Want: law.Pass, Facts: call(0, 0, 63, 623)},
		{Name: "居民人数除不尽，六十二人不够", On: "2026-05-01", Want: law.Refuse, Facts: call(0, 0, 62, 623)},
		{Name: "代表不够而居民够", On: "2026-05-01", Want: law.Pass, Facts: call(16, 51, 300, 3000)},
		{Name: "村另有规定", On: "2026-05-01", Want: law.NotApplicable, Facts: notice.Call{Body: notice.Village}},
		{Name: "不知道人数", On: "2026-05-01", Want: law.Undecided, Facts: call(0, 0, 0, 0)},
		{Name: "新法施行前", On: "2025-12-31", Want: law.NotYetInForce, Facts: call(17, 51, 0, 0)},
	},
}

func call(delegates, allDelegates, residents, allResidents int64) notice.Call {
	return notice.Call{Body: notice.Community, Delegates: law.Some(notice.Share{Asked: delegates, All: allDelegates}),
		Residents: law.Some(notice.Share{Asked: residents, All: allResidents})}
}
