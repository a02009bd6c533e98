// Command gen writes the input files of the demonstration town: the
// spreadsheets, tables and lists that a real street office would have handed
// over. It is run by hand (go generate ./demo) and its output is committed, so
// that the program itself needs no generator.
//
// Every person, telephone number, credit code and enterprise is invented, and
// every file says so in its first rows. Real are only the names of the district
// and the street with their division codes, the headings of the forms, and the
// published allocation table of Yunxiao county (finance/yunxiao-2017.xlsx).
//
// The files are one consistent history: the roster of 31 May 2025 plus the
// movements up to 20 November 2026 gives 2,143 members in 60 Party units; the
// members who live in a village or community are persons of its households with
// the same number; office holders are members or residents; each finance table
// opens with the closing balance of the one before. The tests recompute all of
// this from the written files.
//
// Each file draws from its own random stream, seeded by a fixed number and the
// stream's name, so the same bytes come out on every run and a change in one file
// leaves the others alone. What may not change: the seed, the names of the streams,
// and the order in which a stream is drawn from; the files would change as a whole.
package main
