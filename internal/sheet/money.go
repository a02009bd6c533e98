package sheet

import (
	"math"
	"strconv"
	"strings"
)

// ParseMoney reads an amount of money as people write it and returns it in fen:
// "1,234.50", "￥1234.5元", "1.2万元", "(300)" for minus 300, full-width digits.
// Scale is the unit in fen that applies when the text names none: 100 for yuan,
// 1,000,000 for 万元. No floating point is involved; what does not come out in
// whole fen, or does not fit, is refused with a message for people.
func ParseMoney(text string, scale int64) (fen int64, message string) {
	s := strings.ToLower(tight(text))
	s = strings.TrimPrefix(strings.TrimPrefix(s, "人民币"), "rmb")
	negative := false
	if in, ok := strings.CutPrefix(s, "("); ok && strings.HasSuffix(in, ")") {
		s, negative = strings.TrimSuffix(in, ")"), true
	}
	for {
		rest := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(s, "￥"), "¥"), "+")
		for _, minus := range []string{"-", "−", "–", "负"} {
			if r, ok := strings.CutPrefix(rest, minus); ok && !negative {
				rest, negative = r, true
			}
		}
		if rest == s {
			break
		}
		s = rest
	}
	for _, u := range []string{"人民币元", "亿元", "千元", "万元", "亿", "万", "元整", "元", "圆"} {
		if rest, ok := strings.CutSuffix(s, u); ok {
			s = rest
			switch u {
			case "万":
				u = "万元"
			case "亿":
				u = "亿元"
			case "圆", "元整":
				u = "元"
			}
			scale = unitScale[u]
			break
		}
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, ",", ""), "，", "")
	whole, frac, _ := strings.Cut(s, ".")
	if whole == "" && frac == "" || !digits(whole) || !digits(frac) {
		return 0, "看不懂金额“" + clip(text) + "”，请只填数字，例如 1234.50"
	}
	// The value is (whole‖frac) · scale / 10^len(frac).
	frac = strings.TrimRight(frac, "0")
	n, err := strconv.ParseInt(whole+frac, 10, 64)
	if whole+frac == "" {
		n, err = 0, nil
	}
	for range frac {
		if scale%10 != 0 {
			return 0, "金额“" + clip(text) + "”不到一分的零头不能入账，请改为两位小数"
		}
		scale /= 10
	}
	if err != nil || n != 0 && scale > math.MaxInt64/n {
		return 0, "金额“" + clip(text) + "”太大，请核对"
	}
	if fen = n * scale; negative {
		fen = -fen
	}
	return fen, ""
}

// digits reports that s is empty or all ASCII digits.
func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// FormatMoney writes fen as yuan with two decimals, such as "-1234.50".
func FormatMoney(fen int64) string {
	sign, u := "", uint64(fen)
	if fen < 0 {
		sign, u = "-", -u
	}
	s := strconv.FormatUint(u, 10)
	for len(s) < 3 {
		s = "0" + s
	}
	return sign + s[:len(s)-2] + "." + s[len(s)-2:]
}

// clip shortens a text for a message.
func clip(s string) string {
	s = tidy(s)
	if r := []rune(s); len(r) > 20 {
		return string(r[:20]) + "…"
	}
	return s
}
