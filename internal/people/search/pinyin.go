package search

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

var plain = pinyin.NewArgs() // the usual reading, without tones, ü as v

// usual remembers the readings of characters: a table look-up with conversion of tones is slow, names repeat.
var usual sync.Map // rune → string

// syllable is the usual reading of a character; a Latin letter or digit reads as itself, anything else as nothing.
func syllable(r rune) string {
	if r < utf8.RuneSelf {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return string(r)
		}
		return ""
	}
	if s, ok := usual.Load(r); ok {
		return s.(string)
	}
	s := ""
	if all := pinyin.SinglePinyin(r, plain); len(all) > 0 {
		s = strings.ReplaceAll(all[0], "ü", "v")
	}
	usual.Store(r, s)
	return s
}

// Syllables are the readings of the characters of a name, the family name read as one. Characters without a reading
// (dots, characters no dictionary knows) are left out.
func Syllables(name string) []string {
	name = Normal(name)
	runes := []rune(name)
	if len(runes) == 0 {
		return nil
	}
	out := make([]string, 0, len(runes))
	head := Surname(name)
	if two, ok := compound[head]; ok {
		out = append(out, strings.Fields(two)...)
		runes = runes[2:]
	} else if one, ok := surnames[runes[0]]; ok {
		out = append(out, one)
		runes = runes[1:]
	}
	for _, r := range runes {
		if s := syllable(r); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// Initials are the first letters of a name's syllables: 王小明 → wxm.
func Initials(name string) string {
	var b strings.Builder
	for _, s := range Syllables(name) {
		b.WriteByte(s[0])
	}
	return b.String()
}

// SortKey orders names by pinyin, equal readings by character: "wang xiao ming 王小明". A name without any reading sorts
// behind all others. Prefixes of it answer a search by full pinyin.
func SortKey(name string) string {
	name = Normal(name)
	s := Syllables(name)
	if len(s) == 0 {
		return "~ " + name
	}
	return strings.Join(s, " ") + " " + name
}
