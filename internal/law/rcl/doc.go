// Package rcl holds the rules of the 城市居民委员会组织法, one file per rule.
//
// The full revision of 2025-10-28 is in force from 2026-01-01. The text of 1989
// (23 articles, amended 2018) said nothing of posting days or audits, so the
// rules here have no earlier versions.
//
// What may never change: the ids of the rules and the meaning of a version once
// an act carries its verdict. A rule here answers "not applicable" to facts of a
// village, so both laws can be asked with the same facts. It owns no tables.
package rcl

import "cunju/internal/law"

var current = law.Source{Key: "RCL", Title: "中华人民共和国城市居民委员会组织法", Short: "《城市居民委员会组织法》（2025年修订）",
	Issued: "2025年10月28日修订，主席令第六十号", From: "2026-01-01"}

// Rules lists the rules of this source.
func Rules() []law.Entry {
	return []law.Entry{Items.Entry(), BoardNeeded.Entry(), Days.Entry(), Prompt.Entry(), Appraisal.Entry(), Audited.Entry(), Asked.Entry()}
}
