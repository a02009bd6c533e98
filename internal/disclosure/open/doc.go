// Package open gives the public board away: as data for programs and as one signed archive of static files.
//
// The data are JSON under /api/, described by OpenAPI 3.1 and JSON Schema, for anyone and from any page (CORS), without a log-in.
// The archive is the whole board with its log, attachments and plain pages that a browser opens from a USB stick or a second
// network, and a manifest signed by the log's key ([Archive]). Both say of a notice what its public act says, and hold its bytes
// against their seal before they repeat them; one that does not agree is named and not repeated. Amounts are in fen, days are
// YYYY-MM-DD, a number of an act is its place in the public log.
//
// The package records nothing and owns no tables. It reads what [cunju/internal/disclosure] lists as public, and so knows
// nothing of drafts, persons or notices for members only.
//
// What may never change: paths and meanings of fields under /api/ (a field may be added); the archive's layout: log/<town>/…
// as the server offers it, files/<sha256>, notices.json, n/<id>.json, n/<id>.html, index.html, policy.txt, MANIFEST,
// MANIFEST.note.
package open
