package codes

import (
	"regexp"
	"strings"
)

// Fault is the kind of a problem, for statistics of an import and for tests.
type Fault string

// The faults.
const (
	Empty     Fault = "empty"
	Damaged   Fault = "damaged" // by a spreadsheet: digits are lost
	Masked    Fault = "masked"
	Length    Fault = "length"
	Old       Fault = "old" // a fifteen-digit identity number
	Character Fault = "character"
	Area      Fault = "area"
	Birth     Fault = "birth"
	Check     Fault = "check"
	Segment   Fault = "segment" // a part of a division code outside the assigned ranges
)

// Problem says what is wrong with a number and what to do, in plain Chinese.
// It never repeats the number: it may be shown on screens and kept in logs.
type Problem struct {
	Fault Fault
	What  string
	Fix   string
}

// Text is the problem as one line for a cell.
func (p *Problem) Text() string { return p.What + "；" + p.Fix }

var (
	scientific = regexp.MustCompile(`^\d(\.\d+)?[eE]\+?\d{1,3}$`)
	decimal    = regexp.MustCompile(`^\d+\.\d*$`)
)

// damaged recognises a number that passed through a numeric cell.
func damaged(s, name string) *Problem {
	switch {
	case scientific.MatchString(s):
		return &Problem{Damaged, name + "被表格变成了科学计数，后面的数字已经丢失", retype}
	case decimal.MatchString(s):
		return &Problem{Damaged, name + "被表格当成了小数，数字可能已经丢失", retype}
	}
	return nil
}

const retype = "请先把这一列设为“文本”格式，再照证件逐个重新填写（只改格式不能找回数字），然后重新导入"

// clean drops what is not part of a number and narrows full-width signs. Letters
// become capitals.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == '\u3000' || r == '\u00a0' || r == '\u200b' || r == '\ufeff':
			return -1
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r >= 'Ａ' && r <= 'Ｚ':
			return r - 'Ａ' + 'A'
		case r >= 'ａ' && r <= 'ｚ':
			return r - 'ａ' + 'A'
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r == '＊':
			return '*'
		}
		return r
	}, s)
	return strings.TrimLeft(s, "'‘’＇")
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// provinces are the first two digits in use (GB/T 2260), with the residence
// permits of Hong Kong, Macao and Taiwan (81, 82, 83).
const provinces = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 "

func province(s string) bool { return strings.Contains(provinces, " "+s[:2]+" ") }
