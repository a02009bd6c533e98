package member

import (
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
	// Past writes the roster as it stood at the end of On, which each member's acts are folded for with the help of Book; else
	// it is today's. Only are the memberships to write, nil for all. Neither file can be changed and brought back: it is no
	// longer what holds, or a part.
	Past bool
	Book *journal.Book
	Only []int64
}

// ExportSecret keys the seals by which a changed cell of an export is noticed. It follows from the master key, so it is the same
// after every start, for the desk and the command line, and known to nobody else.
func ExportSecret(v people.Vault) []byte {
	return []byte(v.Ring.Blind(v.Town, keyring.Field("export-seal"), "roster"))
}

// part reports whether the file is not the whole roster of today.
func (o ExportOptions) part() bool { return o.Past || o.Only != nil }

// exported is one member with everything that the forms print.
type exported struct {
	id     int64
	sort   string // pinyin of the name
	person people.Row
	branch string // short name
	place  string // village or community above it
	member Member
}

// ExportRoster writes the roster of a unit and all below it as a spreadsheet, in order of name, and returns the persons on it,
// whose data it shows. The file carries each membership's id and the journal position, so that [ReadBack] finds what somebody
// changed in it.
func ExportRoster(ctx context.Context, q db.Querier, v people.Vault, w io.Writer, opt ExportOptions) (persons []int64, err error) {
	position, err := journal.Size(ctx, q, v.Town)
	if err != nil {
		return nil, err
	}
	list, err := rosterOf(ctx, q, v.Town, opt)
	if err != nil {
		return nil, err
	}
	handles := make([]keyring.Handle, len(list))
	for i, x := range list {
		handles[i] = keyring.Handle(x.person.Key)
		persons = append(persons, x.person.ID)
	}
	unit, err := org.NameOn(ctx, q, v.Town, opt.Unit, opt.On)
	if err != nil {
		return nil, err
	}
	l := exportLayout(opt.Form, opt.Full, opt.On)
	meta := sheet.Meta{Town: v.Town, Position: position, Kind: exportKind(opt), Secret: opt.Secret,
		Subtitle: fmt.Sprintf("%s　截至%s　共%d人", unit, opt.On.Chinese(), len(list))}
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
	if o.part() {
		return "part"
	}
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
