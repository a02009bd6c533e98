// Package sheet reads and writes the spreadsheets that offices exchange.
//
// A street office keeps its registers in spreadsheets, each office with its
// own headings, and will go on doing so. This package lets a register come in
// from whatever file the clerk has, shows every fault by cell before anything
// is recorded, hands the file back with the faults marked, and writes
// registers out again in a form that can be printed, edited and read back.
// It knows no village: what a register's columns are is said by a [Layout],
// written by the slice that owns the register.
//
// # Reading
//
// [Open] looks at the bytes, never at the file's ending, and reads .xlsx
// (ECMA-376), .xls (BIFF8, MS-XLS) and text tables in UTF-8, UTF-16 or
// GB18030. Everything else is refused by a [Refusal], whose message says in
// plain Chinese what the file is and what to do. All readers feed the same
// stream of [Row] and [Cell], so nothing above them knows the format.
//
// The .xlsx reader is our own, because a streaming reader must tell a number
// from a text that looks like one (an identity number kept as a number has
// already lost its last digits), must know a date by its number format, and
// must pass over a million empty rows without keeping any.
//
// # Matching and preview
//
// [Read] finds the header anywhere in the first [HeaderSearch] rows of the
// best matching sheet by title and synonym, never by position; parses every
// data row; and returns a [Preview] holding all rows and all problems. A value
// is kept in its canonical text: dates YYYY-MM-DD, months YYYY-MM, money in
// fen, choices as the layout spells them. So a preview can be stored as JSON
// between upload and commit and means the same afterwards.
//
// # Writing
//
// [MarkUp] hands the office's own file back with faults coloured and listed;
// [Template] writes a blank form; [Export] streams a register with a hidden
// key column and a very hidden sheet that names the journal position it was
// taken at, so that [ReadBack] returns only the cells that somebody changed.
//
// # Tables
//
// None. The package keeps no state; a preview is stored by its caller.
//
// # What may never change
//
// The canonical text of each kind (previews are stored, row seals are computed
// over it), the name and the first column of the hidden sheet, and the seal's
// computation: files exported years ago must still be readable as our own. A
// new way of writing gets a new format mark beside the old one.
//
// The hidden sheet never repeats a value of the visible one: a clerk who
// deletes a column before passing the file on must really have removed it.
// That is why rows carry a keyed seal (HMAC) and not a copy or a plain hash,
// which short numbers would not survive.
package sheet
