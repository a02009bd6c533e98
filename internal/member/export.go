package member

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/people/keyring"
	"cunju/internal/sheet"
	"cunju/internal/sheet/layouts"
)

// ExportForm is a form in which a roster goes out. Its value stands in exported files.
type ExportForm string

// The forms.
const (
	Form29      ExportForm = "roster29"
	FormVillage ExportForm = "village-roster"
)

// ExportOptions say what to export.
type ExportOptions struct {
	Form ExportForm
	Unit int64 // the unit and all below it
	// Full shows whole numbers and addresses: only for those who may reveal them, with a reason, and noted in the view log by
	// the caller. Otherwise they are masked.
	Full   bool
	On     calendar.Date // the day the roster is written, for the years of membership
	Secret []byte        // keys the seals; the same must be given to [ReadBack]
}

// exported is one member with everything that the forms print.
type exported struct {
	id     int64
	sort   string // pinyin of the name
	person people.Row
	branch string // short name
	place  string // village or community above it
	member Member
}

// ExportRoster writes today's roster of a unit and all below it as a spreadsheet, in order of name, and returns the persons on
// it, whose data it shows. The file carries each membership's id and the journal position, so that [ReadBack] finds what
// somebody changed in it.
func ExportRoster(ctx context.Context, q db.Querier, v people.Vault, w io.Writer, opt ExportOptions) (persons []int64, err error) {
	position, err := journal.Size(ctx, q, v.Town)
	if err != nil {
		return nil, err
	}
	list, err := rosterToday(ctx, q, v.Town, opt.Unit)
	if err != nil {
		return nil, err
	}
	handles := make([]keyring.Handle, len(list))
	for i, x := range list {
		handles[i] = keyring.Handle(x.person.Key)
		persons = append(persons, x.person.ID)
	}
	unit, err := org.Find(ctx, q, v.Town, opt.Unit)
	if err != nil {
		return nil, err
	}
	l := exportLayout(opt.Form, opt.Full, opt.On)
	meta := sheet.Meta{Town: v.Town, Position: position, Kind: exportKind(opt), Secret: opt.Secret,
		Subtitle: fmt.Sprintf("%s　截至%s　共%d人", unit.Name, opt.On.Chinese(), len(list))}
	var failed error
	err = sheet.Export(w, l, meta, func(yield func(sheet.ExportRow) bool) {
		for len(list) > 0 {
			n := min(len(list), 1000)
			if failed = v.Ring.Load(ctx, v.Town, handles[:n]); failed != nil {
				return
			}
			for _, x := range list[:n] {
				var values []string
				if values, failed = x.values(ctx, v, l, opt.Full, opt.On); failed != nil || !yield(sheet.ExportRow{Key: x.id, Values: values}) {
					return
				}
			}
			list, handles = list[n:], handles[n:]
		}
	})
	if failed != nil {
		err = failed
	}
	return persons, err
}

// exportKind names the export inside the file: the form, whether numbers are whole, the unit and the day.
func exportKind(o ExportOptions) string {
	face := "masked"
	if o.Full {
		face = "full"
	}
	return strings.Join([]string{string(o.Form), face, strconv.FormatInt(o.Unit, 10), string(o.On)}, "/")
}

func parseKind(s string) (o ExportOptions, ok bool) {
	f := strings.Split(s, "/")
	if len(f) != 4 || f[0] != string(Form29) && f[0] != string(FormVillage) {
		return o, false
	}
	unit, err := strconv.ParseInt(f[2], 10, 64)
	return ExportOptions{Form: ExportForm(f[0]), Full: f[1] == "full", Unit: unit, On: calendar.Date(f[3])}, err == nil && calendar.Date(f[3]).Valid()
}

// sealedColumns are the columns whose values are sealed; a masked export shows and takes back nothing of them.
var sealedColumns = []string{"id_number", "phone", "residence"}

// villageColumns are those that a village keeps; it has no use for identity numbers.
var villageColumns = []string{"no", "name", "sex", "village", "branch", "admitted", "party_age", "phone"}

// exportLayout is a form as it goes out. Masked columns are plain text: what stands there is no number any more.
func exportLayout(form ExportForm, full bool, on calendar.Date) *sheet.Layout {
	l := rosterLayout(on, nil)
	if form == FormVillage {
		l = layouts.VillageRoster(layouts.Checks{})
		l.Check = nil
		l.Columns = slices.DeleteFunc(l.Columns, func(c sheet.Column) bool { return !slices.Contains(villageColumns, c.Key) })
	}
	if full {
		return l
	}
	l.Name += "-masked"
	for _, key := range sealedColumns {
		if c := l.Column(key); c != nil {
			c.Kind, c.Check, c.Rule, c.Required, c.Unique = sheet.Text, nil, "", false, false
		}
	}
	return l
}

// values are the canonical values of a member in a form's columns.
func (x *exported) values(ctx context.Context, v people.Vault, l *sheet.Layout, full bool, on calendar.Date) ([]string, error) {
	face := keyring.FaceExport
	if full {
		face = keyring.FaceExportFull
	}
	out := make([]string, len(l.Columns))
	for i := range l.Columns {
		key := l.Columns[i].Key
		var err error
		switch key {
		case "id_number":
			out[i], err = v.Show(ctx, face, keyring.IDNumber, x.person.Key, x.person.IDNumber)
		case "phone":
			out[i], err = v.Show(ctx, face, keyring.Phone, x.person.Key, x.person.Phone)
		case "residence":
			out[i], err = v.Show(ctx, face, keyring.Address, x.person.Key, x.person.Address)
		default:
			out[i] = x.plain(key, on)
		}
		if err != nil {
			return nil, fmt.Errorf("membership %d, %s: %w", x.id, key, err)
		}
	}
	return out, nil
}

// plain is the value of a column that is not sealed.
func (x *exported) plain(key string, on calendar.Date) string {
	m := &x.member
	switch key {
	case "name":
		return x.person.Name
	case "sex":
		return x.person.Sex
	case "nation":
		return x.person.Ethnicity
	case "birth":
		return string(x.person.Birth)
	case "education":
		return x.person.Education
	case "degree":
		return x.person.Degree
	case "hukou":
		return x.person.Registered
	case "category":
		return m.Now().Category.Chinese()
	case "branch":
		return x.branch
	case "village":
		return x.place
	case "admitted":
		return string(m.Admitted)
	case "full":
		return string(m.Full)
	case "party_age":
		return m.partyAge(on)
	case "lost":
		return yes(m.Lost)
	case "floating":
		return yes(m.Floating)
	}
	return m.Record[key]
}

func yes(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

// partyAge are the full years since the member became a full one (Party constitution, article 7), with the correction that the
// office keeps; "" while on probation or when the day is not known.
func (m *Member) partyAge(on calendar.Date) string {
	years := calendar.Age(m.Full, on)
	if m.Now().Category != Full || years < 0 {
		return ""
	}
	correction, _ := strconv.Atoi(m.Record["party_age_offset"])
	return strconv.Itoa(max(years+correction, 0))
}

// rosterToday reads today's members of a unit with all that the forms print, in order of name.
func rosterToday(ctx context.Context, q db.Querier, town string, unit int64) ([]*exported, error) {
	const inside = ` FROM org_closure c CROSS JOIN member_roster r `
	const where = ` WHERE c.town = $1 AND c.line = $2 AND c.ancestor = $3 AND c.to_day = '9999-12-31' AND r.town = $1 AND r.branch = c.descendant`
	var list []*exported
	byID := map[int64]*exported{}
	err := db.Each(ctx, q, `SELECT r.id, r.branch, d.category, d.admitted, d.full_day, d.floating, d.lost, u.short, u.name,
			p.id, p.handle, p.name, p.sortkey, p.sex, p.birth, p.ethnicity, p.education, p.degree, p.registered, p.idnumber, p.phone, p.address`+inside+
		`CROSS JOIN member_record d CROSS JOIN people_person p CROSS JOIN org_unit u`+where+`
			AND d.town = $1 AND d.id = r.id AND p.town = $1 AND p.id = r.person AND u.town = $1 AND u.id = r.branch`, func(r struct {
		ID, Branch                               int64
		Category                                 Category
		Admitted, Full                           calendar.Date
		Floating, Lost                           int64
		Short, Long                              string
		Person, Key                              int64
		Name, Sortkey, Sex                       string
		Birth                                    calendar.Date
		Ethnicity, Education, Degree, Registered string
		IDNumber, Phone, Address                 string
	}) error {
		x := &exported{id: r.ID, sort: r.Sortkey, branch: cmp.Or(r.Short, r.Long),
			person: people.Row{ID: r.Person, Key: r.Key, Name: r.Name, Sex: r.Sex, Birth: r.Birth, Ethnicity: r.Ethnicity, Education: r.Education,
				Degree: r.Degree, Registered: r.Registered, IDNumber: r.IDNumber, Phone: r.Phone, Address: r.Address},
			member: Member{Person: r.Person, Admitted: r.Admitted, Full: r.Full, Floating: r.Floating != 0, Lost: r.Lost != 0, Record: map[string]string{},
				Spans: []Span{{Branch: r.Branch, Category: r.Category}}}}
		list = append(list, x)
		byID[r.ID] = x
		return nil
	}, town, string(org.Any), unit)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b *exported) int { return cmp.Or(cmp.Compare(a.sort, b.sort), cmp.Compare(a.id, b.id)) })
	err = db.Each(ctx, q, `SELECT f.id, f.field, f.value`+inside+`CROSS JOIN member_field f`+where+` AND f.town = $1 AND f.id = r.id`, func(r struct {
		ID           int64
		Field, Value string
	}) error {
		byID[r.ID].member.Record[r.Field] = r.Value
		return nil
	}, town, string(org.Any), unit)
	if err != nil {
		return nil, err
	}
	places, err := placesOf(ctx, q, town)
	for _, x := range list {
		x.place = places[x.member.Now().Branch]
	}
	return list, err
}

// placesOf gives every unit of today the nearest village or community above it.
func placesOf(ctx context.Context, q db.Querier, town string) (map[int64]string, error) {
	m := map[int64]string{}
	depth := map[int64]int64{}
	err := db.Each(ctx, q, `SELECT c.descendant, u.name, c.depth FROM org_closure c CROSS JOIN org_unit u
		WHERE c.town = $1 AND c.line = $2 AND c.to_day = '9999-12-31' AND u.town = $1 AND u.id = c.ancestor AND u.kind IN ('village', 'community')`, func(r struct {
		ID    int64
		Name  string
		Depth int64
	}) error {
		if d, ok := depth[r.ID]; !ok || r.Depth < d {
			m[r.ID], depth[r.ID] = r.Name, r.Depth
		}
		return nil
	}, town, string(org.Any))
	return m, err
}
