package gb

import (
	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/codes"
)

// IDEntry is an identity number as entered, with the birth date and the sex
// stated beside it. Both may be unknown: then only the number is judged.
type IDEntry struct {
	Number law.Opt[string]
	Birth  calendar.Date // "" = not stated
	Sex    string        // 男, 女, "" = not stated
}

// ID (SE-16) refuses what cannot be an identity number and warns where the
// number and the register disagree. It never repeats the number.
var ID = law.Rule[IDEntry]{
	Info: law.Info{ID: "SE-16", Title: "公民身份号码", Version: 1, Source: identity, Confidence: law.Known, Ground: law.Form,
		Can: []law.Outcome{law.Pass, law.Refuse, law.Warn, law.Undecided}},
	Decide: func(f IDEntry, s law.Settings) law.Finding {
		const need = "18位，出生日期真实，校验位正确"
		number, known := f.Number.Get()
		if !known {
			return law.Lacking(need, "身份证号码")
		}
		info, p := codes.IDNumberOn(number, s.Date())
		switch {
		case p != nil:
			return law.Finding{Outcome: law.Refuse, Given: p.What, Need: need, Remedy: p.Fix}
		case f.Birth != "" && f.Birth != info.Birth:
			return law.Finding{Outcome: law.Warn, Given: "登记的出生日期" + f.Birth.Chinese() + "与身份证号码里的" + info.Birth.Chinese() + "不一致",
				Need: "出生日期与身份证号码一致", Remedy: "照证件核对；档案认定的日期不同的，保留登记并注明依据"}
		case f.Sex != "" && f.Sex != info.Sex:
			return law.Finding{Outcome: law.Warn, Given: "登记的性别“" + f.Sex + "”与身份证号码不一致", Need: "性别与身份证号码一致", Remedy: "照证件核对"}
		case info.Doubt != "":
			return law.Finding{Outcome: law.Warn, Given: info.Doubt, Need: need, Remedy: "照证件核对无误的可以保留"}
		}
		return law.Finding{Outcome: law.Pass, Given: "号码格式和校验位正确", Need: need}
	},
	// The numbers are the examples of the standard and made-up ones.
	Cases: []law.Case[IDEntry]{
		{Name: "标准所附号码", On: "2026-05-20", Want: law.Pass, Facts: IDEntry{law.Some("11010519491231002X"), "1949-12-31", "女"}},
		{Name: "没有登记出生日期和性别", On: "2026-05-20", Want: law.Pass, Facts: IDEntry{Number: law.Some("321002199001010016")}},
		{Name: "校验位不符", On: "2026-05-20", Want: law.Refuse, Facts: IDEntry{Number: law.Some("321002199001010017")}},
		{Name: "被表格改成科学计数", On: "2026-05-20", Want: law.Refuse, Facts: IDEntry{Number: law.Some("3.21002E+17")}},
		{Name: "末三位被表格变成000", On: "2026-05-20", Want: law.Refuse, Facts: IDEntry{Number: law.Some("321002199001010000")}},
		{Name: "15位旧号码", On: "2026-05-20", Want: law.Refuse, Facts: IDEntry{Number: law.Some("321002900101001")}},
		{Name: "出生在办理日期之后", On: "1989-12-31", Want: law.Refuse, Facts: IDEntry{Number: law.Some("321002199001010016")}},
		{Name: "出生日期与登记不一致", On: "2026-05-20", Want: law.Warn, Facts: IDEntry{law.Some("321002199001010016"), "1990-01-11", "男"}},
		{Name: "性别与登记不一致", On: "2026-05-20", Want: law.Warn, Facts: IDEntry{law.Some("321002199001010016"), "1990-01-01", "女"}},
		{Name: "末三位000而校验正确", On: "2026-05-20", Want: law.Warn, Facts: IDEntry{Number: law.Some("321002199002153000")}},
		{Name: "号码未知", On: "2026-05-20", Want: law.Undecided, Facts: IDEntry{Birth: "1990-01-01"}},
	},
}
