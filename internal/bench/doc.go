// Package bench measures what the project promises about speed, and prints it as ratios taken in one run: of a target, or of a
// named peer that does the same work beside it. Absolute figures belong to one machine; ratios travel.
//
// The peer of the journal is Tessera's log on a POSIX file system (transparency-dev/tessera): the current reference
// implementation of a tile log. It seals entries and nothing else; the journal's act also folds, prints its projection, posts to
// the ledger and lies in a database.
//
// [Run] works in a fresh folder with a fresh SQLite file (or on the empty database that the options name) and leaves nothing
// behind. Other packages bring their own cases: a [Case] has a name, a target and a function, and shares the [Bench] with its
// filled journal.
//
// The package has a slice of its own, as large as a real one: residents with a row, an index, a use of their unit, and heads in
// the ledger. It owns the tables bench_unit and bench_resident, which exist only in a bench's database.
package bench
