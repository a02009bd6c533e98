package people

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/people/keyring"
	"cunju/internal/sheet"
)

// ExportOptions say what to export of the households.
type ExportOptions struct {
	Unit   int64         // village, community or group, and all below it
	Full   bool          // whole numbers and addresses: only for those who may reveal them, noted in the view log by the caller
	On     calendar.Date // who lived there at the end of this day
	Secret []byte        // keys the seals of the export
}

// home is one line of the register.
type home struct {
	Person, Household     int64
	Number                string
	Unit                  int64
	Relation              string
	Name, Sex             string
	Birth                 calendar.Date
	Ethnicity, Registered string
	Key                   int64
	IDNumber, Phone       string
	AddressKey            int64
	Address               string
	UnitName, UnitKind    string
	Head                  string
}

// ExportHouseholds writes the register of households of a unit and all below it, one person a row, household by household, and
// returns the persons on it, whose data it shows.
func ExportHouseholds(ctx context.Context, q db.Querier, v Vault, w io.Writer, opt ExportOptions) (persons []int64, err error) {
	position, err := journal.Size(ctx, q, v.Town)
	if err != nil {
		return nil, err
	}
	list, err := homes(ctx, q, v.Town, opt)
	if err != nil {
		return nil, err
	}
	unit, err := org.Find(ctx, q, v.Town, opt.Unit)
	if err != nil {
		return nil, err
	}
	for _, h := range list {
		persons = append(persons, h.Person)
	}
	l := householdLayout(opt.On, nil)
	l.Check = nil
	face := keyring.FaceExport
	if opt.Full {
		face = keyring.FaceExportFull
	} else {
		for _, key := range []string{"id_number", "phone", "address"} {
			c := l.Column(key)
			c.Kind, c.Check, c.Rule, c.Required, c.Unique = sheet.Text, nil, "", false, false
		}
		l.Name += "-masked"
	}
	meta := sheet.Meta{Town: v.Town, Position: position, Secret: opt.Secret, Kind: l.Name + "/" + strconv.FormatInt(opt.Unit, 10) + "/" + string(opt.On),
		Subtitle: fmt.Sprintf("%s　截至%s　共%d人", unit.Name, opt.On.Chinese(), len(list))}
	var failed error
	err = sheet.Export(w, l, meta, func(yield func(sheet.ExportRow) bool) {
		for len(list) > 0 {
			part := list[:min(len(list), 1000)]
			list = list[len(part):]
			handles := make([]keyring.Handle, 0, 2*len(part))
			for _, h := range part {
				handles = append(handles, keyring.Handle(h.Key), keyring.Handle(h.AddressKey))
			}
			if failed = v.Ring.Load(ctx, v.Town, handles); failed != nil {
				return
			}
			for _, h := range part {
				var values map[string]string
				if values, failed = h.values(ctx, v, face); failed != nil {
					return
				}
				row := sheet.ExportRow{Key: h.Person, Values: make([]string, len(l.Columns))}
				for i := range l.Columns {
					row.Values[i] = values[l.Columns[i].Key]
				}
				if !yield(row) {
					return
				}
			}
		}
	})
	if failed != nil {
		err = failed
	}
	return persons, err
}

func (h *home) values(ctx context.Context, v Vault, face keyring.Face) (map[string]string, error) {
	m := map[string]string{"household": h.Number, "head": h.Head, "name": h.Name, "relation": h.Relation, "sex": h.Sex, "birth": string(h.Birth),
		"nation": h.Ethnicity, "hukou": h.Registered}
	if h.UnitKind == "villagers-group" || h.UnitKind == "residents-group" {
		m["group"] = h.UnitName
	} else {
		m["place"] = h.UnitName
	}
	for _, f := range []struct {
		column string
		field  keyring.Field
		key    int64
		sealed string
	}{{"id_number", keyring.IDNumber, h.Key, h.IDNumber}, {"phone", keyring.Phone, h.Key, h.Phone}, {"address", keyring.Address, h.AddressKey, h.Address}} {
		var err error
		if m[f.column], err = v.Show(ctx, face, f.field, f.key, f.sealed); err != nil {
			return nil, fmt.Errorf("person %d, %s: %w", h.Person, f.column, err)
		}
	}
	return m, nil
}

// homes reads who lived where at the end of a day, heads first.
func homes(ctx context.Context, q db.Querier, town string, opt ExportOptions) ([]home, error) {
	return db.All[home](ctx, q, `SELECT p.id, h.id, h.number, h.unit, r.relation, p.name, p.sex, p.birth, p.ethnicity, p.registered, p.handle, p.idnumber, p.phone,
			h.handle, h.address, u.name, u.kind, COALESCE(d.name, '')
		FROM org_closure c CROSS JOIN people_household h CROSS JOIN people_resident r CROSS JOIN people_person p CROSS JOIN org_unit u
		LEFT JOIN people_person d ON d.town = $1 AND d.id = h.head
		WHERE c.town = $1 AND c.line = $2 AND c.ancestor = $3 AND c.from_day <= $4 AND c.to_day > $4
			AND h.town = $1 AND h.unit = c.descendant AND h.from_day <= $4 AND h.to_day > $4
			AND r.town = $1 AND r.household = h.id AND r.from_day <= $4 AND r.to_day > $4
			AND p.town = $1 AND p.id = r.person AND p.erased = 0 AND u.town = $1 AND u.id = h.unit
		ORDER BY h.unit, h.number, h.id, CASE WHEN r.relation = '户主' THEN 0 ELSE 1 END, p.birth, p.id`, town, string(org.Any), opt.Unit, string(opt.On))
}
