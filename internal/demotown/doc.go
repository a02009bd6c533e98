// Package demotown builds the demo town 文峰街道 from the files under demo/: the registers that a real office would have handed
// over, through the same importers and the same decisions as the desk uses, with a clock that walks through eighteen months so
// that what was recorded when looks as it would have.
//
// All persons are generated, and the town's pages and files say so. Building is deterministic but for what encryption draws at
// random (keys of persons and with them the ciphertexts in payloads): numbers, dates, kinds, bodies otherwise, and counts are
// the same each time.
//
// It is wiring, like cmd: it knows every slice, and no slice knows it. It owns no tables.
//
// What may never change: that nothing here writes a table or an act by any way that a clerk does not have.
package demotown
