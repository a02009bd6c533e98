// Package search makes persons findable by name, pinyin and number, on any database, with plain equality and prefix
// queries. It is pure: it turns names into keys to store and a typed word into a plan of look-ups; the tables belong to
// the caller.
//
//   - [Grams]: the character pairs of a name, and its first character. Stored as rows (town, gram, person), any two
//     neighbouring characters find a name among a million in a tenth of a millisecond on SQLite and PostgreSQL alike;
//     full-text indexes cannot match two Chinese characters.
//   - [Initials] and [SortKey]: pinyin for look-up by prefix and for the order of lists, so that the order does not
//     depend on a database's collation.
//   - [Plan]: what to look up for a word as typed: digits are an ID number, a phone number or the end of one (by blind
//     index), letters are pinyin, one character begins a name, more are pairs of one.
//
// Family names with a reading of their own (曾, 单, 仇, 区, 查, 解 …) are read as family names when they stand first.
//
// The package owns no tables. What may never change without rebuilding the rows that hold them: the results of Normal,
// Grams, Initials and SortKey.
package search
