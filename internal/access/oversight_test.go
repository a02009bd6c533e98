package access

import "testing"

// What a village is complained of it neither hears nor handles, and who answers does not supervise.
func TestWhoAnswersSupervisesAndHearsComplaints(t *testing.T) {
	p := load(t)
	for _, c := range []struct {
		role                                    string
		unit                                    int64
		answer, onBehalf, find, street, handles bool
	}{
		{"village-director", village, true, true, false, false, false},
		{"general-branch-secretary", general, true, true, false, false, false},
		{"accountant", village, true, false, false, false, false},
		{"committee-member", village, false, true, false, false, false},
		{"supervision-head", village, false, false, true, false, false},
		{"supervision-member", village, false, false, true, false, false},
		{"group-head", village, false, false, false, false, false},
	} {
		who := who(7, office(t, c.role, c.unit, village))
		for act, want := range map[string]bool{DisclosureAnswer: c.answer, DisclosureOnBehalf: c.onBehalf, DisclosureFind: c.find, DisclosureStreet: c.street, ComplaintHandle: c.handles} {
			if got := p.May(who, act, at(village)).Allowed; got != want {
				t.Errorf("%s, %s: %v", c.role, act, got)
			}
		}
	}
}
