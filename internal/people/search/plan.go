package search

import (
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

// Query is a plan of look-ups for a typed word. The fields that are set are alternatives: rows that match any of them
// are shown.
type Query struct {
	Text     string   // the word in normal form, to check candidates and to show again
	ID       string   // a whole ID number, 15 or 18 characters: blind index of the number
	IDTail   string   // its last four characters: blind index of the tail
	Phone    string   // a whole mobile number: blind index of the number
	PhoneEnd string   // the last four digits of a mobile number: blind index of the tail
	Initials string   // prefix of the pinyin initials
	Pinyin   string   // prefix of the sort key
	First    string   // the first character of the name: one gram
	Grams    []string // all of these grams; then keep the names that contain Text
}

// Empty reports that there is nothing to look up.
func (q Query) Empty() bool {
	return q.ID == "" && q.IDTail == "" && q.Phone == "" && q.PhoneEnd == "" && q.Initials == "" && q.Pinyin == "" &&
		q.First == "" && len(q.Grams) == 0
}

// ByNumber reports that a number was typed, whole or its end.
func (q Query) ByNumber() bool {
	return q.ID != "" || q.IDTail != "" || q.Phone != "" || q.PhoneEnd != ""
}

// Plan decides what to look up for a word as typed. Numbers other than whole ID and mobile numbers and their last four
// digits look up nothing: shorter ones would match strangers, longer ones are stored nowhere.
func Plan(typed string) Query {
	text := Normal(typed)
	q := Query{Text: text}
	switch letters := strings.ReplaceAll(text, "·", ""); {
	case text == "":
	case looksLikeNumber(text):
		planNumber(&q, text)
	case isLetters(letters):
		q.Initials = letters
		q.Pinyin, _ = segment(typed, letters)
	case utf8.RuneCountInString(text) == 1:
		q.First = text
	default:
		q.Grams = appendPairs(nil, []rune(text))
	}
	return q
}

// looksLikeNumber: digits with the separators people type, perhaps ending in the check letter x.
func looksLikeNumber(text string) bool {
	digits := strings.TrimSuffix(strings.TrimLeft(separators.Replace(text), "+"), "x")
	return digits != "" && strings.Trim(digits, "0123456789") == ""
}

var separators = strings.NewReplacer("-", "", "(", "", ")", "", "·", "")

func planNumber(q *Query, text string) {
	number := strings.ToUpper(strings.TrimPrefix(separators.Replace(text), "+"))
	if len(number) == 13 && strings.HasPrefix(number, "861") {
		number = number[2:]
	}
	switch {
	case len(number) == 18, len(number) == 15 && !strings.HasSuffix(number, "X"):
		q.ID = number
	case len(number) == 11 && number[0] == '1' && number[10] != 'X':
		q.Phone = number
	case len(number) == 4:
		q.IDTail = number
		if number[3] != 'X' {
			q.PhoneEnd = number
		}
	}
}

func isLetters(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

// segment reads letters as full pinyin and returns the prefix of a sort key they stand for: "wangxiao" → "wang xiao".
// Spaces as typed are taken as they are. Letters that are initials only ("wxm") are no pinyin; the last syllable may be
// unfinished ("wangxi").
func segment(typed, letters string) (string, bool) {
	if fields := strings.Fields(strings.ToLower(typed)); len(fields) > 1 {
		return strings.Join(fields, " "), true
	}
	known := syllables()
	// best[i] is the segmentation of letters[:i] with the fewest syllables.
	best := make([][]string, len(letters)+1)
	best[0] = []string{}
	for i := 1; i <= len(letters); i++ {
		for n := min(6, i); n >= 1; n-- { // the longest syllable is zhuang
			part := letters[i-n : i]
			before := best[i-n]
			if before == nil || best[i] != nil && len(before)+1 >= len(best[i]) {
				continue
			}
			if known.has(part) || i == len(letters) && known.begins(part) {
				best[i] = append(before[:len(before):len(before)], part)
			}
		}
	}
	found := best[len(letters)]
	for _, part := range found {
		if len(part) > 1 && known.has(part) {
			return strings.Join(found, " "), true
		}
	}
	return "", false
}

// syllableSet is all syllables, sorted.
type syllableSet []string

func (s syllableSet) has(part string) bool {
	i := sort.SearchStrings(s, part)
	return i < len(s) && s[i] == part
}

func (s syllableSet) begins(part string) bool {
	i := sort.SearchStrings(s, part)
	return i < len(s) && strings.HasPrefix(s[i], part)
}

// syllables collects the syllables of the dictionary once.
var syllables = sync.OnceValue(func() syllableSet {
	seen := map[string]bool{}
	for r := range pinyin.PinyinDict {
		if s := syllable(rune(r)); s != "" {
			seen[s] = true
		}
	}
	all := make(syllableSet, 0, len(seen))
	for s := range seen {
		all = append(all, s)
	}
	sort.Strings(all)
	return all
})
