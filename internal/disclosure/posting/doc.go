// Package posting proves, as far as it can be proven, that a notice hung on the physical board for its days.
//
// The law wants a sheet of paper on a fixed board for fifteen days or more. Only people who stand before the board can say that it
// hangs there, so the sheet that the desk prints carries a second code, on paper alone: who scans it says 在, 不在 or 内容不一样, in
// one press. Members of the supervision committee and villagers say it under their log-in, anyone else by the paper's code, which
// counts less; a paper list signed beside the board is entered afterwards and stays marked as such. Who carries the posting out
// proves nothing by saying so himself. What was said to be gone is a matter for the office that posts: hang it again, and record it.
//
// When a notice that hangs is covered, the sheet on the board still tells what was covered. A task to exchange it opens with the
// covering ([Outdate]); the new sheet has a new code, who scans the old one is told so, and from then on only the new sheet counts.
//
// Once a day the system itself opens every public act that the public board shows, holds it against its seal, and records which
// notices stood there whole (每日封存). That proves the board in the net, not the paper. A day that was missed stays missed.
//
// The posting report (张贴证明) is a pure function of a notice's days and of what was said on them ([Reckon]): every day that is over is
// either proven by words of that very day or a gap. It names kinds of witnesses, days and hours, never persons. What each kind of
// evidence shows and does not show is written in the record of decision 0018.
//
// The wall display (大屏) shows a village's public notices on a screen in the hall, page after page.
//
// Acts: disclosure.checkin/1, rehang/1, signoff/1, outdated/1 (sealed, not public: they are about persons); disclosure.heartbeat/1 (public).
//
// Tables: posting_evidence (one row for each day that a check-in, a line of a signed list or a heartbeat speaks of),
// posting_change (coverings of what hung, and new sheets), posting_heartbeat (one row a day), beside the matter's own rows.
//
// What may never change: the bodies in acts.go; that evidence counts for its own day alone; that a heartbeat is never dated back;
// that the paper's code stands on paper alone; that no network address and no lasting mark of a device enters the record.
package posting
