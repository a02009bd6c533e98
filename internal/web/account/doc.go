// Package account keeps the accounts by which persons enter, the sessions they
// open and the record of their log-ins.
//
// # What it is for
//
// An account says which person stands at the door; what that person may do follows
// from the offices held and is no business of this package. Passwords are checked
// against argon2id hashes, wrong ones are counted per account and per network
// address, and every attempt is written down. Wrong name, wrong password, locked
// and closed account get the same answer after the same work, so that the log-in
// page tells nobody who has an account.
//
// Wrong passwords lock the source they come from: a device that has entered the
// account before, known by a cookie, or else a network. More of them from sources
// that are not known leave the account to known devices for a while. So nobody is
// locked out of the device he works on by what others type elsewhere.
//
// A phone number may be typed instead of the account's name. No number is stored
// here: the one package with personal data answers which person it belongs to.
//
// # Tables
//
// All begin with town and are migrated, since nothing could rebuild them:
//
//   - account: one row an account; never deleted, so that a number once used in the
//     record stays with its person.
//   - account_session: open sessions under the hash of their token, with the index
//     by account that lets a person see and end them.
//   - account_device: wrong passwords by account and source; a device is known by
//     the hash of its cookie's token.
//   - account_slip: activation slips printed for villagers and not used yet; the
//     code on the paper is known by its hash, and goes with its use.
//   - account_event: log-ins, failed ones too, and changes to accounts. Kept for
//     Settings.AuditKeep and never under six months (Cybersecurity Law, 2025 text,
//     article 23).
//
// # What may never change
//
// No password, typed name of an unknown account or session token is ever stored or
// logged; a token is known only by its hash. A failed attempt is counted before the
// password is looked at, so attempts at the same time cannot outrun the lock. A
// session that was ended cannot be brought back by a request that was under way.
package account
