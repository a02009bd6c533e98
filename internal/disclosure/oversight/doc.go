// Package oversight is what people say about disclosure: questions and their answers, supervisors' findings, requests of many
// for an audit, complaints to the street and what it orders.
//
// A question is about a published notice, one line of it, or something that should be published. Its office answers on the spot
// or in the local term ([cunju/internal/law.AnswerDays]); when the term passes the system records it, and the board shows how
// many days the question has waited. An answer to a question that is not private is a public act with the question's words,
// personal numbers and the asker's name covered; before it nobody but the office and the supervisors read the words, so nothing
// is on the board that is not in a public act. Of a private question the board shows that it was asked and answered. Who is not
// satisfied says so once, and the supervision committee looks into it.
//
// A finding is addressed to an office, which responds by a date; the supervisors check and close it, or pass it to the street.
// A request for audit stands when enough have signed (DS-11). A complaint is checked by the street, which orders a correction
// with a date, sees it carried out, and answers who complained. The village sees the order, which names no complaint.
//
// Who asks and who complains stands only in the sealed body of the first act: what villagers send themselves is recorded without
// a name in its envelope, and a caller who is not registered is sealed under a key of his own. A look at the name is noted in
// the view log, with its reason. A complaint belongs to the street in every table, also for the journal: a village's powers do
// not reach it. There is no list and no count by person.
//
// Acts: disclosure.ask/1, reply/1 (public), private-reply/1, doubt/1 on questions; finding/1, finding-look/1, finding-respond/1,
// finding-settle/1, finding-street/1, finding-summary/1 (public) on findings; audit-ask/1, audit-accept/1, audit-arrange/1,
// audit-report/1, audit-publish/1 on requests; complain/1, complaint-check/1, complaint-order/1, complaint-carried/1,
// complaint-reply/1 on complaints; order/1, order-carry/1, order-confirm/1 on orders; all with disclosure. before their names.
//
// Table: oversight_case (one row each, for lists) beside the matter's own rows. Words are read from the acts, those on the board
// from public ones.
//
// What may never change: the bodies in acts.go and its neighbours; that no public act and no page of the board names a person;
// that nothing of a complaint reaches the village but the order.
package oversight
