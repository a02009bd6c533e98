// Package member keeps Party membership: who belongs to which branch, in which category, from when to when.
//
// A membership is an entity about one person. It begins when the person is entered on a branch's roster (admitted, come from
// elsewhere, or found on the roster that an office hands over), moves between branches, turns from probationary to full, and
// ends by a typed event; a member is never deleted. Each movement posts one head to the ledger, from account to account:
// "<branch>/party/full", "<branch>/party/probationary", and where people come from and go to: "world/opening",
// "world/admitted", "world/in", "world/out", "world/died", "world/left". So opening + in − out = closing for every branch, every
// unit above it and every period, and the roster is checked against the ledger.
//
// Acts: member.enter/1, member.full/1, member.move/1, member.leave/1, member.float/1, member.change/1.
//
// Tables: member_span (branch and category by period: rosters of any day), member_record (the roster's other columns as they
// are today), member_roster (derived: today's roster with the person's name, for lists and search).
//
// When a person's data are erased, the acts of the memberships keep what was counted (person, branch, category, way, dates, away or
// not); columns of the roster, places, reasons and verdicts go ([Told]).
//
// What may never change: the bodies in acts.go; that every head on a roster stands in the ledger exactly once.
package member
