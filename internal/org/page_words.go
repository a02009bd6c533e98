package org

import (
	"fmt"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

var lineTitles = map[Line]string{Area: "属地", Party: "党组织", Collective: "集体经济"}

// lineOrder is the order in which pages show the lines.
var lineOrder = []Line{Party, Area, Collective}

func kindTitle(code string) string {
	if k, ok := kinds[code]; ok {
		return k.Title
	}
	return code
}

var powerTitles = map[string]string{access.PowerDecide: "决策", access.PowerExecute: "执行", access.PowerSupervise: "监督"}

func roleTitle(code string) string {
	if r, ok := access.RoleOf(code); ok {
		return r.Title
	}
	return code
}

func unitPath(id int64) string { return fmt.Sprintf("%s/%d", treePath, id) }

// unitDay is the address of a unit's page on a day; today needs no date.
func unitDay(id int64, on, today calendar.Date) string {
	if on == today {
		return unitPath(id)
	}
	return unitPath(id) + "?asof=" + string(on)
}

// period writes a span as people do.
func period(s journal.Span) string {
	if s.To == calendar.Forever {
		return s.From.Chinese() + "起"
	}
	return s.From.Chinese() + "至" + s.To.AddDays(-1).Chinese()
}

// term writes until when an office is held; late when the term is over and the office goes on.
func term(o OfficeRow, on calendar.Date) (text string, late bool) {
	switch {
	case o.Until == "":
		return "未定任期", false
	case o.Until <= on && o.To > on:
		return fmt.Sprintf("任期已于%s届满，已超 %d 天", o.Until.AddDays(-1).Chinese(), calendar.Days(o.Until, on)+1), true
	}
	return "任期至" + o.Until.AddDays(-1).Chinese(), false
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

// field is a form's field with its place on the form.
func field(f *web.Form, name, label string, need web.Need, width ui.Width, help string) ui.Field {
	x := f.Field(name, label, need)
	x.Width, x.Help = width, help
	return x
}

// kindOptions are the kinds of units to choose from, in groups.
func kindOptions() []ui.Option {
	var out []ui.Option
	for _, group := range []struct {
		title string
		in    func(Kind) bool
	}{
		{"街道、村居和小组", func(k Kind) bool { return k.Place && k.Code != "town" }},
		{"党组织", func(k Kind) bool { return k.Party }},
		{"其他组织", func(k Kind) bool { return !k.Place && !k.Party }},
	} {
		for _, k := range kindList {
			if group.in(k) {
				out = append(out, ui.Option{Value: k.Code, Text: k.Title, Group: group.title})
			}
		}
	}
	return out
}

// roleOptions are the posts that a kind of unit has. The street's own posts sit in bodies of the street.
func roleOptions(kind string) []ui.Option {
	var out []ui.Option
	for _, r := range access.Roles() {
		if seatedIn(r.Code, kind) && (!r.Street || kinds[kind].Town) {
			out = append(out, ui.Option{Value: r.Code, Text: r.Title})
		}
	}
	return out
}

func codesOf(options []ui.Option) []string {
	out := make([]string, len(options))
	for i, o := range options {
		out[i] = o.Value
	}
	return out
}
