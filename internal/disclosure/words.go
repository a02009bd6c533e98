package disclosure

import (
	"slices"
	"strings"
	"unicode/utf8"

	"cunju/internal/people/search"
)

// wordsMost bounds the text of one notice that is searched, in bytes: a table of thousands of rows is found by its first ones.
const wordsMost = 60_000

// plainWords brings a text into the one form in which notices are searched: without spaces, small, with the brackets of
// document numbers.
func plainWords(s string) string { return numberAsTyped(search.Normal(s)) }

// words is what a notice is found by: number, title, paragraphs, items of its tables. Names of persons are left out: a
// search must not gather what is published of one of them.
func (n *Notice) words() string {
	c := n.Content
	list := []string{n.Number, c.Title}
	list = append(list, strings.Split(c.Text, "\n")...)
	if f := c.Finance; f != nil {
		for _, l := range f.Lines {
			list = append(list, l.Item, l.Source, l.Dept, l.Note)
		}
	}
	if t := c.Table; t != nil {
		list = append(list, t.Columns...)
		for _, row := range t.Rows {
			for i, cell := range row {
				if i < len(t.Columns) && !ofPersons(t.Columns[i]) {
					list = append(list, cell)
				}
			}
		}
	}
	var b strings.Builder
	seen := map[string]bool{}
	for _, s := range list {
		s = plainWords(s)
		if s == "" || seen[s] || b.Len()+len(s) >= wordsMost {
			continue
		}
		seen[s] = true
		b.WriteString(s)
		b.WriteByte('\n')
	}
	return b.String()
}

// ofPersons reports whether a column names persons.
func ofPersons(heading string) bool {
	return slices.ContainsFunc([]string{"姓名", "户主", "人员", "受益", "名单", "住址", "电话", "证号", "账号"}, func(w string) bool { return strings.Contains(heading, w) })
}

// pairs are the pairs of neighbouring characters of a text, each once. The last character of a line is paired with the line's
// end, so that every character begins a pair.
func pairs(text string) []string {
	var out []string
	seen := map[string]bool{}
	last, begin := rune('\n'), 0
	for i, r := range text {
		if last != '\n' {
			if p := text[begin : i+utf8.RuneLen(r)]; !seen[p] {
				seen[p] = true
				out = append(out, p)
			}
		}
		last, begin = r, i
	}
	return out
}

// termsMost bounds how many words of a search count.
const termsMost = 6

// terms are the words of a search in the form of [plainWords]; what cannot be searched is dropped.
func terms(typed string) []string {
	var out []string
	for _, t := range strings.Fields(typed) {
		if t = plainWords(t); t != "" && !slices.Contains(out, t) && len(out) < termsMost {
			out = append(out, t)
		}
	}
	return out
}
