// Package catalogue knows what every body must publish, when, and what it has not published (公开目录、应公开事项).
//
// # The catalogue
//
// An [Item] is one thing that villagers' and residents' committees, collectives and Party organisations disclose: what, on which
// article, how often, for how many days on the board, to whom, in which form, by which office. The national items stand in code, one
// file a body; what the law asks for is cited through the rules of internal/law. A street or a village widens the catalogue by a
// dated act with a citation: a further item, a shorter rhythm, an earlier day, more days on the board, the office in charge. What a
// law asks for is never loosened (IC-23). [Of] is the catalogue of a unit on a day.
//
// # What is due
//
// For every item with a rhythm and every period that is over, the system opens a due item ([Daily]): a matter whose date is reckoned
// from the law, local terms and the State Council's holiday notices, and which says how. Something that must be published at once is
// entered by the office ([Arise]). A due item ends when notices cover its period ([Meet], called by the publication in the same
// transaction), or when the office in charge states that there was nothing ([Nothing]; never for finance), or with its unit. When its
// date passes the system records that it passed, and later that it is long overdue (IC-21): silence is on record too.
//
// What was not opened in time, because the program did not run, is opened later with its true date; the record shows when it was
// recorded. Nothing is opened for periods that ended before the unit was entered here.
//
// # For other rooms
//
// [Of], [DueOf], [Late], [FindDue] and [Meet] are the queries and the deed; [Village] gathers what a village's public page shows and
// [VillageCard] draws it; [BodyOf] says as what a unit discloses.
//
// Acts: disclosure.item/1 (public), item-end/1 (public), due/1 (public), due-within/1, arose/1 (public), arose-within/1, met/1 (public),
// met-within/1, none/1 (public), none-within/1, long-overdue/1 (public), long-overdue-within/1, ceased/1 (public), ceased-within/1;
// matter.lapsed/1. The kinds "within" are those of items for members of the collective or of the Party: their words are not published, nor
// which notice met them and what days it reports on. That a date passed is public for them too; it tells the step and the date alone.
//
// Tables: disclosure_item (local changes), disclosure_due (one row a due item) beside the matter's own rows. disclosure_notice, of the
// parent package, is only read: for what was published before a due item was opened.
//
// What may never change: the bodies in acts.go, and the codes of items: they stand in published notices.
package catalogue
