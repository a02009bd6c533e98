// Package witness watches the logs of others and cosigns what only grows (C2SP tlog-witness).
//
// A witness keeps, for each log that it serves, the newest checkpoint it has cosigned. Who asks for a signature on a larger one
// must prove that the old tree is the beginning of the new one; then the new one is on the disk before the signature leaves the
// house. So nobody can show two histories to two readers who both ask for this witness's name. The street, the chair of the
// supervision committee, a neighbouring village: each can run one, on any small computer, with `cunju witness`.
//
// It answers POST /add-checkpoint with what the format says: 200 and its signature, 400 not understood, 403 not signed by the log,
// 404 another log, 409 with the size that it knows, 422 not a continuation, 429 too often, 413 too long. What it has seen anyone
// can read under GET /<SHA-256 of the origin, hex>/checkpoint, and in plain words at /. A checkpoint that the log did sign but
// that does not continue what was seen is evidence against the log: it is kept in a file, with what was seen, and shown.
//
// The folder: witness.key (the key), logs.txt (whom it serves, one "log <public key> # name" a line, read again when it changes),
// seen/<hash>/checkpoint and seen/<hash>/since, evidence/. Files are on the disk before an answer is. It owns no tables, and
// needs neither database nor town.
//
// [Client] is the other side of the talk: what a log does to be cosigned.
//
// What may never change: nothing is signed that was not proved to continue what was seen; nothing is answered that is not on the
// disk; a signature's time never goes back; one folder is served by one process (the command holds a lock).
package witness
