// Package rulebook gathers the rules of all sources and prints them: article →
// rule → worked cases, for `cunju rules` and for the page of the same content.
//
// A new source is a new folder beside this one and one line in [All]. The tests
// here hold every rule to the same form: a well-formed ID, a source with its
// article, dates, and a worked case for each outcome the rule can give; they
// judge every case, and every case again with each of its facts left out.
package rulebook

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"cunju/internal/law"
	"cunju/internal/law/branch"
	"cunju/internal/law/ceo"
	"cunju/internal/law/constitution"
	"cunju/internal/law/control"
	"cunju/internal/law/gb"
	"cunju/internal/law/lml"
	"cunju/internal/law/pipl"
	"cunju/internal/law/practice"
	"cunju/internal/law/rcl"
	"cunju/internal/law/vcl"
)

// All lists every rule, by source in the order below, then by article, then by
// ID and version.
func All() []law.Entry {
	var all []law.Entry
	for _, rules := range [][]law.Entry{
		vcl.Rules(), rcl.Rules(), ceo.Rules(), lml.Rules(), pipl.Rules(), constitution.Rules(), branch.Rules(), practice.Rules(), gb.Rules(), control.Rules(),
	} {
		slices.SortStableFunc(rules, func(a, b law.Entry) int {
			return cmp.Or(cmp.Compare(firstArticle(a), firstArticle(b)), strings.Compare(a.Article, b.Article), strings.Compare(a.ID, b.ID), cmp.Compare(a.Version, b.Version))
		})
		all = append(all, rules...)
	}
	return all
}

// Keys lists every local term that may be set: the registry, then one adoption
// for each rule that only warns until adopted.
func Keys() []law.Key {
	keys := law.Keys()
	for _, e := range All() {
		if e.Demoted() && slices.Contains(e.Can, law.Refuse) {
			keys = append(keys, law.Adoption(e.ID, e.Title))
		}
	}
	return keys
}

// Key finds a local term by name. The zero key, for a name that no rule reads,
// is what rule IC-02 refuses.
func Key(name string) law.Key {
	for _, k := range Keys() {
		if k.Name == name {
			return k
		}
	}
	return law.Key{}
}

// Readers names the rules that read a local term.
func Readers(k law.Key) []string {
	var ids []string
	for _, e := range All() {
		reads := k.Name == law.Adoption(e.ID, "").Name
		for _, read := range e.Keys {
			reads = reads || read.Name == k.Name
		}
		if reads && !slices.Contains(ids, e.ID) {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// firstArticle orders "34、42" by 34; a rule without article comes first.
func firstArticle(e law.Entry) int {
	first, _, _ := strings.Cut(e.Article, "、")
	n, err := strconv.Atoi(first)
	if err != nil {
		return 0
	}
	return n
}
