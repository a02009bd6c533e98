// Package importtest holds the whole repository to the shape that its design promises. It has no code of its own, only
// tests, and owns no tables.
//
//   - imports run downward: cmd and what it wires, then the slices of the second floor, which never import each other,
//     then the spine (org, people, member), then the ground floor, which knows no village. A folder that is in none of
//     these lists counts as wiring: it may import anything and only wiring may import it;
//   - fold.go, decide.go and acts.go of a slice are pure: they import neither the database nor the web;
//   - every package explains itself in doc.go;
//   - what templ generated is what its sources say;
//   - nothing that others made is committed: no bundle, font, minified script or module folder;
//   - every dependency is pinned;
//   - no file is longer than 500 lines, unless it was generated;
//   - no file names a place on somebody's machine.
//
// The tests read the files of the working tree that git knows or would take, so they speak before a commit does. A new
// folder needs a line in floors_test.go only if it belongs below the wiring. What may never change: a rule is not
// loosened to let one file through; the file is mended.
package importtest
