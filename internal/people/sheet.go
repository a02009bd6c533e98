package people

import (
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/law/codes"
	"cunju/internal/sheet"
	"cunju/internal/sheet/layouts"
)

// ResidentEntry is one row of the register of households: a person and the place in the household. Numbers are in plain text
// and never leave the request and the upload that they came from.
type ResidentEntry struct {
	Row       int     `json:"row"`
	Person    int64   `json:"person,omitempty"` // who has the number already
	Details   Details `json:"details"`          // the address is the household's
	Relation  string  `json:"relation"`
	Household string  `json:"household"`      // number
	Unit      int64   `json:"unit"`           // village, community or group
	Home      int64   `json:"home,omitempty"` // the household that has the number already
}

// householdLayout is the register of households with the place to which a row belongs.
func householdLayout(on calendar.Date, check func(t *sheet.Table)) *sheet.Layout {
	l := layouts.Households(layouts.Checks{IDNumber: func(number string) string {
		if _, p := codes.IDNumberOn(number, on); p != nil {
			return p.Text()
		}
		return ""
	}})
	l.Columns = append(l.Columns, sheet.Column{Key: "place", Title: "所属村居", Kind: sheet.Text, FillDown: true, Width: 14,
		Synonyms: []string{"所属村(社区)", "所在村居", "村居", "所属村", "所在村", "所属社区"}})
	form := l.Check
	l.Check = func(t *sheet.Table) {
		form(t)
		check(t)
	}
	return l
}

func residentEntry(r sheet.Record) ResidentEntry {
	e := ResidentEntry{Row: r.Row(), Relation: r.Text("relation"), Household: r.Text("household"), Details: Details{
		Name: r.Text("name"), Sex: r.Text("sex"), Birth: r.Date("birth"), Ethnicity: r.Text("nation"), Registered: Coarse(r.Text("hukou")),
		IDNumber: r.Text("id_number"), Phone: r.Text("phone"), Address: r.Text("address")}}
	if id, p := codes.IDNumber(e.Details.IDNumber); p == nil {
		if e.Details.Birth == "" {
			e.Details.Birth = id.Birth
		}
		if e.Details.Sex == "" {
			e.Details.Sex = id.Sex
		}
	}
	return e
}

// Coarse keeps a place of registration down to the street or township when it goes on to a house: the full address is sealed,
// this one is not.
func Coarse(place string) string {
	if !strings.ContainsAny(place, "0123456789０１２３４５６７８９号室幢栋") {
		return place
	}
	for _, unit := range []string{"街道", "镇", "乡", "区", "县", "市", "省"} {
		if i := strings.Index(place, unit); i >= 0 {
			return place[:i+len(unit)]
		}
	}
	return ""
}
