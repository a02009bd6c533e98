// Package practice holds rules that rest on documents of the central offices and
// on long practice, not on a statute. None of them refuses until the town adopts
// it.
//
// A practice becomes binding by a dated setting, "adopt.<rule>", that cites the
// town's own decision; from that day on the rule refuses, and its verdict names
// the act that adopted it.
//
// What may never change: the ids of the rules once an act carries their
// verdicts. The package owns no tables.
package practice

import "cunju/internal/law"

var opinions2004 = law.Source{Key: "ZB2004-17", Title: "中共中央办公厅、国务院办公厅关于健全和完善村务公开和民主管理制度的意见",
	Short: "《关于健全和完善村务公开和民主管理制度的意见》", Issued: "中办发〔2004〕17号", From: "2004-06-22"}

// local stands for terms that only a province, a city or a town sets.
var local = law.Source{Key: "LOCAL", Title: "省、市、县、街道关于村（居）务公开期限的规定", Short: "本地公开规定"}

// Rules lists the rules of these sources.
func Rules() []law.Entry {
	return []law.Entry{Replied.Entry(), Timely.Entry(), Order.Entry(), ConfirmedInTime.Entry()}
}
