// Package ui holds the typed parts every page is made of: layouts, tables,
// forms, verdict panels, notices, charts, and the gallery that shows them all.
//
// # What it is for
//
// A page hands a struct to a component and gets markup; no page writes its own
// table, form field or navigation. So one change here changes every page, a
// page can be read without knowing any CSS, and the rules below are tested once.
//
// There are five layouts. Desk is where clerks work: dense, 15 px, navigation
// at the left. Board and Phone are what villagers read: at least 18 px, main
// targets at least 60 px high. Plain is for log-in and errors. Sheet is paper.
//
// # How it reaches its built files
//
// This package never reads the built style sheet, script or icon sprite. The
// server resolves their hashed names once ([NewAssets]) and hands them to each
// layout in [Page]; the layouts pass them on to [Icon] through the context.
// A handler that renders a fragment alone wraps its context in [WithAssets].
//
// # What may never change
//
//   - Every page works with scripts off. Scripts only shorten the way: a
//     dialog is also a link target, a filter form also has a button.
//   - No inline style, no inline script, no event attribute: the server sends a
//     content security policy of style-src 'self'; script-src 'self'. Widths
//     that depend on data are SVG attributes or the value of a <progress>.
//   - All text from outside is escaped; no component accepts raw HTML.
//   - A form shown again after an error keeps every value the user typed
//     (files excepted, and the field says so).
//   - Colour never carries meaning alone: states have an icon or a word too.
//   - Markup and styles work in Chromium 87, the oldest kernel that office
//     browsers in use still carry.
//   - Text contrast is at least 4.5:1 and targets are at least 44 px where
//     villagers tap, after GB/T 37668-2019 and the accessibility norm for
//     internet applications for the elderly of the Ministry of Industry and
//     Information Technology (2021).
//
// The package has no tables and no acts; it knows no domain.
package ui
