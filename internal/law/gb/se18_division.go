package gb

import (
	"cunju/internal/law"
	"cunju/internal/law/codes"
)

// DivisionEntry is a division code as entered, with the kind of the unit it is
// entered for.
type DivisionEntry struct {
	Code law.Opt[string]
	Kind codes.DivisionKind // "" = any
	Town string             // nine digits of the street or township in whose record it is entered; "" = any
}

// Division (SE-18) refuses what cannot be a division code and warns where the
// number's range is not that of the unit's kind, or its beginning not that of
// the town: after a conversion or a redrawn border the old number often stays
// for a time.
var Division = law.Rule[DivisionEntry]{
	Info: law.Info{ID: "SE-18", Title: "区划代码", Version: 1, Source: division, Confidence: law.Known, Ground: law.Form,
		Can: []law.Outcome{law.Pass, law.Refuse, law.Warn, law.Undecided}},
	Decide: func(f DivisionEntry, _ law.Settings) law.Finding {
		const need = "街道、乡镇9位，村、社区12位；社区001至199，村200至399"
		code, known := f.Code.Get()
		if !known {
			return law.Lacking(need, "区划代码")
		}
		info, p := codes.Division(code)
		if p != nil {
			return law.Finding{Outcome: law.Refuse, Given: p.What, Need: need, Remedy: p.Fix}
		}
		given := "按编号范围是" + info.Kind.Chinese()
		if f.Kind != "" && f.Kind != info.Kind {
			return law.Finding{Outcome: law.Warn, Given: given + "，登记为" + f.Kind.Chinese(), Need: need, Remedy: "核对代码；村改居后代码尚未更换的可以保留"}
		}
		if f.Town != "" && f.Town != info.Town {
			return law.Finding{Outcome: law.Warn, Given: "代码前九位是" + info.Town + "，本街道（乡镇）是" + f.Town, Need: "村、社区代码的前九位是所在街道（乡镇）的代码",
				Remedy: "核对代码；区划调整后代码尚未更换的可以保留"}
		}
		return law.Finding{Outcome: law.Pass, Given: given, Need: need}
	},
	Cases: []law.Case[DivisionEntry]{
		{Name: "街道", On: "2026-05-20", Want: law.Pass, Facts: DivisionEntry{Code: law.Some("321002003"), Kind: codes.Street}},
		{Name: "村", On: "2026-05-20", Want: law.Pass, Facts: DivisionEntry{Code: law.Some("321012118204"), Kind: codes.Village}},
		{Name: "村改居后仍用村的代码", On: "2026-05-20", Want: law.Warn, Facts: DivisionEntry{Code: law.Some("321012118204"), Kind: codes.Community}},
		{Name: "本街道的村", On: "2026-05-20", Want: law.Pass, Facts: DivisionEntry{Code: law.Some("321002003204"), Kind: codes.Village, Town: "321002003"}},
		{Name: "别的区的代码", On: "2026-05-20", Want: law.Warn, Facts: DivisionEntry{Code: law.Some("321012118204"), Kind: codes.Village, Town: "321002003"}},
		{Name: "同区别的街道的代码", On: "2026-05-20", Want: law.Warn, Facts: DivisionEntry{Code: law.Some("321002004"), Town: "321002003"}},
		{Name: "只有区县6位", On: "2026-05-20", Want: law.Refuse, Facts: DivisionEntry{Code: law.Some("321002"), Kind: codes.Street}},
		{Name: "编号不在范围内", On: "2026-05-20", Want: law.Refuse, Facts: DivisionEntry{Code: law.Some("321002003900")}},
		{Name: "代码未知", On: "2026-05-20", Want: law.Undecided, Facts: DivisionEntry{Kind: codes.Street}},
	},
}
