// Package journaltest gives the tests of every slice a town of their own and holds all promises of the record against the
// database after each scenario.
//
// A [Town] is a fresh journal of the given slices on a database of either engine (see package dbtest), with a clock that the
// test sets and that moves one second per request, so that a scenario is the same each time. A scenario records through
// [Town.Do] and [Town.Must] and expects refusals with [Town.Refused]. It ends with [Town.Sound]: the log verifies from the
// first entry to the root, a reprint of every projection equals the live tables row by row, and every audit that a slice
// brought (roster against ledger, for one) finds nothing.
//
// The package stands on the ground floor and knows no unit and no person; package membertest furnishes the town with them.
//
// Tables: none of its own. What may not change: that Sound checks everything it names; a scenario that skips one of these
// checks proves less than its reader believes.
package journaltest
