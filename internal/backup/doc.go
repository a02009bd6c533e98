// Package backup writes everything a town has into one file, checks such a file, and restores it into an empty database of
// either engine.
//
// # The archive
//
// An archive is an ordinary zip file, so that in twenty years it can be read without this program:
//
//	README.txt                       what this is and how it is restored, in Chinese
//	manifest.json                    format, time, towns with size and root, SHA-256 and rows of every part, the policy of publishing
//	towns/<town>/acts.jsonl          the journal: one act a line, with payload and salt as they are stored
//	towns/<town>/entities.jsonl      which entity each act is about
//	towns/<town>/checkpoints.jsonl   the signed checkpoints
//	towns/<town>/requests.jsonl      keys of forms already recorded
//	towns/<town>/accounts.jsonl      accounts with password hashes, and logins.jsonl, the record of log-ins
//	towns/<town>/views.jsonl         who looked at whose personal data
//	towns/<town>/keys.jsonl          persons' keys, wrapped by the master key
//	files/<hash>                     attachments
//	keys.age                         master key and log keys under a passphrase (age, scrypt); only when asked for
//
// What can be made again is left out: tiles, projections, sessions. Without keys.age the archive holds no readable ID number,
// telephone number or address, and whoever restores it needs the separate file master.key.
//
// The zip's comment ends in the SHA-256 of all bytes before it, so that a changed byte anywhere is noticed; the parts' own
// digests, and the seals of the acts, then say where. Both directions stream: memory does not grow with the town.
//
// # Restoring
//
// [Restore] checks the archive first, takes an empty target only, inserts in one transaction, prints the projections anew from
// the journal, verifies, and compares the root with the one in the manifest.
//
// It owns no tables. What may never change: the meaning of formats "cunju-backup/1" and "/2", their parts and the names of
// their columns; a column more is a new format beside the old ones. The first differs from the second in that the rows of the
// view log have no place in a chain; they are chained when it is restored. A test holds the columns against the tables of today.
package backup
