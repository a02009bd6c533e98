// Package membertest furnishes a town under test (package journaltest) with what nearly every scenario needs: a street with a
// village, its committee, supervision committee and collective, the street's Party working committee with a general branch and
// two branches, five persons in office, and a keyring for their numbers.
//
// Everything is recorded through the decide functions of the spine, so that a scenario starts from a journal that a real town
// could have. Persons, units and offices are found again by the fields of [Town]; more are added with [Town.Person],
// [Town.Member] and [Town.Office]. [Town.Sound] also holds the roster against the ledger.
//
// Tables: none of its own. What may not change: the names and dates that stand here are quoted in the tests of other slices.
package membertest
