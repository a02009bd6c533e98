package org

import "slices"

// single are the posts that one person holds at a time in a unit.
var single = map[string]bool{
	"street-secretary": true, "committee-secretary": true, "general-branch-secretary": true, "branch-secretary": true,
	"village-director": true, "residents-director": true, "collective-chair": true, "supervision-head": true, "group-head": true,
}

// seats names the kinds of unit in which a post exists. A post that is not named here may be held anywhere: clerks and auditors
// sit where the street puts them.
var seats = map[string][]string{
	"street-secretary":         {"party-working-committee"},
	"committee-secretary":      {"party-committee"},
	"general-branch-secretary": {"party-general-branch"},
	"branch-secretary":         {"party-branch", "party-joint-branch"},
	"branch-organiser":         {"party-working-committee", "party-committee", "party-general-branch", "party-branch", "party-joint-branch"},
	"branch-member":            {"party-working-committee", "party-committee", "party-general-branch", "party-branch", "party-joint-branch"},
	"village-director":         {"villagers-committee"},
	"residents-director":       {"residents-committee"},
	"committee-member":         {"villagers-committee", "residents-committee"},
	"supervision-head":         {"supervision-committee"},
	"supervision-member":       {"supervision-committee"},
	"collective-chair":         {"collective"},
	"council-member":           {"collective"},
	"collective-supervisor":    {"collective"},
	"group-head":               {"villagers-group", "residents-group"},
}

func seatedIn(role, kind string) bool {
	in, ok := seats[role]
	return !ok || slices.Contains(in, kind)
}
