package people

import (
	"fmt"
	"strings"
	"unicode"

	"cunju/internal/access"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// chooseLimit is how many persons other slices' forms offer to choose from.
const chooseLimit = 20

// Choose offers persons for the forms of other slices, as ids with names and what tells persons of one name apart. Only
// persons for whom the reader has a duty are offered, numbers stay masked, and the look is noted in the view log.
func (p *Pages) Choose(r *web.Request, typed string) ([]ui.Option, error) {
	rows, err := p.Vault.Search(r.Context(), p.DB, typed, chooseLimit)
	if err != nil {
		return nil, err
	}
	var out []ui.Option
	for _, row := range rows {
		units, err := p.Units(r.Context(), row.ID)
		if err != nil {
			return nil, err
		}
		if !p.CanAny(r, access.PeopleRead, units) {
			continue
		}
		f, err := p.masked(r, row)
		if err != nil {
			return nil, err
		}
		out = append(out, ui.Option{Value: fmt.Sprint(row.ID), Text: row.Name, Help: strings.Join(strings.Fields(row.Sex+" "+f.Age+"岁 "+f.Number+" "+row.Registered), "，")})
	}
	return out, p.note(r, access.View{Act: access.PeopleRead, What: "选择人员（号码已隐去）", Persons: int64(len(out))})
}

// Names offers persons by name alone, to whoever manages accounts and may see nothing else of them: a number typed finds
// nobody, so that it cannot be used to test whose it is.
func (p *Pages) Names(r *web.Request, typed string) ([]ui.Option, error) {
	if strings.ContainsFunc(typed, unicode.IsDigit) {
		return nil, nil
	}
	rows, err := p.Vault.Search(r.Context(), p.DB, typed, chooseLimit)
	if err != nil {
		return nil, err
	}
	out := make([]ui.Option, len(rows))
	for i, row := range rows {
		out[i] = ui.Option{Value: fmt.Sprint(row.ID), Text: row.Name, Help: fmt.Sprintf("第 %d 号人员", row.ID)}
	}
	return out, nil
}
