package access

import "testing"

// The town of the tests: 文峰街道 (1) with its working committee (2), 文峰村 (10) with general branch (11), branches
// (12, 13), villagers' committee (14), supervision (15), collective (16), group (17); 渡江村 (20) with branch (21).
const (
	town, party                       = 1, 2
	village, general, branchA         = 10, 11, 12
	branchB, committeeUnit, oversight = 13, 14, 15
	collective, groupUnit             = 16, 17
	other, otherBranch                = 20, 21
)

var above = map[int64][]int64{
	town: {town}, party: {party, town},
	village: {village, town}, general: {general, party, village, town},
	branchA: {branchA, general, party, village, town}, branchB: {branchB, general, party, village, town},
	committeeUnit: {committeeUnit, village, town}, oversight: {oversight, village, town},
	collective: {collective, village, town}, groupUnit: {groupUnit, village, town},
	other: {other, town}, otherBranch: {otherBranch, party, other, town},
}

// office builds an office as the roles table describes it.
func office(t testing.TB, code string, unit, area int64) Office {
	t.Helper()
	r, ok := RoleOf(code)
	if !ok {
		t.Fatalf("no role %s", code)
	}
	return Office{ID: unit*1000 + area, Unit: unit, Area: area, Role: code, Line: r.Line, Power: r.Power, Title: r.Title, Path: above[unit]}
}

func at(unit int64) Target { return Target{Unit: unit, Path: above[unit]} }

func who(person int64, offices ...Office) Actor { return Actor{Person: person, Offices: offices} }

func load(t testing.TB) *Policy {
	t.Helper()
	p, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return p
}
