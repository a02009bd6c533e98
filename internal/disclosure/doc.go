// Package disclosure publishes what villagers have a right to know: village and community affairs, finance, Party affairs,
// collective finance (三公开一监督).
//
// A notice is a matter. Someone drafts it from a finance table or in words; the supervision committee checks it; someone else
// than the author approves it; it is published with a number, printed with a QR code, posted on the board, and may be taken
// down when its days are over. Each step is an act, guarded by the rules of its date. Publishing seals the whole content once
// more, in a public act: what villagers read, what was printed and what the log proves are the same bytes.
//
// A finance table comes in from whatever file the office keeps ([ReadSheet]); one that does not add up is never recorded.
// Personal numbers are covered or their publication is vouched for before a draft is recorded (DS-18). Who wrote any version of
// a notice neither checks nor approves it. A published notice is never changed: a later one corrects it, both stay readable and
// name each other. Attachments lie in package files and are named by hash in the sealed content.
//
// The board needs no log-in. Everything it shows of a notice is read from the public act, whose bytes are held against their
// seal each time; the projections only find it. The page of verification computes again what the log proves, and says in plain
// words what that shows and what it does not. It names offices, never the persons in them.
//
// Acts: disclosure.draft/1, revise/1, submit/1, check/1, approve/1, publish/1 (public), post/1 (public), takedown/1 (public),
// withdraw/1.
//
// By when a posted sheet must hang stands in the act of its posting, reckoned by the terms known then; a term recorded later moves
// nothing that hangs already.
//
// Tables: disclosure_notice (one row a notice, for lists and the board) beside the matter's own rows. The content of a
// published notice is read from its public act.
//
// What may never change: the bodies in acts.go, above all Content, which stands in public payloads that people hold printed
// proofs of; that nothing is on the board that is not in a public act.
package disclosure
