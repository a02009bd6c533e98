// Package e2e goes through the whole program as its users do: the real binary, built from this tree, serves the
// demonstration town, and visitors with real browsers (package browser below it) come to it. It holds tests only and owns
// no tables.
//
// # The journeys
//
//   - main: a clerk imports a damaged roster, repairs it, looks at a member as of last year; an accountant imports a
//     finance table, others check, approve and publish it; a villager verifies it on a phone; the sheet prints. Once with
//     JavaScript and once without;
//   - disclosure: a late notice from the street's list to the shelf, with an objection, a meeting, a code scanned before the board, a
//     question by telephone, and a clock set weeks ahead for the posting report and the taking down; a villager who asks from the
//     phone; what was corrected and what was covered;
//   - the archive: the whole board on a stick, read without a server, checked by the program alone with one bit flipped in each kind
//     of file; a saved receipt with one character changed;
//   - two clerks at the same member at once, and one form sent twice: one act;
//   - a villager without a log-in, scripts off: board, notice, verification, the proof as a file;
//   - wrong passwords, forbidden pages, pages that are not there;
//   - the site map: every page that each role can reach, and every route of the program: answered, no wider than the
//     window, accessible by WCAG 2 AA as axe-core judges it, at most 100 KB on a first visit, without personal numbers;
//   - tampering and violence: one flipped byte is named by `cunju verify`; a killed server says at its next start what it
//     found.
//
// # How they run
//
// The binary is built and the town made once per run; every journey works on a copy of its data with a server of its own
// on a free port, so that journeys cannot meet. Log-ins, cells and names come from demo/facts.yaml, words of pages stand in
// the tests: a page whose words change is read again by a person. A failing step leaves a picture of the page in the
// temporary folder cunju-e2e.
//
// CUNJU_E2E_DIR names a folder where binary and town are kept from run to run, for whoever works on the journeys
// themselves; empty it when the program has changed.
//
// Without Chromium the tests are skipped, unless CUNJU_REQUIRE_BROWSER=1; with -short too.
//
// # What may never change
//
// A journey does what a person does: it clicks words and fills fields by their labels, and reads what can be read. It
// asks neither the database nor the code for what the pages should show. Only the tampering reaches past the pages,
// because that is what it is about.
package e2e
