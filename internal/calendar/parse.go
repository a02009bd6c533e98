package calendar

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// The years a person may type. Earlier or later ones are slips of the finger.
const (
	firstYear = 1900
	lastYear  = 2199
)

var (
	dayForms = []*regexp.Regexp{
		regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`),
		regexp.MustCompile(`^(\d{4})/(\d{1,2})/(\d{1,2})$`),
		regexp.MustCompile(`^(\d{4})\.(\d{1,2})\.(\d{1,2})$`),
		regexp.MustCompile(`^(\d{4})年(\d{1,2})月(\d{1,2})日?$`),
		regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`),
	}
	monthForms = []*regexp.Regexp{
		regexp.MustCompile(`^(\d{4})-(\d{1,2})$`),
		regexp.MustCompile(`^(\d{4})/(\d{1,2})$`),
		regexp.MustCompile(`^(\d{4})\.(\d{1,2})$`),
		regexp.MustCompile(`^(\d{4})年(\d{1,2})月?$`),
		regexp.MustCompile(`^(\d{4})(\d{2})$`),
	}
)

// Parse reads a day in any of the ways offices write it: 2026-11-23, 20261123,
// 2026年11月23日, 2026.11.23, 2026/11/23. Spaces and full-width digits do not
// matter. The error is one line of plain Chinese for the person who typed it.
func Parse(s string) (Date, error) {
	text := narrow(s)
	if text == "" {
		return "", fmt.Errorf("没有填写日期，请填写年月日，例如 2026-11-23")
	}
	for _, form := range dayForms {
		m := form.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		year, month, day := atoi(m[1]), atoi(m[2]), atoi(m[3])
		if err := checkMonth(text, year, month); err != nil {
			return "", err
		}
		d := Of(year, month, day)
		if d == "" {
			return "", fmt.Errorf("“%s”不是真实的日期：%d年%d月没有%d日，请核对后重填", text, year, month, day)
		}
		return d, nil
	}
	if _, err := ParseMonth(text); err == nil {
		return "", fmt.Errorf("“%s”只有年月，请补上日，例如 2026-11-23", text)
	}
	return "", fmt.Errorf("看不懂日期“%s”，请写成 2026-11-23 或 2026年11月23日", shorten(text))
}

// ParseMonth reads a month (2026年11月, 2026-11, 2026.11, 2026/11, 202611) and
// gives its first day.
func ParseMonth(s string) (Date, error) {
	text := narrow(s)
	if text == "" {
		return "", fmt.Errorf("没有填写年月，请填写，例如 2026-11")
	}
	for _, form := range monthForms {
		if m := form.FindStringSubmatch(text); m != nil {
			year, month := atoi(m[1]), atoi(m[2])
			if err := checkMonth(text, year, month); err != nil {
				return "", err
			}
			return Of(year, month, 1), nil
		}
	}
	return "", fmt.Errorf("看不懂年月“%s”，请写成 2026-11 或 2026年11月", shorten(text))
}

func checkMonth(text string, year, month int) error {
	if year < firstYear || year > lastYear {
		return fmt.Errorf("“%s”的年份不在%d至%d之间，请核对后重填", text, firstYear, lastYear)
	}
	if month < 1 || month > 12 {
		return fmt.Errorf("“%s”的月份不在1至12之间，请核对后重填", text)
	}
	return nil
}

// narrow drops all spaces and turns full-width digits and signs into narrow
// ones, which is what an input method leaves behind most often.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\u3000' || r == '\u00a0':
			return -1
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == '－' || r == '—' || r == '–':
			return '-'
		case r == '／':
			return '/'
		case r == '．' || r == '。':
			return '.'
		}
		return r
	}, s)
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 24 {
		return string(r[:24]) + "…"
	}
	return s
}

// atoi reads digits that a pattern has already matched.
func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
