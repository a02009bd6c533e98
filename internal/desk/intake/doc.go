// Package intake takes an office's spreadsheets in at the desk: one way for every register that is typed once and read here.
//
// A file is uploaded, read beside the request, and shown with every problem by cell; nothing is recorded by that. The clerk
// then rehearses or records all rows or the chosen ones, as one batch: every row or none. The file can be taken home with its
// problems marked, and comes back repaired to the same page. What was not recorded stays for a second batch.
//
// A slice describes its register ([Register]): its kinds of sheet, what must be said beside the file, how a file is read, and
// what the rows without problems would record ([Plan]). Each row names the powers that it takes ([desk.Need]), and the row
// before on which it rests; rows beyond the clerk's powers, and what rests on them, are shown and never recorded. Addresses of the entry page are the slice's; everything about a file
// that waits lies below /desk/imports, the same for all.
//
// Files wait in memory only, for an hour at most and together within a bound ([Counter]): they hold readable personal numbers
// and must not lie on the server's disk. A restart forgets them, and the pages say so.
//
// Tables: none. What may never change: that reading records nothing; that an upload is taken by one press of the button only;
// that no file of a person is shown to another.
package intake
