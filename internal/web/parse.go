package web

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

var (
	errText  = errors.New("有看不懂的字符，请重新输入")
	errMoney = errors.New("金额请写成 1234.56，最多两位小数")
	errRange = errors.New("数字太大")
	errInt   = errors.New("请填写整数")
	errPhone = errors.New("请填写 11 位手机号，或者带区号的固定电话")
)

// halfWidth turns the full-width digits and signs of Chinese input methods into
// plain ones.
var halfWidth = strings.NewReplacer(
	"０", "0", "１", "1", "２", "2", "３", "3", "４", "4",
	"５", "5", "６", "6", "７", "7", "８", "8", "９", "9",
	"．", ".", "。", ".", "，", ",", "－", "-", "—", "-", "／", "/", "＋", "+",
	"￥", "¥", "（", "(", "）", ")", "\u3000", " ",
)

// cleanText trims s and unifies line ends. Marks that turn the direction of writing
// are dropped: in a title or a name they make the rest of a line lie. Broken UTF-8
// and control characters are refused, because the two databases disagree about them.
func cleanText(s string) (string, error) {
	if !utf8.ValidString(s) {
		return "", errText
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(c rune) rune {
		if c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 || c == 0x200e || c == 0x200f || c == 0x061c {
			return -1
		}
		return c
	}, s)
	for _, c := range s {
		if (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f || c == utf8.RuneError {
			return "", errText
		}
	}
	return strings.TrimSpace(s), nil
}

// ParseMoney reads yuan ("1,234.5", "¥1234.50", "1234 元") as fen.
func ParseMoney(s string) (int64, error) {
	s = strings.TrimSpace(halfWidth.Replace(s))
	s = strings.TrimSpace(strings.TrimSuffix(s, "元"))
	negative := strings.HasPrefix(s, "-")
	s = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(s, "-"), "¥"))
	whole, part, dotted := strings.Cut(s, ".")
	if strings.Contains(whole, ",") {
		groups := strings.Split(whole, ",")
		for i, g := range groups {
			if (i == 0 && (len(g) == 0 || len(g) > 3)) || (i > 0 && len(g) != 3) {
				return 0, errMoney
			}
		}
		whole = strings.Join(groups, "")
	}
	if !digits(whole) || (dotted && (!digits(part) || len(part) > 2)) {
		return 0, errMoney
	}
	yuan, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || yuan > math.MaxInt64/100-1 {
		return 0, errRange
	}
	fen := int64(0)
	if dotted {
		fen, _ = strconv.ParseInt((part + "0")[:2], 10, 64)
	}
	fen += yuan * 100
	if negative {
		fen = -fen
	}
	return fen, nil
}

// ParseInt reads a whole number, with or without thousands commas.
func ParseInt(s string) (int64, error) {
	s = strings.ReplaceAll(strings.TrimSpace(halfWidth.Replace(s)), ",", "")
	if !digits(strings.TrimPrefix(s, "-")) {
		return 0, errInt
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0, errRange
	}
	return n, nil
}

// ParsePhone reads a mobile number (11 digits, perhaps after +86) or a fixed line
// with its area code, and gives plain digits; a fixed line keeps one hyphen after
// the area code when it was written so.
func ParsePhone(s string) (string, error) {
	s = strings.NewReplacer(" ", "", "(", "", ")", "-").Replace(strings.TrimSpace(halfWidth.Replace(s)))
	s = strings.TrimPrefix(strings.TrimPrefix(s, "+86"), "-")
	bare := strings.ReplaceAll(s, "-", "")
	if !digits(bare) {
		return "", errPhone
	}
	if len(bare) == 11 && bare[0] == '1' && bare[1] >= '3' {
		return bare, nil
	}
	if bare[0] != '0' || len(bare) < 10 || len(bare) > 12 {
		return "", errPhone
	}
	area, rest, cut := strings.Cut(s, "-")
	if !cut {
		return bare, nil
	}
	if len(area) < 3 || len(area) > 4 {
		return "", errPhone
	}
	return area + "-" + strings.ReplaceAll(rest, "-", ""), nil
}

// digits is true for one or more ASCII digits.
func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
