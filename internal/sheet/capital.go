package sheet

import (
	"math"
	"strings"
)

const capitalDigits = "零壹贰叁肆伍陆柒捌玖"

// ChineseAmount writes fen in the capital characters used on vouchers and
// cheques: 123450 is 人民币壹仟贰佰叁拾肆元伍角整. Form per 支付结算办法
// annex 1 (正确填写票据和结算凭证的基本规定): 整 follows yuan and jiao, never
// fen; zeros between digits are read once.
func ChineseAmount(fen int64) string {
	var b strings.Builder
	b.WriteString("人民币")
	u := uint64(fen)
	if fen < 0 {
		b.WriteString("负")
		u = -u
	}
	digit := func(n uint64) { b.WriteString(string([]rune(capitalDigits)[n])) }
	yuan, jiao, cent := u/100, u/10%10, u%10
	if yuan > 0 {
		capitalInteger(&b, yuan)
		b.WriteString("元")
	} else if u == 0 {
		return b.String() + "零元整"
	}
	if jiao > 0 {
		if yuan > 0 && yuan%10 == 0 {
			b.WriteString("零")
		}
		digit(jiao)
		b.WriteString("角")
	} else if cent > 0 && yuan > 0 {
		b.WriteString("零")
	}
	if cent > 0 {
		digit(cent)
		b.WriteString("分")
	} else {
		b.WriteString("整")
	}
	return b.String()
}

// capitalInteger writes a positive integer. Digits missing at the head of a
// group of four are read as one 零; zeros at a group's end are not read.
func capitalInteger(b *strings.Builder, n uint64) {
	for _, unit := range []struct {
		size uint64
		name string
	}{{100_000_000, "亿"}, {10_000, "万"}} {
		if n < unit.size {
			continue
		}
		capitalInteger(b, n/unit.size)
		b.WriteString(unit.name)
		n %= unit.size
		if n == 0 {
			return
		}
		if n < unit.size/10 {
			b.WriteString("零")
		}
	}
	d := []rune(capitalDigits)
	zero, any := false, false
	for i, place := range []string{"仟", "佰", "拾", ""} {
		v := n / []uint64{1000, 100, 10, 1}[i] % 10
		if v == 0 {
			zero = any
			continue
		}
		if zero {
			b.WriteString("零")
		}
		b.WriteRune(d[v])
		b.WriteString(place)
		zero, any = false, true
	}
}

var capitalValues = map[rune]int64{
	'零': 0, '〇': 0, '壹': 1, '一': 1, '弌': 1, '贰': 2, '貳': 2, '二': 2, '两': 2, '叁': 3, '參': 3, '叄': 3, '三': 3, '肆': 4, '四': 4,
	'伍': 5, '五': 5, '陆': 6, '陸': 6, '六': 6, '柒': 7, '七': 7, '捌': 8, '八': 8, '玖': 9, '九': 9,
}

var capitalUnits = map[rune]int64{
	'拾': 10, '十': 10, '佰': 100, '百': 100, '仟': 1000, '千': 1000, '万': 10_000, '萬': 10_000, '亿': 100_000_000, '億': 100_000_000,
}

// ParseChineseAmount reads an amount in capital (or plain) Chinese characters
// into fen. Negative amounts begin with 负.
func ParseChineseAmount(text string) (fen int64, ok bool) {
	s := strings.TrimPrefix(strings.TrimPrefix(tight(text), "人民币"), ":")
	s = strings.TrimPrefix(s, "¥")
	s, negative := strings.CutPrefix(s, "负")
	s = strings.TrimSuffix(strings.TrimSuffix(s, "整"), "正")
	if s == "" {
		return 0, false
	}
	// total is done to the last 亿, group to the last 万, part is the digits
	// still waiting for their unit.
	const most = math.MaxInt64 / 100
	var total, group, part int64
	last, seen := int64(-1), false
	flush := func() {
		if last >= 0 {
			part += last
		}
		last = -1
	}
	for _, r := range s {
		v, isDigit := capitalValues[r]
		unit, isUnit := capitalUnits[r]
		switch {
		case isDigit:
			if last > 0 {
				return 0, false // two digits without a unit between them
			}
			last, seen = v, true
		case isUnit && unit < 10_000:
			part += max(last, 0) * unit
			if last < 0 && unit == 10 { // 拾元 for 壹拾元
				part += 10
			}
			last, seen = -1, true
		case isUnit && unit == 10_000:
			flush()
			if part > most/unit {
				return 0, false
			}
			group, part = group+part*unit, 0
		case isUnit:
			flush()
			if total+group+part > most/unit {
				return 0, false
			}
			total, group, part = (total+group+part)*unit, 0, 0
		case r == '元' || r == '圆' || r == '圓':
			if flush(); fen != 0 || total+group+part > most {
				return 0, false
			}
			fen, total, group, part = (total+group+part)*100, 0, 0, 0
			seen = true
		case r == '角':
			fen, last = fen+max(last, 0)*10, -1
		case r == '分':
			fen, last = fen+max(last, 0), -1
		default:
			return 0, false
		}
		if fen < 0 || part > most || group > most {
			return 0, false
		}
	}
	if flush(); total+group+part > 0 {
		if fen != 0 {
			return 0, false
		}
		fen = (total + group + part) * 100 // 壹佰 without 元
	}
	if negative {
		fen = -fen
	}
	return fen, seen
}
