// Package vcl holds the rules of the 村民委员会组织法, one file per rule.
//
// The second amendment of 2025-10-28 is in force from 2026-01-01 and renumbered
// the articles: disclosure moved from article 30 to 35, audit from 35 to 40. A
// rule that existed before keeps its older edition as an earlier version.
//
// What may never change: the ids of the rules and the meaning of a version once
// an act carries its verdict. A new edition of the law is a new version beside
// the old one, chosen by the date of the act. The package owns no tables.
package vcl

import "cunju/internal/law"

var (
	current = law.Source{Key: "VCL", Title: "中华人民共和国村民委员会组织法", Short: "《村民委员会组织法》（2025年修正）",
		Issued: "2025年10月28日第二次修正，主席令第五十九号", From: "2026-01-01"}
	former = law.Source{Key: "VCL", Title: "中华人民共和国村民委员会组织法", Short: "《村民委员会组织法》（2018年修正）",
		Issued: "2018年12月29日修正", From: "2018-12-29"}
)

// Rules lists the rules of this source.
func Rules() []law.Entry {
	return append([]law.Entry{Items.Entry(), BoardNeeded.Entry(), Days.Entry(), Audited.Entry(), Asked.Entry()}, Rhythm.Entries()...)
}
