// Package demo carries the input files of the demonstration town, 文峰街道, and
// reads the two of them that are not spreadsheets.
//
// The files are what a street office would have handed over: Party units,
// institutions and office holders, the roster of Party members with what
// changed in eighteen months, households, monthly finance tables. The program
// builds the demonstration from them by the same import and act path that a real
// office uses; nothing is put into the database behind its back. facts.yaml says
// what there is to see and who may log in, events.yaml which notices were
// drafted, checked, approved, published and taken down on which day.
//
// All persons, telephone numbers, credit codes and enterprises are invented, and
// every file says so. The names of the district and the street, their division
// codes (国家统计局 统计用区划代码) and the allocation table of Yunxiao county are
// published facts.
//
// The package keeps no tables. The files are written by the generator in gen, never
// by hand; README.md describes each of them. What may not change: file names and
// headings, which importers, tests and the tour rely on.
package demo
