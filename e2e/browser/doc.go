// Package browser drives a real Chromium as a person would: it clicks what can be seen, types into fields by their labels,
// reads the visible text. The journeys of package e2e and the pictures of scripts/screenshots are made with it; no part of
// the program imports it. It owns no tables.
//
// # Words
//
//   - [Browser] is one Chromium process with a folder of its own. [Browser.Open] gives a [Tab] in a fresh profile, so that
//     two tabs are two visitors who share neither cookies nor cache.
//   - Everything that a tab cannot do ends the test at once, in words and with a picture of the page: [Judge] is the part of
//     testing.TB that is needed for that.
//   - A click is a click of the mouse at the middle of an element. An element that something else covers cannot be clicked,
//     by nobody, and so not here either. Afterwards the tab waits until the page is at rest: no navigation and no request
//     under way.
//
// # What is watched without being asked
//
// Errors on the console, exceptions, violations of the content security policy and failed style sheets or scripts end the
// test when the tab is closed. Requests to any other host are such a failure too: a village's server may have no internet.
//
// # What may never change
//
// Nothing waits for a length of time instead of for a fact. Nothing in a page is changed to get through it. With
// [Options.NoScript] the same journeys run without JavaScript.
package browser
