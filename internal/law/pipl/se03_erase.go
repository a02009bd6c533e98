package pipl

import "cunju/internal/law"

// Grounds of erasure, by the items of article 47. Codes are quoted in acts and keep their meaning.
const (
	PurposeGone = "purpose"   // the purpose is reached, cannot be reached, or needs the data no more
	TermOver    = "term"      // the service ended, or the time to keep the data is over
	Withdrawn   = "withdrawn" // the person took the consent back
	Unlawful    = "unlawful"  // the data were handled against the law or an agreement
)

// Ground is one reason for erasure in words.
type Ground struct{ Code, Title string }

// Grounds lists the reasons in the order of the law.
func Grounds() []Ground {
	return []Ground{
		{PurposeGone, "办事目的已经达到、达不到或者不再需要（第一项）"},
		{TermOver, "不再提供服务，或者保存期限已满（第二项）"},
		{Withdrawn, "本人撤回同意（第三项）"},
		{Unlawful, "收集或使用违反规定、约定（第四项）"},
	}
}

// Forgetting is a person's data about to be erased.
type Forgetting struct {
	Ground law.Opt[string] // one of the codes
	Holds  law.Opt[string] // duties for which the data must still be kept, in words; "" for none
}

// MayForget (SE-03) wants one of the grounds of article 47 and no duty to go on keeping the data; while there is one, the same
// article has the data kept and otherwise left alone.
var MayForget = law.Rule[Forgetting]{
	Info: law.Info{ID: "SE-03", Title: "依法删除个人信息", Version: 1, Source: current, Article: "47", From: "2021-11-01",
		Confidence: law.Verified, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Refuse, law.NotYetInForce, law.Undecided}},
	Decide: func(f Forgetting, _ law.Settings) law.Finding {
		const need = "有法定的删除情形，并且没有仍须保存的职责"
		ground, known := f.Ground.Get()
		title := ""
		for _, g := range Grounds() {
			if g.Code == ground {
				title = g.Title
			}
		}
		if !known || title == "" {
			return law.Lacking(need, "属于哪一种删除情形")
		}
		holds, known := f.Holds.Get()
		switch {
		case !known:
			return law.Lacking(need, "是否还有须保存的职责")
		case holds != "":
			return law.Finding{Outcome: law.Refuse, Given: holds, Need: need, Remedy: "先办结这些事，再提出删除；在此之前只保存，不作他用"}
		}
		return law.Finding{Outcome: law.Pass, Given: title, Need: need}
	},
	Cases: []law.Case[Forgetting]{
		{Name: "已迁走，不再需要", On: "2026-11-23", Want: law.Pass, Facts: Forgetting{law.Some(PurposeGone), law.Some("")}},
		{Name: "本人撤回同意", On: "2026-11-23", Want: law.Pass, Facts: Forgetting{law.Some(Withdrawn), law.Some("")}},
		{Name: "现任职务", On: "2026-11-23", Want: law.Refuse, Facts: Forgetting{law.Some(Withdrawn), law.Some("现任文峰村委会主任")}},
		{Name: "没有写明情形", On: "2026-11-23", Want: law.Undecided, Facts: Forgetting{Holds: law.Some("")}},
		{Name: "没有这种情形", On: "2026-11-23", Want: law.Undecided, Facts: Forgetting{law.Some("其他"), law.Some("")}},
		{Name: "不知道是否须保存", On: "2026-11-23", Want: law.Undecided, Facts: Forgetting{Ground: law.Some(TermOver)}},
		{Name: "法律施行前", On: "2021-10-31", Want: law.NotYetInForce, Facts: Forgetting{law.Some(PurposeGone), law.Some("")}},
	},
}
