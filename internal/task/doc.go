// Package task does the work that waits for nobody at a browser: clocks, work after
// a commit, and long work that a person started and looks after.
//
// # What it is for
//
// A [Runner] keeps named jobs that run every so often and when woken. A slice wakes
// one after its commit ("there is something to sign"); the job itself looks up what
// there is to do. So a wake-up that is lost, or two that become one, change nothing:
// the truth is in the database, and the clock finds it later.
//
// [Jobs] are long deeds of a person (a preview of ten thousand rows, a commit, a
// rebuild) with a progress that outlives the page that started them. Only their
// owner can see them; their results are kept for an hour.
//
// # What may never change
//
// A job of a Runner never runs twice at the same time. A panic or an error ends one
// run and never the program; the next try comes after a pause that grows. The
// package owns no table: nothing here needs to be remembered over a restart, since
// every deed is recorded by the journal or not at all.
package task
