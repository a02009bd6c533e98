// Package mirror writes copies of a public log and checks them without the server they came from.
//
// A mirror is a tree of files with the very paths under which the server offers its log: checkpoint, tiles, entry bundles and public
// acts below log/<town>/, attachments below files/. It is a folder, a zip archive, or a site of static files; one verifier reads
// all three, and the server itself. [Copy] brings a log from any [Source] into any [Into]; run again, it brings what is new and
// refuses a log that is no longer the one it copied before. [Packet] and [Archive] add the manifest: the hash and length of
// every file, signed by the log's key, so that no file can be changed, left out or slipped in.
//
// [Verify] derives the whole tree again from the entries and holds everything against it: tiles, root, signatures, quorum, the
// contents of public acts against their commitments, attachments against the hashes that acts name, the manifest. It names the
// first fault in plain Chinese. Every byte of a packet is covered: text that decodes to the same but is written otherwise is a
// fault too.
//
// It owns no tables. The zip's comment holds the SHA-256 of all bytes before it, so that its outer form is covered as well.
//
// What may never change: the paths (C2SP tlog-tiles); the form of MANIFEST and of its note, which begins with the line
// cunju-archive/v1 and can therefore never be taken for a checkpoint; the form of the zip's comment.
package mirror
