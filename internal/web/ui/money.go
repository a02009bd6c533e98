package ui

import (
	"strconv"
	"strings"
)

// Money writes fen as yuan with separators and two decimals, 3,250.00.
func Money(fen int64) string {
	sign, u := "", uint64(fen)
	if fen < 0 {
		sign, u = "-", -u
	}
	whole := strconv.FormatUint(u/100, 10)
	var b strings.Builder
	b.WriteString(sign)
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	cents := u % 100
	b.WriteByte('.')
	b.WriteByte(byte('0' + cents/10))
	b.WriteByte(byte('0' + cents%10))
	return b.String()
}

const capitalDigits = "零壹贰叁肆伍陆柒捌玖"

// Capital writes fen in the capital characters of vouchers and bills, after
// 《支付结算办法》 annex 1 (正确填写票据和结算凭证的基本规定): 叁仟贰佰伍拾元整.
func Capital(fen int64) string {
	sign, u := "", uint64(fen)
	if fen < 0 {
		sign, u = "负", -u
	}
	yuan, jiao, cents := u/100, u%100/10, u%10
	digits := []rune(capitalDigits)
	var b strings.Builder
	b.WriteString(sign)
	if yuan > 0 {
		b.WriteString(capitalWhole(yuan))
		b.WriteString("元")
	}
	switch {
	case jiao == 0 && cents == 0:
		if yuan == 0 {
			b.WriteString("零元")
		}
		b.WriteString("整")
	case cents == 0:
		b.WriteString(string(digits[jiao]) + "角整")
	default:
		if jiao > 0 {
			b.WriteString(string(digits[jiao]) + "角")
		} else if yuan > 0 {
			b.WriteString("零")
		}
		b.WriteString(string(digits[cents]) + "分")
	}
	return b.String()
}

// capitalWhole writes a positive whole number, four digits at a time; one 零
// stands for any run of zeros inside, none at the end.
func capitalWhole(n uint64) string {
	digits := []rune(capitalDigits)
	places := [...]string{"", "拾", "佰", "仟"}
	groups := [...]string{"", "万", "亿", "万", "亿"}
	text := strconv.FormatUint(n, 10)
	var b strings.Builder
	zero, inGroup := false, false
	for i, r := range text {
		place := len(text) - 1 - i
		if d := int(r - '0'); d == 0 {
			zero = true
		} else {
			if zero {
				b.WriteString("零")
				zero = false
			}
			b.WriteString(string(digits[d]) + places[place%4])
			inGroup = true
		}
		if place%4 == 0 {
			if inGroup || place == 8 && n >= 1e12 { // 壹万亿: the second unit stands even after zeros
				b.WriteString(groups[place/4])
			}
			inGroup = false
		}
	}
	return b.String()
}

// parseYuan reads typed yuan, 3,250.5 or 3250.50 or ３２５０ in full width, into
// fen. It serves the capital hint; pages parse with their own rules.
func parseYuan(s string) (fen int64, ok bool) {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == '．':
			return '.'
		case r == ',' || r == '，' || r == ' ':
			return -1
		}
		return r
	}, s)
	whole, frac, dotted := strings.Cut(s, ".")
	if whole == "" || len(whole) > 13 || len(frac) > 2 || dotted && frac == "" {
		return 0, false
	}
	for len(frac) < 2 {
		frac += "0"
	}
	n, err := strconv.ParseUint(whole+frac, 10, 63)
	if err != nil {
		return 0, false
	}
	return int64(n), true
}

// capitalOf is the hint below a money field; empty while there is no amount.
func capitalOf(typed string) string {
	fen, ok := parseYuan(typed)
	if !ok {
		return ""
	}
	return Capital(fen)
}
