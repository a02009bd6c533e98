package ui

// Outcome is what a rule answered.
type Outcome string

// Outcomes of a rule. The last three are no verdict about the deed itself.
const (
	Pass          Outcome = "pass"
	Refuse        Outcome = "refuse"
	Caution       Outcome = "warn"
	NotApplicable Outcome = "na"
	NotYet        Outcome = "early"   // the rule is not in force on that day
	Undecided     Outcome = "missing" // a fact is missing
)

func (o Outcome) tone() Tone {
	switch o {
	case Pass:
		return Success
	case Refuse:
		return Error
	case Caution, Undecided:
		return Warn
	}
	return Neutral
}

func (o Outcome) text() string {
	switch o {
	case Pass:
		return "符合"
	case Refuse:
		return "不符合"
	case Caution:
		return "提醒"
	case NotYet:
		return "尚未施行"
	case Undecided:
		return "缺少材料，不能判断"
	}
	return "不适用"
}

// Verdict is one rule's answer as a page shows it.
type Verdict struct {
	Outcome Outcome
	Title   string // what the rule asks, in plain words
	Rule    string // rule id, VCL-18-win
	Source  string // 《中华人民共和国村民委员会组织法》
	Article string // 第十五条第一款
	Given   string // what the facts were
	Need    string // what they must be
	Remedy  string // what can be done
	Href    string // page of the rule
}

// citation is source and article in one.
func (v Verdict) citation() string { return v.Source + v.Article }

// VerdictPanelProps is the verdicts on one deed.
type VerdictPanelProps struct {
	Title    string // "办理依据" when empty
	Verdicts []Verdict
}

// summary says first what matters: refusals, then what is missing, then cautions.
func (p VerdictPanelProps) summary() Flash {
	n := map[Outcome]int{}
	for _, v := range p.Verdicts {
		n[v.Outcome]++
	}
	switch {
	case n[Refuse] > 0:
		return Flash{Tone: Error, Text: "有 " + group(int64(n[Refuse])) + " 条规定不符合，不能办理"}
	case n[Undecided] > 0:
		return Flash{Tone: Warn, Text: "有 " + group(int64(n[Undecided])) + " 条规定缺少材料，还不能判断"}
	case n[Caution] > 0:
		return Flash{Tone: Warn, Text: "可以办理，有 " + group(int64(n[Caution])) + " 条提醒"}
	}
	return Flash{Tone: Success, Text: "符合规定，可以办理"}
}

// StepState is how far one step of a procedure is.
type StepState string

// States of a step.
const (
	StepDone    StepState = "done"
	StepCurrent StepState = "current"
	StepLate    StepState = "late" // current, and past its date
	StepTodo    StepState = "todo"
	StepSkipped StepState = "skipped"
)

func (s StepState) text() string {
	switch s {
	case StepDone:
		return "已完成"
	case StepCurrent:
		return "办理中"
	case StepLate:
		return "已超期"
	case StepSkipped:
		return "不需要"
	}
	return "未开始"
}

func (s StepState) tone() Tone {
	switch s {
	case StepDone:
		return Success
	case StepCurrent:
		return Info
	case StepLate:
		return Error
	}
	return Neutral
}

// Step is one step of a procedure.
type Step struct {
	Title  string
	Office string // who must act
	State  StepState
	Clock  string // until when, or how late: 应于 11 月 20 日前，已超 3 天
	When   string // when it was done
	Note   string
	Act    int64  // act that did it; shown when Href is set
	Href   string // of that act
	Action Link   // what the reader of this page may do now
}

func (s Step) aria() string {
	if s.State == StepCurrent || s.State == StepLate {
		return "step"
	}
	return "false"
}
