// Package disclosure publishes what villagers have a right to know: village and community affairs, finance, Party affairs,
// collective finance (三公开一监督).
//
// A notice is a matter. Someone drafts it from a finance table or in words; the supervision committee checks it; someone else
// than the author approves it; it is published with a number, printed with a QR code, posted on the board, and may be taken
// down when its days are over. Each step is an act, guarded by the rules of its date. Publishing seals the whole content once
// more, in a public act: what villagers read, what was printed and what the log proves are the same bytes.
//
// Acts: disclosure.draft/1, revise/1, submit/1, check/1, approve/1, publish/1 (public), post/1 (public), takedown/1 (public),
// withdraw/1.
//
// Tables: disclosure_notice (one row a notice, for lists and the board) beside the matter's own rows. The content of a
// published notice is read from its public act.
//
// What may never change: the bodies in acts.go, above all Content, which stands in public payloads that people hold printed
// proofs of; that nothing is on the board that is not in a public act.
package disclosure
