// Package notice holds the facts that the rules on disclosure ask for, and the
// reckonings they share. Villages and communities follow two laws that say
// nearly the same about boards, days and contents; each law keeps its own rules
// with its own article, in the folders vcl and rcl, and both decide by the
// functions here.
//
// Callers fill one set of facts and ask the rules of both laws; the one that
// does not speak about the body answers "not applicable".
//
// What may never change: the values of [Body], [Item] and [Class] stand in
// verdicts' given texts by their Chinese names only, so they may be renamed; the
// meaning of a value may not.
package notice
