// Package access says who may do what. Powers follow office: a person has none of his own, he has the powers of the
// offices he holds on the day, and they end with the office.
//
// # Sentences
//
// Every power is one sentence in policy.cedar or forbid.cedar, with the article it rests on: an office (role, line, power) may do an
// act within a scope, which is always a subtree of units: the office's own unit and what is below it, or the area the
// unit serves (its village, community or street). A few sentences forbid: nobody checks or approves his own
// entry, supervision neither decides nor executes, executing offices do not approve, the system administrator sees no
// person. A forbid always wins, and an evaluation that errs is a refusal. The same sentences answer three questions:
//
//   - [Policy.May]: may this person do this act on this thing now? If not, which sentence stands against it, and which
//     offices carry the act.
//   - [Policy.Anchors]: at which units does his power over an act begin? A list joins these with the dated closure table
//     of the unit tree and so shows exactly the rows on which May would say yes.
//   - [Policy.Explain]: the sentences in Chinese, so that a secretary can read and question them.
//
// [Incompatible] keeps offices apart at the moment of appointment: supervision from committee and accounts, near
// relatives from one body, the three administrators from each other.
//
// # The view log
//
// [Log] writes who looked at whose personal data, when, in which office, on which page and why. Looking at full
// numbers and exporting are logged once per person looked at; a list, which shows masked data, is logged once per page
// with the number of rows. The person concerned can read his own log (个人信息保护法 第四十四条、第四十五条); auditors
// read all of it.
//
// Every row carries the hash of the row before it and of itself, and the journal is told regularly where this chain stands
// ([Log.Seal]). Whoever takes away or changes a row breaks the chain there; whoever writes the chain anew from there on
// contradicts the journal. [Log.Audit] names the first row that does not fit. What was looked at since the last seal is held by
// the chain alone.
//
// # Acts
//
// access.view-seal/1: how many rows the view log had and the hash of the last. It names nobody.
//
// # Tables
//
// access_view, key (town, subject, at, id); append only. access_view_head, key town: where a town's chain ends; found again
// from the last row. They are no projections: they are not in the journal and cannot be rebuilt, so they are migrated. The view
// log is to be kept at least three years (个人信息保护法 第五十六条), and the network logs of the server at least six months
// (网络安全法 第二十三条).
//
// # What may never change
//
// A permit may say nothing about the resource but where it lies; else lists and decisions part ways. Policies and the
// codes of roles and acts are quoted in acts of the journal and in the view log: a code keeps its meaning for ever, a
// new meaning gets a new code. What a row's hash is made of stays as it is too. This package knows no slice: roles, kinds and
// lines are plain strings to it.
package access
