package codes

import (
	"strings"
	"unicode/utf8"

	"cunju/internal/calendar"
)

// PersonalKind is a kind of personal number.
type PersonalKind string

// The kinds.
const (
	PersonalID     PersonalKind = "id-number"
	PersonalMobile PersonalKind = "mobile"
	PersonalCard   PersonalKind = "bank-card"
)

// Chinese names the kind.
func (k PersonalKind) Chinese() string {
	return map[PersonalKind]string{PersonalID: "身份证号码", PersonalMobile: "手机号码", PersonalCard: "银行卡号"}[k]
}

// Span is a personal number in a text, by byte positions.
type Span struct {
	Start, End int
	Kind       PersonalKind
}

// group is an unbroken run of digits (an identity number may end in X).
type group struct {
	start, end int
	text       string // narrow digits
}

// FindPersonal finds identity numbers (eighteen with a province and a birth
// date, even where the check digit shows a slip of the pen: it still tells who
// and when; or the old fifteen), mobile numbers and bank cards (by their check digit) in free text,
// in order and without overlap. Digits may be full-width and may be written in
// groups, as 138 1234 5678 or 6222-0212-….
func FindPersonal(text string) []Span {
	var spans []Span
	groups := digitGroups(text)
	for i := 0; i < len(groups); i++ {
		joined := ""
		best := -1
		var kind PersonalKind
		for j := i; j < len(groups) && j < i+5; j++ {
			if j > i && !joins(text[groups[j-1].end:groups[j].start]) {
				break
			}
			joined += groups[j].text
			if k := personal(joined); k != "" && usual(k, groups[i:j+1]) && !sum(text[groups[j].end:]) {
				best, kind = j, k
			}
		}
		if best >= 0 {
			spans = append(spans, Span{groups[i].start, groups[best].end, kind})
			i = best
		}
	}
	return spans
}

// Mask covers the middle of every personal number found, as notices do:
// 321002********0016, 138****5678, the last four digits of a card.
func Mask(text string) string {
	var b strings.Builder
	at := 0
	for _, s := range FindPersonal(text) {
		b.WriteString(text[at:s.Start])
		number := []rune(joinDigits(text[s.Start:s.End]))
		head, tail := 6, 4
		switch s.Kind {
		case PersonalMobile:
			head = len(number) - 8
		case PersonalCard:
			head = 0
		}
		b.WriteString(string(number[:head]))
		b.WriteString(strings.Repeat("*", len(number)-head-tail))
		b.WriteString(string(number[len(number)-tail:]))
		at = s.End
	}
	b.WriteString(text[at:])
	return b.String()
}

// personal says what kind of personal number a string of digits is, "" if none.
func personal(s string) PersonalKind {
	if identity(s) {
		return PersonalID
	}
	if !digits(s) {
		return ""
	}
	switch n := len(s); {
	case n == 15 && province(s) && calendar.Of(1900+number(s[6:8]), number(s[8:10]), number(s[10:12])) != "":
		return PersonalID
	case n == 11 && mobile(s), n == 13 && s[:2] == "86" && mobile(s[2:]), n == 15 && s[:4] == "0086" && mobile(s[4:]):
		return PersonalMobile
	case n >= 16 && n <= 19 && s[0] >= '3' && luhn(s):
		if _, p := CreditCode(s); p != nil {
			return PersonalCard
		}
	}
	return ""
}

// identity reports whether a number is an identity number, or one with a digit
// or two mistyped: then only a birth within living memory counts, and no bank
// card or credit code, whose own check digits are true.
func identity(s string) bool {
	if len(s) != 18 {
		return false
	}
	_, p := IDNumber(s)
	if p == nil || p.Fault != Check && p.Fault != Damaged || !digits(s[:17]) {
		return p == nil
	}
	if _, no := CreditCode(s); no == nil || digits(s) && luhn(s) {
		return false
	}
	place := s
	if s[0] == '9' {
		place = s[1:]
	}
	birth := calendar.Of(number(s[6:10]), number(s[10:12]), number(s[12:14]))
	return province(place) && birth != "" && birth.Year() >= 1900 && birth.Year() < 2100
}

func mobile(s string) bool { return s[0] == '1' && s[1] >= '3' }

// luhn is the check of bank cards (ISO/IEC 7812).
func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// joins reports whether what stands between two groups is a single separator.
func joins(between string) bool {
	return between == " " || between == "-" || between == "\u00a0" || between == "\u3000" || between == "－"
}

// usual reports whether a number is written in the groups people use for its
// kind: any row of figures in a table would give a card now and then.
func usual(kind PersonalKind, groups []group) bool {
	if len(groups) == 1 || kind == PersonalID {
		return true
	}
	if kind == PersonalMobile {
		return len(groups) == 3 && len(groups[0].text) == 3 && len(groups[1].text) == 4
	}
	for _, g := range groups[:len(groups)-1] {
		if len(g.text) != 4 {
			return false
		}
	}
	return true
}

// sum reports that one or two decimals follow: then it is an amount of money.
func sum(after string) bool {
	if after == "" || after[0] != '.' {
		return false
	}
	decimals := 0
	for _, r := range after[1:] {
		if narrowDigit(r) < 0 {
			break
		}
		decimals++
	}
	return decimals == 1 || decimals == 2
}

func digitGroups(text string) []group {
	var groups []group
	start := -1
	close := func(end int) {
		if start >= 0 {
			groups = append(groups, group{start, end, joinDigits(text[start:end])})
			start = -1
		}
	}
	for i, r := range text {
		switch {
		case narrowDigit(r) >= 0:
			if start < 0 {
				start = i
			}
		case start >= 0 && (r == 'x' || r == 'X' || r == 'Ｘ' || r == 'ｘ'):
			close(i + utf8.RuneLen(r))
		default:
			close(i)
		}
	}
	close(len(text))
	return groups
}

// joinDigits keeps the digits and a closing X.
func joinDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if d := narrowDigit(r); d >= 0 {
			return '0' + d
		}
		if strings.ContainsRune("xXＸｘ", r) {
			return 'X'
		}
		return -1
	}, s)
}

func narrowDigit(r rune) rune {
	switch {
	case r >= '0' && r <= '9':
		return r - '0'
	case r >= '０' && r <= '９':
		return r - '０'
	}
	return -1
}
