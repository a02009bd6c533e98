package pipl

import (
	"fmt"
	"strings"

	"cunju/internal/law"
	"cunju/internal/law/codes"
)

// Draft is a text about to be published.
type Draft struct {
	Text    law.Opt[string]
	Consent law.Opt[bool] // each person concerned gave separate consent, or a law orders this very publication
}

// NoNumbers (DS-18) finds identity numbers, mobile numbers and bank cards in a
// text before it is published. It says how many of which kind, never the
// numbers themselves.
var NoNumbers = law.Rule[Draft]{
	Info: law.Info{ID: "DS-18", Title: "公开内容不得含未经同意的个人号码", Version: 1, Source: current, Article: "13、25、28、29", From: "2021-11-01",
		Confidence: law.Verified, Ground: law.Statute,
		Can: []law.Outcome{law.Pass, law.Refuse, law.NotYetInForce, law.Undecided}},
	Decide: func(f Draft, _ law.Settings) law.Finding {
		const need = "公开个人信息须取得单独同意，或者法律要求公开"
		text, known := f.Text.Get()
		if !known {
			return law.Lacking(need, "公开内容")
		}
		found := count(codes.FindPersonal(text))
		if found == "" {
			return law.Finding{Outcome: law.Pass, Given: "没有发现身份证号码、手机号码、银行卡号", Need: need}
		}
		consent, known := f.Consent.Get()
		switch {
		case !known:
			finding := law.Lacking(need, "本人是否单独同意公开")
			finding.Given = "发现" + found
			return finding
		case !consent:
			return law.Finding{Outcome: law.Refuse, Given: "发现" + found + "，未经本人单独同意", Need: need, Remedy: "遮盖中间数字后再公开"}
		}
		return law.Finding{Outcome: law.Pass, Given: "发现" + found + "，已经本人单独同意或者法律要求公开", Need: need}
	},
	Cases: []law.Case[Draft]{
		{Name: "没有个人号码", On: "2026-05-20", Want: law.Pass, Facts: Draft{Text: law.Some("第三季度收入125,000.00元")}},
		{Name: "已遮盖", On: "2026-05-20", Want: law.Pass, Facts: Draft{law.Some("张某 321002********0016"), law.Some(false)}},
		{Name: "有身份证号码", On: "2026-05-20", Want: law.Refuse, Facts: Draft{law.Some("张某 321002199001010016 领取500元"), law.Some(false)}},
		{Name: "有手机号码和银行卡号", On: "2026-05-20", Want: law.Refuse, Facts: Draft{law.Some("李某 13812345678 卡号6222021234567890128"), law.Some(false)}},
		{Name: "公布办事人员电话，本人同意", On: "2026-05-20", Want: law.Pass, Facts: Draft{law.Some("代办员电话13812345678"), law.Some(true)}},
		{Name: "不知道是否同意", On: "2026-05-20", Want: law.Undecided, Facts: Draft{Text: law.Some("代办员电话13812345678")}},
		{Name: "法律施行前", On: "2021-10-31", Want: law.NotYetInForce, Facts: Draft{law.Some("代办员电话13812345678"), law.Some(false)}},
	},
}

// count says how many of each kind were found, "" for none.
func count(spans []codes.Span) string {
	n := map[codes.PersonalKind]int{}
	for _, s := range spans {
		n[s.Kind]++
	}
	var parts []string
	for _, kind := range []codes.PersonalKind{codes.PersonalID, codes.PersonalMobile, codes.PersonalCard} {
		if n[kind] > 0 {
			parts = append(parts, fmt.Sprintf("%s%d处", kind.Chinese(), n[kind]))
		}
	}
	return strings.Join(parts, "、")
}
