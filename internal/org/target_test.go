package org_test

import (
	"slices"
	"testing"

	"cunju/internal/access"
	"cunju/internal/member/membertest"
	"cunju/internal/org"
)

// Over a unit that is no more the line above it at its end has power, so that what was recorded about it can be put right.
func TestPowerOverAUnitThatIsNoMore(t *testing.T) {
	each(t, func(y *membertest.Town) {
		y.Must(act(org.PutUnder, y.Second, org.Attach{Line: org.Party, Parent: y.Working}, "2026-02-01"))
		y.Must(act(org.WindUp, y.Second, org.Dissolve{Reason: "撤并"}, day))
		target, err := org.Target(y.Ctx, y.DB, y.Code, y.Second, y.J.Today())
		if err != nil || target.Unit != y.Second || !slices.Equal(target.Path, []int64{y.Second, y.Working, y.Street}) {
			t.Errorf("path %v, %v; want the line of its last day", target.Path, err)
		}
		policy, err := access.New()
		if err != nil {
			t.Fatal(err)
		}
		for person, want := range map[int64]bool{y.Clerk: true, y.Secretary: false, y.Director: false} {
			if d := policy.May(y.Actor(person), access.OrgEdit, target); d.Allowed != want {
				t.Errorf("person %d over the dissolved branch: %v (%s)", person, d.Allowed, d.Reason)
			}
		}
		if target, err = org.Target(y.Ctx, y.DB, y.Code, y.First, "1999-01-01"); err != nil || len(target.Path) == 0 {
			t.Errorf("before its beginning: %v, %v", target.Path, err)
		}
		if target, err = org.Target(y.Ctx, y.DB, y.Code, 9999, y.J.Today()); err != nil || target.Path != nil {
			t.Errorf("no unit at all: %v, %v", target.Path, err)
		}
	})
}

// A list of acts asks for all its units at once and must hear the same.
func TestTargetsAreWhatTargetSays(t *testing.T) {
	each(t, func(y *membertest.Town) {
		y.Must(act(org.WindUp, y.Second, org.Dissolve{Reason: "撤并"}, day))
		units := []int64{y.Street, y.Village, y.Committee, y.First, y.Second, 9999}
		all, err := org.Targets(y.Ctx, y.DB, y.Code, units, y.J.Today())
		if err != nil || len(all) != len(units) {
			t.Fatalf("%d targets: %v", len(all), err)
		}
		for _, u := range units {
			one, err := org.Target(y.Ctx, y.DB, y.Code, u, y.J.Today())
			if err != nil || all[u].Unit != one.Unit || !slices.Equal(all[u].Path, one.Path) {
				t.Errorf("unit %d: %v together, %v alone (%v)", u, all[u], one, err)
			}
		}
	})
}
