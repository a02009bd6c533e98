// Package receipt holds everything that proves one public act, in one text that needs no server: the entry, salt and payload, the
// place in the log under a signed and cosigned checkpoint, and the policy with the keys.
//
// The text is a JSON object, compressed (RFC 1951) and written in numbered lines of capital letters and digits, so that the same
// lines stand in a saved page and in the QR codes of a printed copy, and can be put together again in any order from whatever a
// scanner wrote down:
//
//	CUNJU1:2/3:9F86D081:NB2XG2LO…
//
// that is: the version; which line of how many; the head of the SHA-256 of the compressed bytes, which tells the lines of one
// receipt from those of another; and the piece in base32 (RFC 4648, without padding). Capital letters, digits and a few marks take
// the least room in a QR code. [Lines] writes, [Read] finds and joins, [Receipt.Check] holds all of it against a policy.
//
// It owns no tables and is pure. What may never change: the form of the lines, because they are printed and kept for decades; a
// change is a new version beside this one.
package receipt
