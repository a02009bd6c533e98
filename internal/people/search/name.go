package search

import (
	"strings"
	"unicode"
)

// Normal is a name as it is compared and indexed: without spaces, full-width letters made plain, Latin letters in lower
// case, all middle dots written ·.
func Normal(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff':
			return -1
		case r >= '！' && r <= '～': // full-width ASCII, U+FF01 to U+FF5E
			r -= '！' - '!'
		}
		switch r {
		case '•', '‧', '・', '∙', '⋅', '．', '.': // how · is typed when it cannot be found
			return '·'
		}
		return unicode.ToLower(r)
	}, name)
}

// Surname is the family name at the head of a Chinese name: two characters for a compound family name followed by at
// least one more character, else the first character.
func Surname(name string) string {
	runes := []rune(name)
	if len(runes) == 0 {
		return ""
	}
	if len(runes) > 2 {
		if two := string(runes[:2]); compound[two] != "" {
			return two
		}
	}
	return string(runes[:1])
}

// Grams are the keys under which a name is found by characters: each pair of neighbours once, and the first character,
// which finds by the beginning.
func Grams(name string) []string {
	runes := []rune(Normal(name))
	if len(runes) == 0 {
		return nil
	}
	grams := make([]string, 0, len(runes))
	grams = append(grams, string(runes[:1]))
	return appendPairs(grams, runes)
}

// appendPairs appends the pairs of neighbours that are not yet there.
func appendPairs(grams []string, runes []rune) []string {
next:
	for i := 1; i < len(runes); i++ {
		pair := string(runes[i-1 : i+1])
		for _, g := range grams {
			if g == pair {
				continue next
			}
		}
		grams = append(grams, pair)
	}
	return grams
}
