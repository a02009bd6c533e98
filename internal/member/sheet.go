package member

import (
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/law/codes"
	"cunju/internal/people"
	"cunju/internal/sheet"
	"cunju/internal/sheet/layouts"
)

// RosterRow is one row of a roster in the terms of the record. It holds a person's numbers in plain text and never leaves the
// request and the upload that it came from.
type RosterRow struct {
	Row     int            `json:"row"`              // number in the file
	Person  int64          `json:"person,omitempty"` // who has the number already, 0 for nobody
	Details people.Details `json:"details"`
	Enter   Enter          `json:"enter"` // without the person
}

// recordKeys are the roster's columns that a membership keeps as text, in the layout's keys.
var recordKeys = []string{"party_age_offset", "stratum", "post", "profession", "migrant_worker", "admission_type", "conversion",
	"admitting_branch", "extension", "industry", "post_note"}

// rosterLayout is the 29-column roster with the checks that need no database: numbers by their check digit, telephones that can
// be called. What depends on the register comes with the check.
func rosterLayout(on calendar.Date, check func(t *sheet.Table)) *sheet.Layout {
	l := layouts.Roster29(layouts.Checks{IDNumber: idCheck(on)})
	l.Column("phone").Check = phoneCheck
	l.Check = check
	return l
}

func idCheck(on calendar.Date) func(string) string {
	return func(number string) string {
		_, p := codes.IDNumberOn(number, on)
		if p == nil {
			return ""
		}
		return p.Text()
	}
}

// phoneCheck wants a number that can be called from anywhere: a mobile one, or a landline with its area code.
func phoneCheck(number string) string {
	if strings.Contains(number, "-") || len(number) == 11 && number[0] == '1' {
		return ""
	}
	return "不是11位手机号码，也没有区号。请照本人核对"
}

// rosterRow maps a row of the 29 columns; branch and person are filled in by who looks them up.
func rosterRow(r sheet.Record, how How) RosterRow {
	row := RosterRow{Row: r.Row(), Details: people.Details{
		Name: r.Text("name"), Sex: r.Text("sex"), Birth: r.Date("birth"), Ethnicity: r.Text("nation"), Education: r.Text("education"),
		Degree: r.Text("degree"), Registered: people.Coarse(r.Text("hukou")), IDNumber: r.Text("id_number"), Phone: r.Text("phone"),
		Address: r.Text("residence")}}
	if id, p := codes.IDNumber(row.Details.IDNumber); p == nil {
		if row.Details.Birth == "" {
			row.Details.Birth = id.Birth
		}
		if row.Details.Sex == "" {
			row.Details.Sex = id.Sex
		}
	}
	category, _ := CategoryOf(r.Text("category"))
	row.Enter = Enter{Category: category, How: how, Admitted: r.Date("admitted"), Full: r.Date("full"),
		Floating: r.Text("floating") == "是", Lost: r.Text("lost") == "是", Record: map[string]string{}}
	for _, k := range recordKeys {
		if v := r.Text(k); v != "" {
			row.Enter.Record[k] = v
		}
	}
	return row
}
