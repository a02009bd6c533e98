package vcl

import (
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Asked (DS-11-asked) says from how many on the matters that villagers ask to have audited belong to the audit: one fifth of
// the villagers.
var Asked = law.Rule[notice.Call]{
	Info: law.Info{ID: "DS-11-asked", Title: "五分之一以上村民要求审计的事项应当审计", Version: 1, Source: current, Article: "40", From: "2026-01-01",
		Confidence: law.Verified, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Refuse, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f notice.Call, _ law.Settings) law.Finding {
		if f.Body != notice.Village {
			return law.Outside("只适用于村民委员会")
		}
		const need = "本村五分之一以上的村民要求"
		if !f.Villagers.Known() || f.Villagers.Value().All <= 0 {
			return law.Lacking(need, "要求审计的人数和本村村民人数")
		}
		given, ok := f.Villagers.Value().Reached("本村村民", 1, 5)
		if !ok {
			return law.Finding{Outcome: law.Refuse, Given: given, Need: need, Remedy: "补足签名后再报；人数不够的，可以作为询问提出，或者向街道反映"}
		}
		return law.Finding{Outcome: law.Pass, Given: given, Need: need}
	},
	Cases: []law.Case[notice.Call]{
		{Name: "正好五分之一", On: "2026-05-01", Want: law.Pass, Facts: call(notice.Village, 200, 1000)},
		{Name: "差一人", On: "2026-05-01", Want: law.Refuse, Facts: call(notice.Village, 199, 1000)},
		{Name: "除不尽时向上", On: "2026-05-01", Want: law.Refuse, Facts: call(notice.Village, 200, 1001)},
		{Name: "居委会另有规定", On: "2026-05-01", Want: law.NotApplicable, Facts: call(notice.Community, 200, 1000)},
		{Name: "不知道村民人数", On: "2026-05-01", Want: law.Undecided, Facts: call(notice.Village, 200, 0)},
		{Name: "新法施行前", On: "2025-12-31", Want: law.NotYetInForce, Facts: call(notice.Village, 200, 1000)},
	},
}

func call(body notice.Body, asked, all int64) notice.Call {
	return notice.Call{Body: body, Villagers: law.Some(notice.Share{Asked: asked, All: all})}
}
