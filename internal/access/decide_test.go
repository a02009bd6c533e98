package access

import (
	"slices"
	"strings"
	"testing"
)

func TestMay(t *testing.T) {
	p := load(t)
	clerk := office(t, "street-clerk", town, town)
	secretary := office(t, "general-branch-secretary", general, village)
	branchSecretary := office(t, "branch-secretary", branchA, 0)
	accountant := office(t, "accountant", committeeUnit, village)
	checker := office(t, "supervision-head", oversight, village)
	chair := office(t, "collective-chair", collective, village)
	admin := office(t, "system-admin", town, town)
	auditor := office(t, "auditor", town, town)
	director := office(t, "village-director", committeeUnit, village)

	for _, c := range []struct {
		name   string
		office Office
		act    string
		unit   int64
		ok     bool
	}{
		{"clerk imports members anywhere", clerk, MemberImport, branchB, true},
		{"clerk does not approve", clerk, DisclosureApprove, village, false},
		{"secretary approves for his village", secretary, DisclosureApprove, village, true},
		{"secretary approves for what belongs to his village", secretary, DisclosureApprove, collective, true},
		{"secretary not for another village", secretary, DisclosureApprove, other, false},
		{"general branch secretary edits members below", secretary, MemberEdit, branchA, true},
		{"secretary of a small branch edits his members", branchSecretary, MemberEdit, branchA, true},
		{"but not the neighbouring branch's", branchSecretary, MemberEdit, branchB, false},
		{"nor approves for the village", branchSecretary, DisclosureApprove, village, false},
		{"accountant drafts", accountant, DisclosureDraft, village, true},
		{"accountant sees no member", accountant, MemberRead, branchA, false},
		{"accountant does not approve", accountant, DisclosureApprove, village, false},
		{"director publishes", director, DisclosurePublish, village, true},
		{"director does not read the Party roster", director, MemberRead, general, false},
		{"director appoints nobody", director, OfficeAppoint, committeeUnit, false},
		{"supervision checks", checker, DisclosureCheck, village, true},
		{"supervision does not publish", checker, DisclosurePublish, village, false},
		{"chair approves for the collective", chair, DisclosureApprove, collective, true},
		{"chair not for the village", chair, DisclosureApprove, village, false},
		{"chair takes down what his collective posted", chair, DisclosureTakedown, collective, true},
		{"chair takes nothing of the village down", chair, DisclosureTakedown, village, false},
		{"chair proves no posting of his own", chair, DisclosureCheckin, collective, false},
		{"chair does not examine", chair, DisclosureCheck, collective, false},
		{"director takes nothing down", director, DisclosureTakedown, village, false},
		{"administrator manages accounts", admin, AccountManage, village, true},
		{"administrator sees no person", admin, PeopleRead, village, false},
		{"auditor reads the view log", auditor, ViewlogRead, branchA, true},
		{"auditor does not reveal", auditor, PeopleReveal, branchA, false},
		{"auditor writes nothing", auditor, JournalCorrect, village, false},
	} {
		d := p.May(who(7, c.office), c.act, at(c.unit))
		if d.Allowed != c.ok {
			t.Errorf("%s: %+v", c.name, d)
		}
		if d.Allowed && (d.Policy == "" || d.Law == "" || d.Via.ID != c.office.ID || d.Reason != "") {
			t.Errorf("%s: allowed without saying why: %+v", c.name, d)
		}
		if !d.Allowed && (len(d.Need) == 0 || !strings.Contains(d.Reason, d.Need[0])) {
			t.Errorf("%s: refused without saying who may: %+v", c.name, d)
		}
	}
}

func TestNobodyChecksHisOwn(t *testing.T) {
	p := load(t)
	secretary := who(7, office(t, "general-branch-secretary", general, village))
	target := at(village)
	target.Author = 7
	d := p.May(secretary, DisclosureApprove, target)
	if d.Allowed || d.Policy != "no-own-entry" || d.Law != "内部控制" || !strings.Contains(d.Reason, "须由他人") {
		t.Errorf("own entry: %+v", d)
	}
	target.Author = 8
	if d := p.May(secretary, DisclosureApprove, target); !d.Allowed {
		t.Errorf("another's entry: %+v", d)
	}
	target.Facts.Relative = true
	if d := p.May(secretary, DisclosureApprove, target); d.Policy != "no-relatives-affair" {
		t.Errorf("a relative's entry: %+v", d)
	}
	target = at(branchA)
	target.Person = 7
	if d := p.May(secretary, MemberEdit, target); d.Policy != "no-own-affair" {
		t.Errorf("own membership: %+v", d)
	}
	// A second office does not get around it.
	both := who(7, secretary.Offices[0], office(t, "street-secretary", town, town))
	target = at(village)
	target.Author = 7
	if d := p.May(both, DisclosureApprove, target); d.Allowed {
		t.Errorf("own entry through another office: %+v", d)
	}
}

func TestNoPersonNoOfficeNoAct(t *testing.T) {
	p := load(t)
	clerk := office(t, "street-clerk", town, town)
	for name, d := range map[string]Decision{
		"nobody":      p.May(who(0, clerk), OrgRead, at(village)),
		"no office":   p.May(who(7), OrgRead, at(village)),
		"unknown act": p.May(who(7, clerk), "org.burn", at(village)),
		"no path":     p.May(who(7, clerk), OrgRead, Target{Unit: village}),
	} {
		if d.Allowed || d.Reason == "" {
			t.Errorf("%s: %+v", name, d)
		}
	}
	if a := p.Anchors(who(0, clerk), OrgRead); a != nil {
		t.Errorf("nobody has anchors %v", a)
	}
	if a := p.Anchors(who(7, clerk), "org.burn"); a != nil {
		t.Errorf("unknown act has anchors %v", a)
	}
}

// The power of a body binds even where its role would carry the act.
func TestPowersAreKeptApart(t *testing.T) {
	p := load(t)
	for _, c := range []struct{ power, act, policy string }{
		{PowerSupervise, DisclosureApprove, "supervision-only-supervises"},
		{PowerExecute, DisclosureApprove, "execution-does-not-approve"},
	} {
		chair := office(t, "collective-chair", collective, village)
		chair.Power = c.power
		if d := p.May(who(7, chair), c.act, at(collective)); d.Policy != c.policy {
			t.Errorf("%s %s: %+v", c.power, c.act, d)
		}
	}
	stranger := office(t, "branch-organiser", branchA, 0)
	stranger.Line = LineCollective
	if d := p.May(who(7, stranger), PeopleReveal, at(branchA)); d.Policy != "members-data-by-duty" {
		t.Errorf("reveal without duty: %+v", d)
	}
}

// A policy that errs must refuse: Cedar itself skips a forbid that errs.
func TestAnErrorIsARefusal(t *testing.T) {
	p := load(t)
	clerk := who(7, office(t, "street-clerk", town, town))
	if !p.May(clerk, OrgEdit, at(village)).Allowed {
		t.Fatal("clerk may not edit to begin with")
	}
	text := `@id("broken") @title("坏") @law("内部控制")
		forbid (principal, action == Act::"org.edit", resource) when { context.author > principal.role };`
	broken, err := parse([]byte(string(policyText) + text))
	if err != nil {
		t.Fatal(err)
	}
	if d := broken.May(clerk, OrgEdit, at(village)); d.Allowed || d.Policy != "broken" {
		t.Errorf("a forbid that errs lets pass: %+v", d)
	}
	text = strings.Replace(text, "forbid", `@who("某") @where("某处") permit`, 1)
	text = strings.Replace(text, "context.author", "resource in principal.area && context.author", 1)
	broken, err = parse([]byte(string(policyText) + text))
	if err != nil {
		t.Fatal(err)
	}
	if d := broken.May(clerk, OrgEdit, at(village)); d.Allowed {
		t.Errorf("a permit that errs lets pass: %+v", d)
	}
}

func TestAnchors(t *testing.T) {
	p := load(t)
	for _, c := range []struct {
		name  string
		actor Actor
		act   string
		want  []int64
	}{
		{"clerk: the town", who(7, office(t, "street-clerk", town, town)), MemberRead, []int64{town}},
		{"secretary's roster: his general branch", who(7, office(t, "general-branch-secretary", general, village)), MemberRead, []int64{general}},
		{"secretary's people: the village, which covers the branch", who(7, office(t, "general-branch-secretary", general, village)), PeopleRead, []int64{village}},
		{"two offices, two anchors", who(7, office(t, "branch-secretary", branchA, 0), office(t, "branch-secretary", otherBranch, other)), MemberRead, []int64{branchA, otherBranch}},
		{"the same twice, once", who(7, office(t, "branch-secretary", branchA, 0), office(t, "branch-organiser", branchA, 0)), MemberRead, []int64{branchA}},
		{"no power, no rows", who(7, office(t, "system-admin", town, town)), MemberRead, nil},
	} {
		if got := p.Anchors(c.actor, c.act); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// The street may be entity 0 of its journal, which is also how an office says that it serves no area.
func TestTheStreetMayBeNumberZero(t *testing.T) {
	p := load(t)
	clerk := Office{ID: 9, Unit: 3, Role: "street-clerk", Line: LineTown, Power: PowerExecute, Path: []int64{3, 0}}
	branch := Office{ID: 9, Unit: 5, Role: "branch-secretary", Line: LineParty, Power: PowerDecide, Path: []int64{5, 4, 0}}
	village := Target{Unit: 7, Path: []int64{7, 0}}
	if d := p.May(who(7, clerk), MemberImport, village); !d.Allowed {
		t.Errorf("clerk: %+v", d)
	}
	if got := p.Anchors(who(7, clerk), MemberImport); !slices.Equal(got, []int64{0}) {
		t.Errorf("clerk's anchors: %v", got)
	}
	for _, act := range []string{DisclosureApprove, PeopleRead} {
		if d := p.May(who(7, branch), act, village); d.Allowed {
			t.Errorf("a branch that serves no area serves the street: %+v", d)
		}
	}
	clerk.Path = []int64{3, 1} // entity 0 is something else
	if d := p.May(who(7, clerk), MemberImport, Target{Unit: 0, Path: []int64{0}}); d.Allowed {
		t.Errorf("an unrelated entity 0: %+v", d)
	}
}

func TestLanding(t *testing.T) {
	for _, c := range []struct {
		actor Actor
		want  Landing
	}{
		{who(7), Landing{FaceMine, "me"}},
		{who(7, office(t, "system-admin", town, town)), Landing{FaceDesk, "accounts"}},
		{who(7, office(t, "auditor", town, town)), Landing{FaceDesk, "viewlog"}},
		{who(7, office(t, "auditor", town, town), office(t, "street-clerk", town, town)), Landing{FaceDesk, "todo"}},
		{who(7, office(t, "branch-secretary", branchA, 0)), Landing{FaceDesk, "todo"}},
	} {
		if got := LandingOf(c.actor); got != c.want {
			t.Errorf("%v: %v, want %v", c.actor.Offices, got, c.want)
		}
	}
}
