// Package control holds the internal controls that the program keeps for every
// town, whatever the local terms: no one approves his own entry or what he
// himself examined, and local terms may only tighten the law. They cite no statute and say so; they may refuse
// because they are what makes the record worth trusting.
//
// What may never change: that they have no off switch. A town that wants one
// wants another program. The package owns no tables.
package control

import "cunju/internal/law"

var house = law.Source{Key: "CTRL", Title: "本系统内部控制要求（起草、审查与审批分开，地方规定不得低于法律）", Short: "本系统内部控制要求"}

// Rules lists the rules of this source.
func Rules() []law.Entry {
	return []law.Entry{FourEyes.Entry(), Tighten.Entry(), CarriedOver.Entry(), ExamineApart.Entry(), Relocate.Entry(), Adult.Entry(),
		LongOverdue.Entry(), Hang.Entry(), Stricter.Entry(), Joined.Entry(), Ended.Entry()}
}
