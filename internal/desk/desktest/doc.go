// Package desktest gives the tests of pages a whole server over a town of their own, and browsers in front of it.
//
// A [Site] is a journaltest town with its house, accounts, sessions and site map, on a database of either engine. A test
// fills the house's functions (who is who, which unit is which), adds the routes of its slice, and lets persons log in
// through the real door. A [Browser] keeps cookies, sends every form with a fresh key as our pages do, and reads answers.
//
// The package stands on the ground floor: which unit lies where and who holds which office comes from the test. A [Toy] is a
// site for packages on the same floor, with units and persons of no consequence.
//
// Tables: none of its own. What may not change: that a browser enters through the log-in page and the edge of package web,
// so that a test of a page is also a test of who may reach it.
package desktest
