// Package ledger keeps double entry for anything countable: heads, shares, fen, cm², minutes.
//
// The one operation is a move: so much of a commodity leaves one account and arrives in another. A move is stored as two
// lines of equal and opposite amount, each naming the other's account, so that an act can neither create nor lose anything,
// and "opening + in − out = closing" holds for every account and every period by construction. Where things come from and go
// to when they cross the town's border (admitted, died, came from outside, the bank) are accounts too.
//
// Accounts are paths of segments joined by "/". The first segment, when it is a number, is the entity that owns the account,
// usually a unit ("12/party/full"); the accounts below a path are its subtree. Amounts are int64 in the commodity's smallest
// unit and are never floating point.
//
// Tables, both projections that a rebuild prints again:
//
//	ledger_line   one row a line, in order of account and day: the act, which entity's history it comes from, the other account, amount
//	ledger_year   carried sums: the movement of each account in each year, so that a balance on any date is the sum of
//	              the full years before plus that year's lines (some 0.3 ms for any subtree of a million people)
//
// What may never change: lines are posted only by a fold, in the transaction of the act that they belong to; the sum over an
// act is zero in every commodity; nothing edits a line. Verify recomputes both statements from the rows.
package ledger
