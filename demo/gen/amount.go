package main

import "strings"

// capital writes an amount of fen in the characters used on vouchers:
// 123456 is 壹仟贰佰叁拾肆元伍角陆分.
func capital(fen int64) string {
	if fen == 0 {
		return "零元整"
	}
	var b strings.Builder
	yuan, rest := fen/100, fen%100
	if yuan > 0 {
		b.WriteString(capitalWhole(yuan))
		b.WriteString("元")
	}
	jiao, cent := rest/10, rest%10
	switch {
	case rest == 0:
		b.WriteString("整")
	case jiao == 0:
		if yuan > 0 {
			b.WriteString("零")
		}
		b.WriteString(capitalDigit[cent] + "分")
	case cent == 0:
		b.WriteString(capitalDigit[jiao] + "角整")
	default:
		b.WriteString(capitalDigit[jiao] + "角" + capitalDigit[cent] + "分")
	}
	return b.String()
}

var capitalDigit = []string{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}

// capitalWhole writes a whole number by groups of four digits; a gap of noughts
// is read once.
func capitalWhole(n int64) string {
	var groups []int64
	for ; n > 0; n /= 10000 {
		groups = append(groups, n%10000)
	}
	units := []string{"", "万", "亿", "万亿"}
	out, gap := "", false
	for i := len(groups) - 1; i >= 0; i-- {
		g := groups[i]
		if g == 0 {
			gap = out != ""
			continue
		}
		if out != "" && (gap || g < 1000) {
			out += "零"
		}
		gap = false
		out += capitalGroup(g) + units[i]
	}
	return out
}

func capitalGroup(g int64) string {
	out, gap := "", false
	for i, unit := range []string{"仟", "佰", "拾", ""} {
		d := g / []int64{1000, 100, 10, 1}[i] % 10
		if d == 0 {
			gap = out != ""
			continue
		}
		if gap {
			out += "零"
		}
		gap = false
		out += capitalDigit[d] + unit
	}
	return out
}
