// Package files keeps attachments by what they contain: the name of a stored file is the SHA-256 of its bytes.
//
// An act that attaches a file quotes the hash, and the act is sealed; so a stored file can never be exchanged unnoticed, the
// same scan attached twice takes room once, and [Store.Verify] needs nothing but the folder to name a damaged file. Put looks at
// the bytes, never at the ending: a file is stored only when it is one of the few types that offices exchange and really is what
// its name claims. Pages serve files as attachments with nosniff, never inline.
//
// Layout of the folder: <dir>/<first two hex digits>/<64 hex digits>; a folder of its own beside them holds what is being
// written. A file appears under its name only when its bytes are on the disk (write, fsync, rename, fsync of the folder); what a
// killed process leaves half written is never read, and the next [Open] clears it away.
//
// It owns no tables. What may never change: the hash and the layout, because acts and back-ups name files by them.
package files
