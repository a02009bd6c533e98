package people

import (
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/people/search"
)

var (
	persons = db.Table{Name: "people_person", Key: 2, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "handle", Type: db.Int}, {Name: "name", Type: db.Text},
		{Name: "sortkey", Type: db.Text}, {Name: "initials", Type: db.Text}, {Name: "sex", Type: db.Text}, {Name: "birth", Type: db.Date},
		{Name: "ethnicity", Type: db.Text}, {Name: "education", Type: db.Text}, {Name: "degree", Type: db.Text}, {Name: "registered", Type: db.Text},
		{Name: "idnumber", Type: db.Text}, {Name: "phone", Type: db.Text}, {Name: "address", Type: db.Text}, {Name: "erased", Type: db.Bool}},
		Indexes: []db.Index{{Name: "people_person_sortkey", Columns: []string{"town", "sortkey", "id"}}, {Name: "people_person_initials", Columns: []string{"town", "initials", "id"}}}}
	blinds = db.Table{Name: "people_blind", Key: 4, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "field", Type: db.Text}, {Name: "blind", Type: db.Text}, {Name: "id", Type: db.Int}}}
	grams = db.Table{Name: "people_gram", Key: 3, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "gram", Type: db.Text}, {Name: "id", Type: db.Int}}}
	households = db.Table{Name: "people_household", Key: 2, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "number", Type: db.Text}, {Name: "unit", Type: db.Int},
		{Name: "head", Type: db.Int}, {Name: "size", Type: db.Int}, {Name: "handle", Type: db.Int}, {Name: "address", Type: db.Text},
		{Name: "from_day", Type: db.Date}, {Name: "to_day", Type: db.Date}},
		Indexes: []db.Index{{Name: "people_household_unit", Columns: []string{"town", "unit", "number"}}}}
	residents = db.Table{Name: "people_resident", Key: 4, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "household", Type: db.Int}, {Name: "person", Type: db.Int}, {Name: "from_day", Type: db.Date},
		{Name: "to_day", Type: db.Date}, {Name: "relation", Type: db.Text}},
		Indexes: []db.Index{{Name: "people_resident_person", Columns: []string{"town", "person"}}}}
)

// Slice is what people brings to the journal.
func Slice() journal.Slice {
	return journal.Slice{Name: "people", Version: 3, Types: []*journal.Type{
		journal.Define(journal.Entity[Person]{Name: "people.person", Tables: []*db.Table{&persons, &blinds, &grams}, Print: printPerson,
			Folds: []journal.Fold[Person]{journal.Creates(KindEnrol, foldEnrol), journal.On(KindChange, foldChange)}}),
		journal.Define(journal.Entity[Household]{Name: "people.household", Tables: []*db.Table{&households, &residents}, Print: printHousehold,
			Folds: []journal.Fold[Household]{journal.Creates(KindFound, foldFound), journal.On(KindJoin, foldJoin), journal.On(KindPart, foldPart), journal.On(KindLead, foldLead)}}),
		journal.Define(journal.Entity[Erasure]{Name: "people.erasure", Tables: []*db.Table{&erasures}, Print: printErasure,
			Folds: []journal.Fold[Erasure]{journal.Creates(KindErasing, foldErasing), journal.On(KindErased, foldErased), journal.On(KindSpared, foldSpared)}}),
	}}
}

// A person is there from birth on for everything that other slices record, whenever the office came to know of them.
func printPerson(id int64, p *Person) journal.Print {
	life := journal.Span{From: "0001-01-01", To: calendar.Forever}
	if p.Erased {
		return journal.Print{Life: life, Rows: []journal.Row{{Table: &persons, Values: []any{
			id, p.Key, "", "", "", "", "", "", "", "", "", "", "", "", int64(1)}}}}
	}
	if p.Birth != "" {
		life.From = p.Birth
	}
	out := journal.Print{Life: life, Rows: []journal.Row{{Table: &persons, Values: []any{
		id, p.Key, p.Name, search.SortKey(p.Name), search.Initials(p.Name), p.Sex, string(p.Birth), p.Ethnicity, p.Education, p.Degree,
		p.Registered, p.ID.Text, p.Phone.Text, p.Address.Text, int64(0)}}}}
	for _, b := range []struct{ field, value string }{
		{"id", p.ID.Blind}, {"id-tail", p.ID.Tail}, {"phone", p.Phone.Blind}, {"phone-tail", p.Phone.Tail}} {
		if b.value != "" {
			out.Rows = append(out.Rows, journal.Row{Table: &blinds, Values: []any{b.field, b.value, id}})
		}
	}
	for _, g := range search.Grams(p.Name) {
		out.Rows = append(out.Rows, journal.Row{Table: &grams, Values: []any{g, id}})
	}
	return out
}

func printHousehold(id int64, h *Household) journal.Print {
	head, size := int64(-1), int64(0)
	out := journal.Print{Life: h.Life, Uses: []journal.Use{{Entity: h.Unit, Act: h.Act, Span: h.Life}}}
	for _, s := range h.Stays {
		if s.Empty() {
			continue
		}
		if s.To == calendar.Forever {
			size++
			if s.Relation == Head {
				head = s.Person
			}
		}
		out.Rows = append(out.Rows, journal.Row{Table: &residents, Values: []any{id, s.Person, string(s.From), string(s.To), s.Relation}})
		out.Uses = append(out.Uses, journal.Use{Entity: s.Person, Act: s.Act, Span: s.Span})
	}
	out.Rows = append(out.Rows, journal.Row{Table: &households, Values: []any{
		id, h.Number, h.Unit, head, size, h.Key, h.Address.Text, string(h.Life.From), string(h.Life.To)}})
	return out
}
