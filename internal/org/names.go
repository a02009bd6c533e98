package org

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
)

// Names finds units by the names that registers use for them: the one on the seal or the short one. It holds the units of one
// day; a register of ten thousand rows asks it instead of the database.
type Names struct {
	by  map[string][]UnitRow
	all []UnitRow
}

// LoadNames reads the units that exist on a day.
func LoadNames(ctx context.Context, q db.Querier, town string, on calendar.Date) (*Names, error) {
	units, err := Tree(ctx, q, town, Any, on)
	if err != nil {
		return nil, err
	}
	n := &Names{by: map[string][]UnitRow{}, all: units}
	for _, u := range units {
		n.add(u)
	}
	return n, nil
}

func (n *Names) add(u UnitRow) {
	for i, name := range []string{u.Name, u.Short} {
		if key := plainName(name); key != "" && (i == 0 || key != plainName(u.Name)) {
			n.by[key] = append(n.by[key], u)
		}
	}
}

// plainName is a name without what offices write one way or another: spaces, brackets and their width.
func plainName(s string) string { return plain.Replace(s) }

var plain = strings.NewReplacer(" ", "", "\u3000", "", "\n", "", "（", "(", "）", ")")

// Find returns the units that bear a name and satisfy fits (nil for all).
func (n *Names) Find(name string, fits func(UnitRow) bool) []UnitRow {
	var out []UnitRow
	for _, u := range n.by[plainName(name)] {
		if fits == nil || fits(u) {
			out = append(out, u)
		}
	}
	return out
}

// Nearest returns at most limit short names that look most like a name, best first, of units that satisfy fits.
func (n *Names) Nearest(name string, limit int, fits func(UnitRow) bool) []string {
	type scored struct {
		label string
		score int
	}
	want := pieces(plainName(name))
	var list []scored
	for _, u := range n.all {
		if fits != nil && !fits(u) {
			continue
		}
		s := max(likeness(want, pieces(plainName(u.Name))), likeness(want, pieces(plainName(u.Short))))
		if s >= 300 {
			list = append(list, scored{u.Label(), s})
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	var out []string
	for _, s := range list[:min(limit, len(list))] {
		out = append(out, s.label)
	}
	return out
}

// pieces are the characters and the pairs of characters of a text, each with its number of occurrences.
func pieces(s string) map[string]int {
	r := []rune(s)
	m := map[string]int{}
	for i := range r {
		m[string(r[i])]++
		if i+1 < len(r) {
			m[string(r[i:i+2])]++
		}
	}
	return m
}

// likeness is the share of pieces that two texts have in common, in thousandths (Dice's coefficient).
func likeness(a, b map[string]int) int {
	common, total := 0, 0
	for p, n := range a {
		common += min(n, b[p])
		total += n
	}
	for _, n := range b {
		total += n
	}
	if total == 0 {
		return 0
	}
	return 2000 * common / total
}

// IsBranch says that Party members belong to a unit directly.
func (u UnitRow) IsBranch() bool { return kinds[u.Kind].Branch }

// IsParty says that a unit is a Party organisation.
func (u UnitRow) IsParty() bool { return kinds[u.Kind].Party }

// IsPlace says that a unit is ground with people on it, not a body.
func (u UnitRow) IsPlace() bool { return kinds[u.Kind].Place }

// Suggest words the nearest names for a message: "；是不是“…”或“…”", or nothing.
func Suggest(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "；是不是“" + strings.Join(names, "”或“") + "”"
}

// All are the units of the day in order of establishment.
func (n *Names) All() []UnitRow { return n.all }
