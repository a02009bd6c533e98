// Package law is the engine that judges official acts by articles of law.
//
// # What it is for
//
// A [Rule] is one requirement of one article as a pure function: small typed
// facts and a date go in, a [Verdict] comes out. The verdict names the article,
// what was given, what is needed and what can be done. It is printed to the
// clerk and frozen inside the act it was asked about, so that years later the
// act still says under which law and which version of a rule it was recorded.
//
// Six outcomes are kept apart, because they mean different things to a person:
// pass, refuse, warn, not applicable (this article does not speak about such a
// case), not yet in force (it will, later) and undecided (a fact is missing;
// the verdict names it). A missing fact is never taken for a good one: facts
// that may be missing are [Opt] values.
//
// # Who may refuse
//
// Only a requirement read in the law itself may stop an act. A rule that rests
// on a reprint, on custom or on memory warns, until the town adopts it by a
// dated and cited setting ("adopt.<rule>"). Two other grounds may refuse from
// the start: the form of a number as a standard defines it (an entry that is
// no ID number is not refused a right), and the internal controls the program
// itself promises, such as that no one approves his own entry.
//
// # Local terms
//
// Provinces, cities, counties, towns and charters set terms of their own. A
// [Setting] is such a term with dates, citation and the act that recorded it.
// Where the law sets a floor, settings may only tighten it, and of several
// levels the strictest holds. The registry in keys.go names every term a rule
// reads; a rule can read no other.
//
// # Counting
//
// Integers only. [MoreThanHalf], [AtLeast] and [MoreThan] compare by
// multiplying crosswise; each rule names its own denominator.
//
// # Layout
//
// One folder per source below this one, one file per rule: the rule, then its
// worked cases. Cases are data of the rule, not of a test: `cunju rules` prints
// them and a test judges every one. Package rulebook gathers the folders; there
// is no registration at start-up.
//
// # What may never change
//
// The JSON names of [Verdict] and of [SetSetting] are frozen: they stand inside
// sealed acts. A rule's ID never gets another meaning; a changed requirement is
// a new Version with its own dates, beside the old one.
//
// The package imports only the calendar.
package law
