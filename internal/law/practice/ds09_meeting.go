package practice

import (
	"fmt"

	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// Joint is the joint meeting of the two committees that confirmed a notice.
type Joint struct {
	Body     notice.Body
	Recorded law.Opt[bool]  // a known false: the notice was approved without one
	Expected law.Opt[int64] // how many were due to attend
	Attended law.Opt[int64]
}

// JointMeeting (DS-09-meeting) asks for a joint meeting of the two committees at which more than half of those due attended. The order of
// 2004 asks for the meeting and gives no number. Every meeting of villagers, residents and Party members for which a law counts halves
// wants more than half of those due (VCL 26, RCL 26 to 29, the regulation on branches), so exactly half is too few here as well. It only
// warns.
var JointMeeting = law.Rule[Joint]{
	Info: law.Info{ID: "DS-09-meeting", Title: "两委联席会议有登记，到会过半数", Version: 1, Source: opinions2004, From: "2004-06-22",
		Confidence: law.Known, Ground: law.Control,
		Can: []law.Outcome{law.Pass, law.Warn, law.NotApplicable, law.NotYetInForce, law.Undecided}},
	Decide: func(f Joint, _ law.Settings) law.Finding {
		const need = "两委联席会议确认（意见没有规定人数，本系统参照村民会议，实到应超过应到的一半）"
		if f.Body != notice.Village && f.Body != notice.Community {
			return law.Outside("只适用于村（居）务公开")
		}
		if recorded, known := f.Recorded.Get(); known && !recorded {
			return law.Finding{Outcome: law.Warn, Given: "没有登记两委联席会议", Need: need, Remedy: "开过会的，填上日期、主持人和人数；没有开会的，先开会确认"}
		}
		var missing law.Missing
		missing.Want("是否登记了联席会议", f.Recorded.Known())
		missing.Want("联席会议应到人数", f.Expected.Known())
		missing.Want("联席会议实到人数", f.Attended.Known())
		if missing != nil {
			return law.Lacking(need, missing...)
		}
		due, came := f.Expected.Value(), f.Attended.Value()
		finding := law.Finding{Outcome: law.Pass, Need: need, Given: fmt.Sprintf("应到 %d 人，实到 %d 人", due, came)}
		if 2*came <= due {
			finding.Outcome, finding.Remedy = law.Warn, "到会的没有过半数，请补开会议；人数写错的，请改正"
		}
		return finding
	},
	Cases: []law.Case[Joint]{
		{Name: "过半数到会", On: "2026-11-23", Want: law.Pass, Facts: joint(7, 4)},
		{Name: "全部到会", On: "2026-11-23", Want: law.Pass, Facts: joint(7, 7)},
		{Name: "正好一半", On: "2026-11-23", Want: law.Warn, Facts: joint(8, 4)},
		{Name: "七人到一人", On: "2026-11-23", Want: law.Warn, Facts: joint(7, 1)},
		{Name: "到会二十二人，不知道应到多少", On: "2026-11-23", Want: law.Undecided, Facts: Joint{Body: notice.Village, Recorded: law.Some(true), Attended: law.Some(int64(22))}},
		{Name: "没有登记会议", On: "2026-11-23", Want: law.Warn, Facts: Joint{Body: notice.Village, Recorded: law.Some(false)}},
		{Name: "党务公开另有规定", On: "2026-11-23", Want: law.NotApplicable, Facts: Joint{Body: notice.Party}},
		{Name: "意见印发前", On: "2004-06-21", Want: law.NotYetInForce, Facts: joint(7, 1)},
		{Name: "不知道人数", On: "2026-11-23", Want: law.Undecided, Facts: Joint{Body: notice.Community, Recorded: law.Some(true)}},
	},
}

func joint(due, came int64) Joint {
	return Joint{Body: notice.Village, Recorded: law.Some(true), Expected: law.Some(due), Attended: law.Some(came)}
}
