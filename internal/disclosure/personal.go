package disclosure

import (
	"fmt"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/codes"
	"cunju/internal/law/pipl"
	"cunju/internal/sheet"
)

// each calls f on every text of the content that people will read.
func (c *Content) each(f func(*string)) {
	for _, s := range c.spots() {
		f(s.text)
	}
}

// Masked is the content with the middle of every personal number covered. The original stays as it is.
func (c Content) Masked() Content {
	c = c.clone()
	c.each(func(s *string) { *s = codes.Mask(*s) })
	return c
}

// Personal says how many personal numbers of each kind stand in the content, in plain Chinese; "" when none does. It never
// repeats a number.
func (c Content) Personal() string { return personal(c.all()) }

// personal is [Content.Personal] for any text.
func personal(text string) string {
	n := map[codes.PersonalKind]int{}
	for _, s := range codes.FindPersonal(text) {
		n[s.Kind]++
	}
	var parts []string
	for _, kind := range []codes.PersonalKind{codes.PersonalID, codes.PersonalMobile, codes.PersonalCard} {
		if n[kind] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d 处", kind.Chinese(), n[kind]))
		}
	}
	return strings.Join(parts, "、")
}

func (c *Content) all() string {
	var b strings.Builder
	c.each(func(s *string) { b.WriteString(*s + "\n") })
	return b.String()
}

// privacy asks DS-18 about the content: personal numbers are published with each person's separate consent or not at all.
func (c *Content) privacy(on calendar.Date) law.Verdict {
	return pipl.NoNumbers.Judge(pipl.Draft{Text: law.Some(c.all()), Consent: law.Some(c.Consent)}, on, law.Settings{})
}

// personalCell says in which cell of a book a personal number stands, hidden sheets included, and of which kind; "" when none
// does. It never repeats the number.
func personalCell(b *sheet.Book) (string, error) {
	for i, info := range b.Sheets {
		for row, err := range b.Rows(i) {
			if err != nil {
				return "", err
			}
			for _, cell := range row.Cells {
				if found := codes.FindPersonal(cell.Raw); len(found) > 0 {
					return "工作表“" + info.Name + "”的 " + cell.Address() + " 格里有" + found[0].Kind.Chinese(), nil
				}
			}
		}
	}
	return "", nil
}
