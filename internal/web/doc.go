// Package web is the house in which pages live: the server, its sessions, forms,
// errors and safety. It knows no village; every slice brings its own pages.
//
// # The life of a request
//
// A request gets a number, the security headers and a place among the bounded
// number of requests under way. Unsafe methods from a foreign origin are refused.
// The site map finds the route; the route's face (public, mine, desk) says who may
// come in at all. Then one function of type [Page] is called. It reads a form with
// [Request.Form], asks its slice, and returns a [Response] or an error. Only here,
// at the edge, is the response written, the session stored, and an error turned
// into a page for people and a line for the log.
//
// # Errors
//
// [Error] keeps apart what people read (what happened, what was kept, what to do)
// and what the log gets. Any other error becomes "500" with a request number, and
// nothing of its text reaches the browser.
//
// # Forms
//
// [Form] checks every field before it answers, so a page shows all its errors at
// once, with all that was typed. Every form carries a random key made by
// [Request.Key]; a POST without one is refused, and a repeated one is recognised
// by the journal.
//
// # What may never change
//
// No script or style runs that is not one of our own files; no answer leaves
// without the headers of [securityHeaders]; the log and the metrics name route
// patterns, never addresses with values in them, and no personal data; session
// tokens are stored only as hashes. The package owns no table: sessions and
// accounts belong to package account.
package web
