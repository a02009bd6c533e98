package ui

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// DateText writes a YYYY-MM-DD date as villagers read it, 2026年1月20日. Text
// that is no date comes back as it is; an empty one as a dash.
func DateText(date string) string {
	if date == "" {
		return "—"
	}
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	y, m, d := t.Date()
	return strconv.Itoa(y) + "年" + strconv.Itoa(int(m)) + "月" + strconv.Itoa(d) + "日"
}

// dates finds the days and months in a text, which must not be torn apart at the end of a line.
var dates = regexp.MustCompile(`\d{4}年(\d{1,2}月(\d{1,2}日)?)?`)

// run is a piece of a text; a whole one stays on one line.
type run struct {
	text  string
	whole bool
}

// runs cuts a text at its dates.
func runs(s string) []run {
	var list []run
	at := 0
	for _, m := range dates.FindAllStringIndex(s, -1) {
		if m[0] > at {
			list = append(list, run{text: s[at:m[0]]})
		}
		list, at = append(list, run{s[m[0]:m[1]], true}), m[1]
	}
	if at < len(s) {
		list = append(list, run{text: s[at:]})
	}
	return list
}

// isDate says whether s is a YYYY-MM-DD date, the only form a date input shows.
func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func firstRune(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(r)
}

// capped writes a count that must fit a small round mark.
func capped(n int) string {
	if n > 99 {
		return "99+"
	}
	return strconv.Itoa(n)
}

// current is the value of aria-current for a navigation entry.
func current(active bool) string {
	if active {
		return "page"
	}
	return "false"
}

func (p Paper) name() string { return strings.ToUpper(string(p)) }
