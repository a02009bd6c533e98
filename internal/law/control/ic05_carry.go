package control

import (
	"fmt"

	"cunju/internal/law"
)

// Carry is the balance that a finance table begins with, and the one that the
// unit's last published table of an earlier period ended with, both in fen.
type Carry struct {
	Opening law.Opt[int64]
	Closing law.Opt[int64] // known only where an earlier table was published
}

// CarriedOver (IC-05) asks that a period begins with what the last one ended
// with. It warns: a correction of the last table may be the reason, and then it
// must be said.
var CarriedOver = law.Rule[Carry]{
	Info: law.Info{ID: "IC-05", Title: "本期期初结余与上期公布的期末结余一致", Version: 1, Source: house, Confidence: law.Verified, Ground: law.Control,
		Can: []law.Outcome{law.Pass, law.Warn, law.NotApplicable, law.Undecided}},
	Decide: func(f Carry, _ law.Settings) law.Finding {
		const need = "期初结余等于上期公布的期末结余"
		opening, known := f.Opening.Get()
		if !known {
			return law.Lacking(need, "本期期初结余")
		}
		closing, known := f.Closing.Get()
		if !known {
			return law.Outside("没有公布过更早一期的财务表")
		}
		given := fmt.Sprintf("上期期末%s元，本期期初%s元", yuan(closing), yuan(opening))
		if opening != closing {
			return law.Finding{Outcome: law.Warn, Given: given + "，相差" + yuan(opening-closing) + "元", Need: need,
				Remedy: "核对两期的表；确有原因的，在公示里写明"}
		}
		return law.Finding{Outcome: law.Pass, Given: given, Need: need}
	},
	Cases: []law.Case[Carry]{
		{Name: "接得上", On: "2026-11-24", Want: law.Pass, Facts: Carry{law.Some[int64](262245138), law.Some[int64](262245138)}},
		{Name: "接不上", On: "2026-11-24", Want: law.Warn, Facts: Carry{law.Some[int64](100), law.Some[int64](262245138)}},
		{Name: "第一次公布", On: "2026-11-24", Want: law.NotApplicable, Facts: Carry{Opening: law.Some[int64](100)}},
		{Name: "不知道期初", On: "2026-11-24", Want: law.Undecided, Facts: Carry{Closing: law.Some[int64](100)}},
	},
}

func yuan(fen int64) string {
	sign := ""
	if fen < 0 {
		sign, fen = "-", -fen
	}
	return fmt.Sprintf("%s%d.%02d", sign, fen/100, fen%100)
}
