// Package ceo holds the rules of the 农村集体经济组织法 (in force since 1 May 2025) on what a collective publishes.
//
// The law asks for publication to the members: finances regularly, the use of assets and major matters promptly, the yearly report
// ten days before the meeting that decides on it. It names no number of days for "promptly"; provinces do (浙江 five days), and
// such a number is a local term. How often "regularly" is stands in the rules of 2011, in package practice.
//
// Being late only warns: its remedy is to publish, which must not be refused.
//
// What may never change: the ids of the rules once an act carries their verdicts. The package owns no tables.
package ceo

import "cunju/internal/law"

var current = law.Source{Key: "CEO", Title: "中华人民共和国农村集体经济组织法", Short: "《农村集体经济组织法》",
	Issued: "2024年6月28日，主席令第二十六号", From: "2025-05-01"}

// Rules lists the rules of this source.
func Rules() []law.Entry { return []law.Entry{Prompt.Entry(), Ahead.Entry()} }
