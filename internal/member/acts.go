package member

import (
	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/journal"
)

// Category of a member: 人员类别.
type Category string

// The two categories that are on a roster.
const (
	Full         Category = "full"         // 正式党员
	Probationary Category = "probationary" // 预备党员
)

// Chinese names the category.
func (c Category) Chinese() string {
	switch c {
	case Full:
		return "正式党员"
	case Probationary:
		return "预备党员"
	}
	return string(c)
}

// CategoryOf reads a Chinese category.
func CategoryOf(s string) (Category, bool) {
	switch s {
	case "正式党员":
		return Full, true
	case "预备党员":
		return Probationary, true
	}
	return "", false
}

// How a membership on this roster began or ended; the value is the ledger account on the other side.
type How string

// The ways in and out.
const (
	Opening  How = "world/opening"  // was on the roster when the journal began
	Admitted How = "world/admitted" // newly admitted (发展)
	In       How = "world/in"       // affiliation came from outside the town (转入)
	Restored How = "world/restored" // membership restored (恢复党籍)
	Out      How = "world/out"      // affiliation went outside the town (转出)
	Died     How = "world/died"     // 去世
	Left     How = "world/left"     // left or was put out of the Party (出党)
)

var howNames = map[How]string{Opening: "建账登记", Admitted: "发展入党", In: "组织关系转入", Restored: "恢复党籍",
	Out: "组织关系转出", Died: "去世", Left: "出党"}

// Chinese names the way.
func (h How) Chinese() string { return howNames[h] }

// Enter puts a person on a branch's roster. Frozen.
type Enter struct {
	Person   int64             `json:"person" title:"党员" ref:"people.person"`
	Branch   int64             `json:"branch" title:"所在党支部" ref:"org.unit"`
	Category Category          `json:"category" title:"人员类别" list:"member.category"`
	How      How               `json:"how" title:"登记方式" list:"member.how-in"`
	Admitted calendar.Date     `json:"admitted,omitempty" title:"入党日期"` // 入党日期
	Full     calendar.Date     `json:"full,omitempty" title:"转正日期"`     // 转正日期
	From     string            `json:"from,omitempty" title:"从哪里转来"`    // where the affiliation came from
	Floating bool              `json:"floating,omitempty" title:"流动党员"`
	Lost     bool              `json:"lost,omitempty" title:"失联党员"`
	Record   map[string]string `json:"record,omitempty" title:"花名册其他栏目" list:"member.column"` // the roster's other columns by layout key: 工作岗位, 新社会阶层类型 …
}

// TurnFull makes a probationary member a full one. Frozen.
type TurnFull struct {
	Basis string `json:"basis,omitempty" title:"依据" as:"long" help:"讨论的支部党员大会和上级批复"` // the branch meeting and the approval
}

// Move changes the branch within the town. Frozen.
type Move struct {
	Branch int64  `json:"branch" title:"转入的党支部" ref:"org.unit"`
	Reason string `json:"reason,omitempty" title:"原因" as:"long"`
}

// Leave ends a membership on this town's rosters; the effective date is the first day without it. Frozen.
type Leave struct {
	How    How    `json:"how" title:"转出或减少的方式" list:"member.how-out"`
	To     string `json:"to,omitempty" title:"转到哪里"` // where the affiliation went
	Reason string `json:"reason,omitempty" title:"原因" as:"long"`
}

// Float notes that a member went away for work or came back (流动党员). Frozen.
type Float struct {
	Away  bool   `json:"away" title:"外出流动" help:"勾选表示外出，不勾表示返回"`
	Place string `json:"place,omitempty" title:"流动去向"`
	Note  string `json:"note,omitempty" title:"说明" as:"long"`
}

// Change replaces the roster columns given. Frozen.
type Change struct {
	Admitted *calendar.Date    `json:"admitted,omitempty" title:"入党日期"`
	Full     *calendar.Date    `json:"full,omitempty" title:"转正日期"`
	Lost     *bool             `json:"lost,omitempty" title:"失联党员"`
	Record   map[string]string `json:"record,omitempty" title:"花名册其他栏目" list:"member.column" as:"change"`
}

// The kinds.
var (
	KindEnter  = journal.Kind[Enter]{Name: "member.enter/1", Title: "登记党员", Power: access.MemberEdit, Read: access.MemberRead, Person: true, Keep: []string{"person", "branch"}, Rules: enterRules, Check: checkEnter, Remnant: leftOfEnter}
	KindFull   = journal.Kind[TurnFull]{Name: "member.full/1", Title: "预备党员转正", Power: access.MemberEdit, Read: access.MemberRead, Person: true, Rules: fullRules}
	KindMove   = journal.Kind[Move]{Name: "member.move/1", Title: "组织关系转接（街道内）", Power: access.MemberEdit, Read: access.MemberRead, Person: true, Keep: []string{"branch"}, Remnant: func(m Move) Move { return Move{Branch: m.Branch} }}
	KindLeave  = journal.Kind[Leave]{Name: "member.leave/1", Title: "转出或减少党员", Power: access.MemberEdit, Read: access.MemberRead, Person: true, Check: checkLeave, Remnant: func(l Leave) Leave { return Leave{How: l.How} }}
	KindFloat  = journal.Kind[Float]{Name: "member.float/1", Title: "流动党员登记", Power: access.MemberEdit, Read: access.MemberRead, Person: true, Remnant: func(f Float) Float { return Float{Away: f.Away} }}
	KindChange = journal.Kind[Change]{Name: "member.change/1", Title: "变更党员信息", Power: access.MemberEdit, Read: access.MemberRead, Person: true, Rules: changeRules, Remnant: leftOfChange}
)

// What an erasure leaves is what the ledger moved and the spans say: dates, branch, category, way; no words.
func leftOfEnter(e Enter) Enter {
	e.From, e.Record = "", nil
	return e
}

func leftOfChange(c Change) Change {
	c.Record = nil
	return c
}

func checkEnter(e *Enter) error {
	if e.Category != Full && e.Category != Probationary {
		return journal.RefuseField("category", "人员类别应为“正式党员”或“预备党员”。")
	}
	switch e.How {
	case Opening, Admitted, In, Restored:
		return nil
	}
	return journal.RefuseField("how", "请选择登记方式。")
}

func checkLeave(l *Leave) error {
	switch l.How {
	case Out, Died, Left:
		return nil
	}
	return journal.RefuseField("how", "请选择转出或减少的原因。")
}
