// Package benchtown measures lists and rosters on a town far larger than any street: 500,000 members with four spans each, in
// 10,000 branches under 25 Party committees. It is built through the journal like any town, once per run, in the folder of the
// bench.
//
// It is wiring for package bench: it knows slices, and no slice knows it. It owns no tables, and its persons are numbered
// names without numbers of any kind.
package benchtown
