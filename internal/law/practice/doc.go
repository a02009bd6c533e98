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

var (
	rules2011 = law.Source{Key: "NJF2011-13", Title: "农村集体经济组织财务公开规定", Short: "《农村集体经济组织财务公开规定》",
		Issued: "农经发〔2011〕13号", From: "2011-11-21"}
	openParty = law.Source{Key: "DWGK", Title: "中国共产党党务公开条例（试行）", Short: "《中国共产党党务公开条例（试行）》", Issued: "2017年12月印发", From: "2017-12-20"}
)

// local stands for terms that only a province, a city or a town sets.
var local = law.Source{Key: "LOCAL", Title: "省、市、县、街道关于村（居）务公开期限的规定", Short: "本地公开规定"}

// Rules lists the rules of these sources.
func Rules() []law.Entry {
	return []law.Entry{Replied.Entry(), Timely.Entry(), Order.Entry(), JointMeeting.Entry(), ConfirmedInTime.Entry(), Collective.Entry(), Party.Entry(), Each.Entry()}
}
