// Package keyring keeps personal data at rest: every person has a random key of his own, his ID number, phone and the
// like are stored only as ciphertext under it, and to erase him is to delete the key. The ciphertexts may then stay
// where they are, in acts, rows, attachments and backups: nobody can read them any more (个人信息保护法 第四十七条,
// 第五十一条).
//
// # The scheme
//
//	master key    32 bytes, outside the databases: environment CUNJU_MASTER_KEY or the file master.key
//	  ├ HKDF-SHA256 "cunju keyring 1 wrap"  → the key that wraps persons' keys (AES-256-GCM, AAD town|handle)
//	  ├ HKDF-SHA256 "cunju keyring 1 check" → proof of the right master key
//	  └ HKDF-SHA256 "cunju keyring 1 blind" → HKDF-SHA256 town|field → HMAC-SHA256 key of a blind index, cut to 16 bytes
//	person's key  32 random bytes, wrapped, in the key database
//	  └ AES-256-GCM, random nonce, AAD town|handle|field → "1." + base64url(nonce ‖ ciphertext ‖ tag)
//
// The AAD ties a ciphertext to its place: copied to another person, field or town it does not open. A blind index lets
// equal numbers be found without being readable; it differs by field and town, so rows of two towns cannot be matched.
//
// A person is known here by a [Handle], a random number that says nothing, kept in his acts and rows. The key database
// is a database of its own (keys.db), so that a copy of the main database or a backup of it holds no readable personal
// data, and so that erasing needs no change to the journal.
//
// # What may be shown
//
// [Show] is the one place that decides what a face (desk, phone page, public board, print, export, log) shows of a
// personal field: in full, masked or nothing (fields.go; 个人信息保护法 第六条, 第二十八条). Callers pass the plain
// value and the face, never a mask of their own.
//
// # Tables
//
//	keyring_key    (town, handle): the wrapped key; zero bytes once erased, with the day
//	keyring_check  (town): proof that the master key is the one the keys were wrapped with; its only town is ""
//
// # What may never change
//
// The labels of the derivations, the form of the AAD, the prefix "1." and the normal forms of [Normal]: all stored data
// depend on them. A new scheme gets a new prefix. Handles are never reused. A restored key database must have the
// erasures repeated that came after it ([Ring.Erased] lists them from the newer copy).
package keyring
