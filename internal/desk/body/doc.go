// Package body shows the frozen bodies of acts to people and lets people correct them, field by field in Chinese, whatever the
// kind. It knows no kind: what a field is called and how it is written down comes from the body's type.
//
// A field is described by its Go type and by tags, which do not touch the encoding:
//
//	title:"名称"        what people call it; every field of every body in the book has one
//	help:"…"           one line below the input
//	as:"long"          text of several lines; money (fen, shown as yuan); sealed (encrypted, never shown); inner (of use only to
//	                   the program, such as the handle of a key); change (a map whose empty values take away)
//	list:"org.kind"    codes with their words from a [Lists]; for a map, its keys
//	ref:"org.unit"     the number of an entity of this type, or of an act ("act")
//
// Text, dates, numbers, yes and no, lists of rows and structs in structs need no tag but the title. A pointer is a field that an
// act may leave as it was.
//
// [Of] reads the description, [Show] turns a body into labelled values, [Compare] names what differs between two readings,
// [Fill] gives a form its first values, [Inputs] draws it, and [Read] takes it back with every error named.
//
// A form has inputs for texts, dates, whole numbers, yes and no, codes, and maps of texts, and each gives back what it was given,
// whatever it is. [Unfit] names the fields of other kinds; a kind of act that may be corrected keeps those ([journal.Kind].Keep).
// [Merge] brings a form up to what another recorded while it was open.
//
// It owns no tables. What may never change: nothing sealed is shown or sent to a browser, and a field that is not on the form
// keeps its value.
package body
