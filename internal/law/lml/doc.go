// Package lml holds the rules of the 土地管理法 (amended 2019, in force since 1 January 2020) on what a collective publishes.
//
// The law orders the collective whose land was taken to publish what it received and how it was used, to its members; it names no
// term. The rule asks for prompt publication and only warns when it is late.
//
// What may never change: the ids of the rules once an act carries their verdicts. The package owns no tables.
package lml

import "cunju/internal/law"

var current = law.Source{Key: "LML", Title: "中华人民共和国土地管理法", Short: "《土地管理法》（2019年修正）",
	Issued: "2019年8月26日第三次修正，主席令第三十二号", From: "2020-01-01"}

// Rules lists the rules of this source.
func Rules() []law.Entry { return []law.Entry{Compensation.Entry()} }
