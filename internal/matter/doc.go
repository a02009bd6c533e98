// Package matter is the engine of procedures: what is under way, who must do the next step, until when, and why it may not go on.
//
// A procedure is a table of steps; a step has a title, the office that acts (as a power of package access), the kind of act
// that completes it, and the clock that it starts. A matter is an entity of some slice whose state embeds a [Progress]; the
// slice's folds call Open, Advance, Turn and Close, and so the matter's whole life follows from acts. When a statutory date
// passes without the act, the system itself records that it passed (matter.lapsed/1).
//
// A matter's page shows the same parts everywhere: [ProgressCard] with what is next and for whom, [TimelineCard] with what
// happened by which act, and the latest answer of every rule ([Verdicts]). Names of persons and offices come from the slice.
//
// Tables: matter_matter (one row a matter: next step, power needed, due date) and matter_step (what was done, by which act).
// They are printed by the entity that the matter is, through [Print].
//
// What may never change: step codes once used; that a matter's next step is a function of its acts alone, so that the to-do
// list of an office is a query and nobody keeps it by hand.
package matter
