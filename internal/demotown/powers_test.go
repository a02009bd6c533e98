package demotown

import (
	"slices"
	"testing"

	"cunju/internal/access"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
	"cunju/internal/org"
)

// stepPowers are the powers that the steps of a notice take.
var stepPowers = map[string]string{
	disclosure.KindDraft.Name: access.DisclosureDraft, disclosure.KindSubmit.Name: access.DisclosureDraft, disclosure.KindCheck.Name: access.DisclosureCheck,
	disclosure.KindApprove.Name: access.DisclosureApprove, disclosure.KindPublish.Name: access.DisclosurePublish, disclosure.KindPost.Name: access.DisclosurePublish,
	disclosure.KindTakeDown.Name: access.DisclosureTakedown, disclosure.KindPropose.Name: access.DisclosureDraft, disclosure.KindRedact.Name: access.DisclosureApprove,
}

// Whoever takes a step in the demo's notices may: nothing is shown that the powers refuse.
func (y *town) powers(t *testing.T) {
	policy, err := access.New()
	if err != nil {
		t.Fatal(err)
	}
	ctx, seen := t.Context(), map[string]int{}
	notices, err := disclosure.Board(ctx, y.DB, y.Town, disclosure.BoardFilter{Area: -1, To: Present, Limit: 1000})
	if err != nil || len(notices) < 50 {
		t.Fatalf("%d notices, %v", len(notices), err)
	}
	for _, n := range notices {
		acts, err := journal.Acts(ctx, y.DB, y.Town, n.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range acts {
			power, ok := stepPowers[a.Kind]
			if !ok || a.By.System { // the clocks need no power
				continue
			}
			seen[a.Kind]++
			actor, err := org.Actor(ctx, y.DB, y.Town, a.By.Person, a.Effective)
			if err != nil {
				t.Fatal(err)
			}
			actor.Offices = slices.DeleteFunc(actor.Offices, func(o access.Office) bool { return o.ID != a.By.Office })
			target, err := org.Target(ctx, y.DB, y.Town, n.Unit, a.Effective)
			if err != nil {
				t.Fatal(err)
			}
			if d := policy.May(actor, power, target); !d.Allowed {
				t.Errorf("%s of %s on %s: %s", a.Kind, n.Title, a.Effective, d.Reason)
			}
		}
	}
	for kind := range stepPowers {
		if seen[kind] == 0 {
			t.Errorf("no %s in the demo", kind)
		}
	}
}
