// Package codes checks the numbers that registers are full of: identity
// numbers, unified social credit codes, division codes; and finds personal
// numbers in free text before it is published.
//
// Each check is a pure function of the text in a cell. It gives what the number
// says (birth date, sex, kind of unit) or a [Problem]: one line of plain Chinese
// for the clerk, and what to do. The functions accept what input methods and
// spreadsheets leave around a number (spaces, full-width digits, a leading
// apostrophe, a small x) and give the number in its clean form; that form is
// what may be stored. They never guess a digit.
//
// Spreadsheets keep fifteen digits of a number. A long number in a numeric cell
// is shown as 3.21002E+17 and its last digits are lost for good; the checks
// recognise both traces and say that the digits must be typed again from the
// document.
//
// The rules of law that use these checks (SE-16 to SE-18, DS-18) stand in the
// folders of their sources. What may never change: a number accepted once in
// the journal stays readable, so a check may become stricter only for new
// entries.
package codes
