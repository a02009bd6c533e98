// Package layouts describes the registers that offices exchange: what their
// columns are called, what they may hold, and what must agree within a row and
// in the whole table. It is data in the terms of package sheet and knows neither
// journal nor database; the slices that own the registers choose what to do with
// the rows.
//
// The registers: the Party roster in 29 columns that a provincial system prints,
// the short village roster, the form of an organisation, the household register,
// the finance table of village disclosure with its three-review form, and the
// table by which a county distributes funds to towns. Offices change headings at
// will, so each column lists the names seen.
//
// # Tables
//
// None.
//
// # What may never change
//
// The key of a column and the canonical spelling of a choice: stored previews
// and exports already handed out use them. A new spelling is a synonym. Titles
// state amounts in yuan only; other units come in by their headings.
package layouts
