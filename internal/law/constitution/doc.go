// Package constitution holds what the Party's constitution (中国共产党章程) decides about a member's place and dates: the age
// at which one may be admitted (article 1), the year of probation and its extension (article 7), and that every member belongs
// to one branch (article 8).
//
// Articles 7 and 8 were read in the edition of 22 October 2022, article 1 in that of 2017; they have stood unchanged in
// substance since the constitution of 1982. Article 1 asks for eighteen years of whoever applies, and admission comes after
// that, so nobody is admitted younger. What these articles say refuses; PM-16 alone warns until the town adopts it, because an
// old roster's late date may have its reasons.
//
// The predecessors of 1982 asked for eighteen years as well; the one of 1956 and the one of 1977 knew a year of probation, those
// of April 1969 and August 1973 knew none. They were not at hand, so their rules only warn until adopted, and whoever became a
// full member between the two dates is not judged at all.
//
// A rule here is asked about the day of the deed itself, be it sixty years back: a roster handed over today is judged by the
// constitution under which each member was admitted.
package constitution

import "cunju/internal/law"

var (
	of1982 = law.Source{Key: "CONST", Title: "中国共产党章程（1982年9月6日通过，2022年10月22日修改）", Short: "《中国共产党章程》",
		Issued: "中国共产党第二十次全国代表大会2022年10月22日修改通过", From: "1982-09-06"}
	of1977 = law.Source{Key: "CONST", Title: "中国共产党章程（1977年8月18日通过）", Short: "《中国共产党章程》（1977年）", From: "1977-08-18"}
	of1956 = law.Source{Key: "CONST", Title: "中国共产党章程（1956年9月26日通过）", Short: "《中国共产党章程》（1956年）", From: "1956-09-26"}
)

// Rules lists the rules of this source.
func Rules() []law.Entry {
	var all []law.Entry
	for _, r := range Age {
		all = append(all, r.Entry())
	}
	for _, r := range Probation {
		all = append(all, r.Entry())
	}
	return append(all, Extension.Entry(), OneBranch.Entry())
}
