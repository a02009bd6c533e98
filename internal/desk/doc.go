// Package desk is what the pages of all slices share: the house with its journal, powers and view log; the frame with its
// navigation; the way from a form to a recorded act and back to the person with what happened.
//
// It knows no village. A page of a slice asks [House.May] for the power, reads its form, and hands a Decide function to
// [House.Record]; refusals of the journal come back onto the form, conflicts and failures become error pages in plain words
// ([Explain]). It owns no tables.
//
// Two rooms lie beside it: body shows the bodies of acts and takes their corrections, field by field, whatever the kind; intake
// is the counter at which every register's sheets come in. desktest is the site on which the pages of slices are tested.
//
// What may never change: that no page records an act except through [House.Record], so that the office in which someone acts,
// the form's key and the view of what was seen are always there.
package desk
