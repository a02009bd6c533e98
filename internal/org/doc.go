// Package org keeps units of every kind, the lines on which they hang, their offices and who holds them, on any date.
//
// A unit stands in a dated tree on up to three lines: "area" (what lies in which village or street), "party" (which Party
// organisation is under which) and "collective". Each line has its own parent, and each parent has its dates; a merge or a
// change of subordination is an act, never an edit. A unit's name, short name and code are dated too.
//
// An office is a fact with dates: this person holds this role in this unit from this day on, for a term. Powers follow from
// offices (package access) and end with them. Incompatible offices are refused when someone is appointed.
//
// Acts: org.establish/1, org.rename/1, org.attach/1, org.dissolve/1 on units; org.appoint/1, org.leave/1 on offices;
// org.setting/1 for local terms of law.
//
// Tables: org_unit (what a unit is today: last known name, life), org_name (names by date), org_parent (one row per unit, line
// and period), org_closure (derived: every ancestor and descendant pair with its dates), org_office, org_setting.
//
// What may never change: the bodies in acts.go; that a unit's id is the act that established it, so that a name or a code is
// never an identity; that org_closure follows from org_parent alone.
package org
