// Package branch holds the rules on setting up Party branches, general branches
// and committees, mainly from the 中国共产党支部工作条例（试行） of 2018.
//
// The regulation was read in reprints only, so its article numbers are left out
// and its rules warn until a town adopts them after comparing the text.
//
// What may never change: the ids of the rules once an act carries their
// verdicts. Sizes that a town sets for itself are settings, not edits here. The
// package owns no tables.
package branch

import "cunju/internal/law"

var (
	regulation = law.Source{Key: "BR", Title: "中国共产党支部工作条例（试行）", Short: "《中国共产党支部工作条例（试行）》",
		Issued: "2018年10月28日起施行", From: "2018-10-28"}
	setUp = law.Source{Key: "BR-SETUP", Title: "基层党组织设置的通行做法", Short: "基层党组织设置的通行做法"}
)

// Rules lists the rules of these sources.
func Rules() []law.Entry {
	return []law.Entry{Members.Entry(), Committee.Entry(), Secretary.Entry(), Higher.Entry()}
}
