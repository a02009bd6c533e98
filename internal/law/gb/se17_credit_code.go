package gb

import (
	"cunju/internal/law"
	"cunju/internal/law/codes"
)

// CodeEntry is a code as entered.
type CodeEntry struct{ Code law.Opt[string] }

// Credit (SE-17) refuses what cannot be a unified social credit code.
var Credit = law.Rule[CodeEntry]{
	Info: law.Info{ID: "SE-17", Title: "统一社会信用代码", Version: 1, Source: credit, From: "2015-10-01", Confidence: law.Known, Ground: law.Form,
		Can: []law.Outcome{law.Pass, law.Refuse, law.NotYetInForce, law.Undecided}},
	Decide: func(f CodeEntry, _ law.Settings) law.Finding {
		const need = "18位，不用字母I、O、S、V、Z，校验位正确"
		code, known := f.Code.Get()
		if !known {
			return law.Lacking(need, "统一社会信用代码")
		}
		info, p := codes.CreditCode(code)
		if p != nil {
			return law.Finding{Outcome: law.Refuse, Given: p.What, Need: need, Remedy: p.Fix}
		}
		given := "代码格式和校验位正确"
		if info.Kind != "" {
			given += "，登记类别为" + info.Kind
		}
		return law.Finding{Outcome: law.Pass, Given: given, Need: need}
	},
	Cases: []law.Case[CodeEntry]{
		{Name: "标准所附代码", On: "2026-05-20", Want: law.Pass, Facts: CodeEntry{law.Some("91350100M000100Y43")}},
		{Name: "村级集体经济组织", On: "2026-05-20", Want: law.Pass, Facts: CodeEntry{law.Some("N2321002MF00000019")}},
		{Name: "字母O当作零", On: "2026-05-20", Want: law.Refuse, Facts: CodeEntry{law.Some("91350100M0OO100Y43")}},
		{Name: "校验位不符", On: "2026-05-20", Want: law.Refuse, Facts: CodeEntry{law.Some("91350100M000100Y44")}},
		{Name: "标准施行前", On: "2015-09-30", Want: law.NotYetInForce, Facts: CodeEntry{law.Some("91350100M000100Y44")}},
		{Name: "代码未知", On: "2026-05-20", Want: law.Undecided},
	},
}
