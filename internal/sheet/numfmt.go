package sheet

import (
	"strconv"
	"strings"
	"time"
)

// dateForm says what a number format shows of a serial date.
type dateForm uint8

const (
	formNone  dateForm = iota // an ordinary number
	formDay                   // shows a day
	formMonth                 // shows year and month but no day
)

// builtinForm classifies the number formats that files refer to by number only
// (ECMA-376 part 1, 18.8.30, with its Chinese locale table).
func builtinForm(id int) dateForm {
	switch {
	case id == 17, id == 27, id == 52, id == 55, id == 57:
		return formMonth
	case id >= 14 && id <= 16, id == 22, id >= 28 && id <= 31, id == 36, id >= 50 && id <= 58:
		return formDay
	}
	return formNone
}

// codeForm classifies a number format by its code, such as yyyy"年"m"月". Times
// of day alone are not dates.
func codeForm(code string) dateForm {
	code, _, _ = strings.Cut(code, ";")
	var year, month, day, hour bool
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; {
		case code[i] == '"':
			if j := strings.IndexByte(code[i+1:], '"'); j >= 0 {
				i += j + 1
			}
		case code[i] == '\\' || code[i] == '_' || code[i] == '*':
			i++
		case code[i] == '[':
			if j := strings.IndexByte(code[i:], ']'); j >= 0 {
				hour = hour || strings.Trim(strings.ToLower(code[i+1:i+j]), "hms") == "" // elapsed time
			}
		case c == 'g' && strings.HasPrefix(strings.ToLower(code[i:]), "general"):
			i += len("general") - 1
		case c == 'y' || c == 'e':
			// An e after a digit is an exponent: 0.00E+00.
			if c == 'e' && i > 0 && (code[i-1] == '0' || code[i-1] == '#') {
				return formNone
			}
			year = true
		case c == 'm':
			month = true
		case c == 'd':
			day = true
		case c == 'h' || c == 's':
			hour = true
		}
	}
	switch {
	case day && (year || month):
		return formDay
	case year:
		return formMonth
	case month && !hour:
		return formDay
	}
	return formNone
}

// serialDay turns a serial date into YYYY-MM-DD. The 1900 system counts a
// February 29th that did not exist, so serials up to 60 are one off; 60 itself
// is no day at all.
func serialDay(serial float64, era1904 bool) (string, bool) {
	n := int(serial)
	if serial < 0 || serial >= 2958466 {
		return "", false
	}
	var t time.Time
	switch {
	case era1904:
		t = time.Date(1904, 1, 1+n, 0, 0, 0, 0, time.UTC)
	case n >= 61:
		t = time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC)
	case n >= 1 && n <= 59:
		t = time.Date(1899, 12, 31+n, 0, 0, 0, 0, time.UTC)
	default:
		return "", false
	}
	if t.Year() > 9999 {
		return "", false
	}
	return t.Format("2006-01-02"), true
}

// dayOf returns the serial of a day in the 1900 system, for writing.
func dayOf(day string) (int, bool) {
	t, err := time.Parse("2006-01-02", day)
	if err != nil || t.Year() < 1901 {
		return 0, false
	}
	return int(t.Sub(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)).Hours() / 24), true
}

// numberText writes a number as a person would see it: with the 15 significant
// digits that spreadsheets keep for fractions, without an exponent where that
// is readable. Integers are written out in full.
func numberText(f float64) string {
	if a := max(f, -f); a >= 1e21 || f != f {
		return strconv.FormatFloat(f, 'g', -1, 64)
	} else if a < 1e15 {
		if g, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64); err == nil {
			f = g
		}
	}
	if f == 0 {
		return "0"
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

// number fills a cell from a number and the form of its style.
func (c *Cell) number(f float64, form dateForm, era1904 bool) {
	c.Kind, c.era1904 = CellNumber, era1904
	if form != formNone {
		if day, ok := serialDay(f, era1904); ok {
			c.Kind, c.Raw = CellDate, day
			if form == formMonth {
				c.Raw = day[:7]
			}
			return
		}
	}
	c.Raw = numberText(f)
}
