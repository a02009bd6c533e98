package sheet

import (
	"strings"
	"unicode"
)

// narrow turns full-width letters, digits and signs into narrow ones and the
// many kinds of space into one.
func narrow(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 || s[i] < 0x20 {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - 0xFEE0
		case r == '\u200b' || r == '\ufeff' || r == '\u200e' || r == '\u200f':
			return -1
		case r == '【' || r == '〔' || r == '﹙':
			return '('
		case r == '】' || r == '〕' || r == '﹚':
			return ')'
		case r != '\n' && (unicode.IsSpace(r) || r == '\u00a0'):
			return ' '
		case unicode.IsControl(r) && r != '\n':
			return -1
		}
		return r
	}, s)
}

// tight is narrow without any space or line break: the form in which words are
// compared.
func tight(s string) string {
	s = narrow(s)
	if strings.IndexFunc(s, unicode.IsSpace) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// tidy trims a text and joins its runs of spaces; line breaks stay.
func tidy(s string) string {
	s = strings.TrimSpace(narrow(s))
	for strings.Contains(s, "  ") {
		s = strings.ReplaceAll(s, "  ", " ")
	}
	return s
}

// Units that a heading may state, in fen.
var unitScale = map[string]int64{"元": 100, "人民币元": 100, "千元": 100_000, "万元": 1_000_000, "亿元": 10_000_000_000, "角": 10, "分": 1}

// heading is the text of a header cell taken apart.
type heading struct {
	full  string // letters and digits of the whole text
	short string // the same without what stands in brackets
	scale int64  // fen per unit, 0 when none is stated
}

// parseHeading normalises a header: spaces, widths, brackets, colons, marks of
// required columns and units do not matter.
func parseHeading(s string) heading {
	s = strings.ToLower(tight(s))
	var h heading
	var full, short strings.Builder
	depth := 0
	var inner strings.Builder
	for _, r := range s {
		switch {
		case r == '(' || r == '[':
			depth++
			inner.Reset()
		case r == ')' || r == ']':
			if depth > 0 {
				depth--
			}
			word := strings.TrimPrefix(strings.TrimPrefix(inner.String(), "单位"), ":")
			if scale, ok := unitScale[word]; ok {
				h.scale = scale
			} else if !ignoredNote(inner.String()) {
				full.WriteString(letters(inner.String()))
			}
			inner.Reset()
		case depth > 0:
			inner.WriteRune(r)
		case keep(r):
			full.WriteRune(r)
			short.WriteRune(r)
		case r == '/':
			// 性别/民族 differs from 性别民族 for no reader.
		}
	}
	if depth > 0 {
		full.WriteString(letters(inner.String()))
	}
	h.full, h.short = full.String(), short.String()
	if h.scale == 0 {
		for _, u := range []string{"万元", "千元", "亿元"} {
			if rest, ok := strings.CutSuffix(h.short, u); ok && rest != "" {
				h.short, h.scale = rest, unitScale[u]
				h.full = strings.Replace(h.full, u, "", 1)
			}
		}
	}
	return h
}

func keep(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if keep(r) {
			return r
		}
		return -1
	}, s)
}

// ignoredNote reports remarks in brackets that do not distinguish columns.
func ignoredNote(s string) bool {
	switch s {
	case "必填", "选填", "*", "可选", "必填项", "选填项", "下拉", "请选择":
		return true
	}
	return false
}

// scaleOf finds a statement of the unit for the whole sheet, such as 单位：万元.
func scaleOf(s string) int64 {
	s = tight(s)
	for {
		_, rest, ok := strings.Cut(s, "单位")
		if !ok {
			return 0
		}
		s = rest
		rest = strings.TrimLeft(rest, ":(")
		for _, u := range []string{"人民币元", "万元", "千元", "亿元", "元"} {
			if after, ok := strings.CutPrefix(rest, u); ok && (after == "" || !keep([]rune(after)[0])) {
				return unitScale[u]
			}
		}
	}
}
