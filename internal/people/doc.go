// Package people keeps persons and households. It is the only place with personal data.
//
// A person is entered once and is then an id everywhere else. Names, sex and year of birth are what an office works with and
// stand in plain text; ID number, telephone and address are sealed under a key of the person's own (package keyring) before
// they enter a payload, so neither the journal nor a back-up nor a projection holds them readable. Look-up of a whole number
// goes by a blind index. Erasure deletes the key, the payloads and the index; header and commitment of the acts stay.
//
// Erasure reaches every act that tells of the person, in every slice: registration and changes, memberships, offices, comings and
// goings in households, also what was void, with the verdicts, answers, corrections and reasons. cmd hands in what other slices
// hold ([Told]), as it does for what stands in the way ([Holds]). Of a person nothing is left. Of what others are counted with,
// the act of erasure keeps what the fold needs and no word: which branch, office or household, in what way, from when to when
// ([journal.Kind].Remnant). So heads that moved stay moved, every past day counts as it did, and a rebuild prints the same.
//
// Acts: people.enrol/1, people.change/1 on persons; people.household/1, people.join/1, people.part/1, people.lead/1 on households;
// people.erasing/1, people.erased/1, people.spared/1 on the erasure of a person's data, which one asks for and another grants.
//
// Tables: people_person, people_blind (field, blind index → person), people_gram (two-character pieces of names, for search),
// people_household, people_resident (who lived in which household when),
// people_erasure (whose data were to be erased, and the handle of the key that goes with them).
//
// What may never change: that sealed fields are sealed before they are handed to the journal; the bodies in acts.go; that no
// other package stores a name, a number, a telephone or an address.
package people
