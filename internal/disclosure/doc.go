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
// The supervision committee may agree, agree with an opinion that is answered before the joint meeting, or send back; a draft that
// was sent back goes on with an answer. What cannot wait is published first, by another than its author, and checked and confirmed
// within the local term; a refused confirmation asks for a correction. After its days the papers are filed.
//
// A content has typed parts, so that one set of figures feeds page, paper, sheet and data: finance with plan, last period and
// vouchers behind its lines, decisions and how far they are carried out, results of audits, lists of recipients with a last day.
//
// What is for members only (scope) goes the same way by kinds that are not public; the board's queries never show it, and its
// readers find it under /me. Parts of a published notice are covered by two persons: the words go from every act that told
// them, the entry and its proof stand ([Conceal], docs/adr/0017).
//
// Acts: disclosure.draft/1, revise/1, vouch/1, submit/1, check/1, answer/1, approve/1, withdraw/1, file/1, propose-redaction/1,
// refuse-redaction/1; public: publish/1, confirm/1, corrected/1, post/1, takedown/1, redact/1; for some only: release/1,
// post-within/1, takedown-within/1, redact-within/1.
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
