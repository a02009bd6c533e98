// Package publish lets checkpoints out: it signs, asks the witnesses of the policy, and publishes when enough of them have
// cosigned or when the stated time has passed.
//
// Acts never wait for it. They are recorded and sealed by the journal; what waits is only the checkpoint that shows them to
// everyone. A [Publisher] signs one for a size that is durable, hands it to every witness at once, checks what they answer against
// their keys, and publishes it with their signature lines. When the quorum is not reached in time, the [Rule] decides: publish
// without it, and say so, or hold back until it is reached. Signatures that come later are added to the published checkpoint.
//
// A witness that does not answer is asked again, after pauses that grow to half a minute. What each of them last did is kept and
// shown ([States]): cosigned, does not answer, is slow, refuses, answered a signature that is none, knows another log, forgot what
// it had seen. How each checkpoint was let out is kept as well ([Release]). A witness that knows more acts than the journal
// has is the gravest of these: the database was taken back to an older state, or that witness lies.
//
// Tables: publish_witness (the state of each witness), publish_release (how each checkpoint was let out). They are no projection
// and not part of a back-up: without them nothing is lost but the story.
//
// What may never change: no checkpoint is published under a policy before its quorum is reached or its time has passed; nothing is
// appended to a checkpoint that does not verify; nothing here can refuse, delay or lose an act.
package publish
