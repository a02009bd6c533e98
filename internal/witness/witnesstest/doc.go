// Package witnesstest runs a witness that nobody here wrote, for tests.
//
// It builds litewitness from its pinned module under testdata, which is a module of its own so that the program never depends on
// it, and runs it for one log in a process of its own; its key lies with an agent in the test's process. The witness's memory is
// its own SQLite file, into which the log's name and key are written, because its tool for that does not build.
//
// It owns no tables of a town. What may never change: the version of the witness is pinned by go.mod and go.sum beside it; the
// package is imported by tests only.
package witnesstest
