package web

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"cunju/internal/calendar"
)

// Need says whether a field may stay empty.
type Need bool

const (
	// Optional fields may stay empty and then give their zero value.
	Optional Need = false
	// Needed fields must be filled.
	Needed Need = true
)

// text reads a field, cleaned. ok is false when there is nothing to check
// further: empty, or already failed.
func (f *Form) text(name, label string, need Need) (s string, ok bool) {
	s, err := cleanText(f.values.Get(name))
	if err != nil {
		f.Fail(name, label, err.Error())
		return "", false
	}
	if s == "" {
		if need == Needed {
			f.Fail(name, label, "必须填写")
		}
		return "", false
	}
	return s, true
}

// Text reads a text of at most limit characters that may be empty.
func (f *Form) Text(name, label string, limit int) string {
	return f.limited(name, label, limit, Optional)
}

// Required reads a text of one to limit characters.
func (f *Form) Required(name, label string, limit int) string {
	return f.limited(name, label, limit, Needed)
}

func (f *Form) limited(name, label string, limit int, need Need) string {
	s, ok := f.text(name, label, need)
	if !ok {
		return ""
	}
	if n := utf8.RuneCountInString(s); n > limit {
		f.Fail(name, label, fmt.Sprintf("最多 %d 个字，现在有 %d 个字", limit, n))
		return ""
	}
	return s
}

// Secret reads a password as typed, without trimming. It is never shown again:
// call Forget before the form is.
func (f *Form) Secret(name, label string) string {
	s := f.values.Get(name)
	switch {
	case s == "":
		f.Fail(name, label, "必须填写")
	case !utf8.ValidString(s) || utf8.RuneCountInString(s) > 128:
		f.Fail(name, label, "最多 128 个字符")
		return ""
	}
	return s
}

// Date reads a day in any of the spellings of calendar.Parse.
func (f *Form) Date(name, label string, need Need) calendar.Date {
	s, ok := f.text(name, label, need)
	if !ok {
		return ""
	}
	date, err := calendar.Parse(s)
	if err != nil {
		f.Fail(name, label, err.Error())
	}
	return date
}

// Money reads an amount in yuan that is not negative and gives fen.
func (f *Form) Money(name, label string, need Need) int64 {
	fen := f.Balance(name, label, need)
	if fen < 0 {
		f.Fail(name, label, "金额不能小于零")
		return 0
	}
	return fen
}

// Balance reads an amount in yuan, below zero where an account is overdrawn, and gives fen.
func (f *Form) Balance(name, label string, need Need) int64 {
	s, ok := f.text(name, label, need)
	if !ok {
		return 0
	}
	fen, err := ParseMoney(s)
	if err != nil {
		f.Fail(name, label, err.Error())
	}
	return fen
}

// Int64 reads a whole number from least to most.
func (f *Form) Int64(name, label string, need Need, least, most int64) int64 {
	s, ok := f.text(name, label, need)
	if !ok {
		return 0
	}
	n, err := ParseInt(s)
	if err != nil {
		f.Fail(name, label, err.Error())
		return 0
	}
	if n < least || n > most {
		f.Fail(name, label, fmt.Sprintf("应在 %d 到 %d 之间", least, most))
		return 0
	}
	return n
}

// Choice reads one of the offered values.
func (f *Form) Choice(name, label string, need Need, offered ...string) string {
	s, ok := f.text(name, label, need)
	if !ok {
		return ""
	}
	if slices.Contains(offered, s) {
		return s
	}
	f.Fail(name, label, "请从列出的选项中选择")
	return ""
}

// Phone reads a mobile or fixed-line number.
func (f *Form) Phone(name, label string, need Need) string {
	s, ok := f.text(name, label, need)
	if !ok {
		return ""
	}
	phone, err := ParsePhone(s)
	if err != nil {
		f.Fail(name, label, err.Error())
	}
	return phone
}

// Bool reads a tick box.
func (f *Form) Bool(name string) bool {
	switch f.values.Get(name) {
	case "1", "on", "true", "yes":
		return true
	}
	return false
}

// IDs reads the ticked rows of a list: at most limit numbers, each once, in the
// order sent.
func (f *Form) IDs(name, label string, need Need, limit int) []int64 {
	var ids []int64
	seen := map[int64]bool{}
	for _, s := range f.values[name] {
		n, err := ParseInt(s)
		if err != nil || n < 0 {
			f.Fail(name, label, "选择的内容不对，请刷新后重新选择")
			return nil
		}
		if !seen[n] {
			seen[n] = true
			ids = append(ids, n)
		}
	}
	switch {
	case len(ids) == 0 && need == Needed:
		f.Fail(name, label, "请至少选择一项")
	case len(ids) > limit:
		f.Fail(name, label, fmt.Sprintf("一次最多选择 %d 项，现在选了 %d 项", limit, len(ids)))
		return nil
	}
	return ids
}
