// Package pipl holds the rules of the 个人信息保护法 that guard publication
// and erasure.
//
// A notice is read by everyone and copied by anyone, so numbers of persons (ID
// numbers, telephones, bank cards) must not stand in it unless the law asks for
// them. The finder of such numbers is in package codes; the rule here decides
// what follows from a find: they are masked, or somebody confirms in writing why
// they must stand.
//
// What was collected goes when a ground of article 47 holds and no duty to keep
// it stands against it; the rule on erasure says which.
//
// What may never change: the ids of the rules once an act carries their
// verdicts. The package owns no tables.
package pipl

import "cunju/internal/law"

var current = law.Source{Key: "PIPL", Title: "中华人民共和国个人信息保护法", Short: "《个人信息保护法》", Issued: "2021年8月20日通过，主席令第九十一号", From: "2021-11-01"}

// Rules lists the rules of this source.
func Rules() []law.Entry { return []law.Entry{NoNumbers.Entry(), MayForget.Entry()} }
