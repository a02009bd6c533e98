package keyring

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"cunju/internal/people/search"
)

// Normal is the form of a value in which a blind index compares it: ID numbers with upper-case X and no spaces, phone and
// bank card numbers as digits without the country code, names without spaces, everything else trimmed. Full-width
// characters count as plain ones.
func Normal(field Field, value string) string {
	switch field {
	case IDNumber, IDTail:
		return strings.ToUpper(keep(value, func(r rune) bool { return isDigit(r) || r == 'x' || r == 'X' }))
	case Phone:
		digits := keep(value, isDigit)
		for _, country := range []string{"0086", "86"} {
			if rest, ok := strings.CutPrefix(digits, country); ok && len(rest) == 11 && rest[0] == '1' {
				return rest
			}
		}
		return digits
	case PhoneTail, Landline, BankCard:
		return keep(value, isDigit)
	case Name:
		return search.Normal(value)
	}
	return strings.TrimSpace(value)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// keep returns the half-width form of the characters of s that ok accepts.
func keep(s string, ok func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' { // full-width ASCII, U+FF01 to U+FF5E
			r -= '！' - '!'
		}
		if ok(r) {
			return r
		}
		return -1
	}, s)
}

// MaskID masks an ID number: 321002********1234. What is not 15 or 18 characters long keeps only its last two.
func MaskID(id string) string {
	if n := len(id); n == 18 || n == 15 {
		return id[:6] + strings.Repeat("*", n-10) + id[n-4:]
	}
	return stars(id, 2)
}

// MaskPhone masks a mobile number: 138****1234. Any other number keeps only its last two digits.
func MaskPhone(phone string) string {
	if digits := Normal(Phone, phone); len(digits) == 11 && digits[0] == '1' {
		return digits[:3] + "****" + digits[7:]
	}
	return stars(phone, 2)
}

// MaskBankCard masks an account number: **** 1234.
func MaskBankCard(card string) string {
	digits := keep(card, isDigit)
	if len(digits) < 12 {
		return stars(card, 2)
	}
	return "**** " + digits[len(digits)-4:]
}

// MaskName masks a name for public lists, keeping the family name: 王**, 欧阳*; of a name with a middle dot the first
// character.
func MaskName(name string) string {
	head := search.Surname(name)
	return head + strings.Map(func(r rune) rune {
		if r == '·' {
			return r
		}
		return '*'
	}, strings.TrimPrefix(name, head))
}

// MaskAddress keeps an address down to the village, community or street: 文峰街道文峰村***.
func MaskAddress(address string) string {
	if address == "" {
		return ""
	}
	end := 0
	for _, unit := range []string{"省", "市", "区", "县", "镇", "乡", "街道", "村", "社区"} {
		if i := strings.LastIndex(address, unit); i >= 0 {
			end = max(end, i+len(unit))
		}
	}
	return address[:end] + "***"
}

// stars masks all but the last characters of s, and all of a short one.
func stars(s string, last int) string {
	runes := []rune(s)
	for i := range runes {
		if (utf8.RuneCountInString(s) <= 4 || i < len(runes)-last) && !unicode.IsSpace(runes[i]) {
			runes[i] = '*'
		}
	}
	return string(runes)
}
