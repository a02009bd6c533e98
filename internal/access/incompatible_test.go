package access

import (
	"strings"
	"testing"
)

func TestIncompatible(t *testing.T) {
	secretary := office(t, "general-branch-secretary", general, village)
	director := office(t, "village-director", committeeUnit, village)
	member := office(t, "committee-member", committeeUnit, village)
	partyMember := office(t, "branch-member", general, village)
	supHead := office(t, "supervision-head", oversight, village)
	supMember := office(t, "supervision-member", oversight, village)
	chair := office(t, "collective-chair", collective, village)
	councillor := office(t, "council-member", collective, village)
	inspector := office(t, "collective-supervisor", collective, village)
	accountant := office(t, "accountant", committeeUnit, village)
	admin := office(t, "system-admin", town, town)
	auditor := office(t, "auditor", town, town)
	clerk := office(t, "street-clerk", town, town)
	discipline := office(t, "street-discipline", town, town)
	elsewhere := office(t, "committee-member", other, other)

	for _, c := range []struct {
		name       string
		held, next Office
		law        string // empty: may be held together
		warn       bool
	}{
		{"director in supervision", director, supMember, "第三十七条", false},
		{"supervision into the committee", supMember, member, "第三十七条", false},
		{"the other village's committee", elsewhere, supMember, "", false},
		{"Party committee member as head of supervision", partyMember, supHead, "", false},
		{"secretary as head of supervision", secretary, supHead, "指导意见", true},
		{"secretary and director in one hand", secretary, director, "", false},
		{"secretary and chair in one hand", secretary, chair, "", false},
		{"council and supervisor", councillor, inspector, "第三十二条", false},
		{"accountant and supervisor of the collective", accountant, inspector, "第三十二条", false},
		{"accountant in supervision", accountant, supMember, "内部控制", false},
		{"accountant and secretary", accountant, secretary, "内部控制", false},
		{"accountant and chair", chair, accountant, "内部控制", false},
		{"administrator and auditor", admin, auditor, "GB/T 22239", false},
		{"administrator and clerk", clerk, admin, "GB/T 22239", false},
		{"discipline and director below", discipline, director, "内部控制", false},
		{"chair and supervision of the village above", chair, supMember, "内部控制", false},
		{"clerk and secretary below", clerk, secretary, "", false},
	} {
		for _, order := range [][2]Office{{c.held, c.next}, {c.next, c.held}} {
			got := Incompatible([]Office{order[0]}, order[1])
			switch {
			case c.law == "" && got != nil:
				t.Errorf("%s: refused: %+v", c.name, got)
			case c.law != "" && (got == nil || !strings.Contains(got.Law, c.law) || got.Warn != c.warn || got.Kin || got.With.Role != order[0].Role):
				t.Errorf("%s: %+v, want %s", c.name, got, c.law)
			}
		}
	}
}

func TestRelativesAreKeptApart(t *testing.T) {
	director := office(t, "village-director", committeeUnit, village)
	supMember := office(t, "supervision-member", oversight, village)
	member := office(t, "committee-member", committeeUnit, village)
	chair := office(t, "collective-chair", collective, village)
	councillor := office(t, "council-member", collective, village)
	inspector := office(t, "collective-supervisor", collective, village)
	accountant := office(t, "accountant", committeeUnit, village)
	admin := office(t, "system-admin", town, town)
	for _, c := range []struct {
		name      string
		kin, next Office
		law       string
	}{
		{"director's wife in supervision", director, supMember, "第三十七条"},
		{"brothers in one committee", director, member, "第八条"},
		{"father and son in the council", chair, councillor, "第二十九条"},
		{"chair's sister as supervisor", chair, inspector, "第三十二条"},
		{"accountant's husband as supervisor", accountant, inspector, "第三十二条"},
		{"administrator's wife as supervisor", admin, inspector, ""},
		{"chair's brother in the village committee", chair, member, ""},
		{"cousins in two villages", office(t, "committee-member", other, other), member, ""},
	} {
		got := Incompatible(nil, c.next, c.kin)
		if (got == nil) != (c.law == "") || got != nil && (!strings.Contains(got.Law, c.law) || !got.Kin || got.Warn) {
			t.Errorf("%s: %+v, want %q", c.name, got, c.law)
		}
	}
	// The same person may well sit in the committee twice, as director and member: only relatives are barred.
	if got := Incompatible([]Office{member}, director); got != nil {
		t.Errorf("member becomes director: %+v", got)
	}
}

func TestWhatIsForbiddenIsSaidBeforeWhatIsAdvised(t *testing.T) {
	secretary := office(t, "general-branch-secretary", general, village)
	accountant := office(t, "accountant", committeeUnit, village)
	supHead := office(t, "supervision-head", oversight, village)
	got := Incompatible([]Office{secretary, accountant}, supHead)
	if got == nil || got.Warn || got.With.Role != "accountant" {
		t.Errorf("%+v", got)
	}
}
