package control

import "cunju/internal/law"

// Terms are an item of the public catalogue before and after a change, in words.
type Terms struct {
	What   law.Opt[string] // 公开的时间、张贴的天数
	Before string          // as the catalogue has it
	After  string          // as it would be
	Basis  string          // the article that the term stands on
	Looser bool
}

// Stricter (IC-23) guards the act that changes an item of the public catalogue: what a law asks for may be widened and made
// stricter, never loosened.
var Stricter = law.Rule[Terms]{
	Info: law.Info{ID: "IC-23", Title: "公开目录只能拓展和加严", Version: 1, Source: house, Confidence: law.Verified, Ground: law.Control,
		Can: []law.Outcome{law.Pass, law.Refuse, law.Undecided}},
	Decide: func(f Terms, _ law.Settings) law.Finding {
		what, known := f.What.Get()
		need := "不比" + f.Basis + "规定的宽"
		if !known {
			return law.Lacking("不比法律规定的宽", "改的是哪一项规定")
		}
		finding := law.Finding{Outcome: law.Pass, Need: need, Given: what + "原来是" + f.Before + "，改为" + f.After}
		if f.Looser {
			finding.Outcome, finding.Remedy = law.Refuse, "保持原来的规定，或者改得更严"
		}
		return finding
	},
	Cases: []law.Case[Terms]{
		{Name: "每季度改为每月", On: "2026-05-20", Want: law.Pass, Facts: Terms{law.Some("公开的时间"), "每季度", "每月", "《村民委员会组织法》第三十五条", false}},
		{Name: "每季度改为每年", On: "2026-05-20", Want: law.Refuse, Facts: Terms{law.Some("公开的时间"), "每季度", "每年", "《村民委员会组织法》第三十五条", true}},
		{Name: "不知道改什么", On: "2026-05-20", Want: law.Undecided, Facts: Terms{}},
	},
}
