package oversight

import (
	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
)

// Who signs a request for audit.
const (
	Villagers = "villagers"
	Residents = "residents"
	Delegates = "delegates" // residents' representatives
)

var signers = []struct{ Code, Title string }{{Villagers, "村民"}, {Residents, "居民"}, {Delegates, "居民代表"}}

// Call is a request of many to have matters audited. Nobody is named: the paper with the signatures stays in the files. Frozen.
type Call struct {
	Unit    int64         `json:"unit" title:"审计哪个单位" ref:"org.unit"`
	Title   string        `json:"title" title:"审计什么"`
	Text    string        `json:"text" title:"要求审计的事项" as:"long"`
	Signers string        `json:"signers" title:"由谁签名" list:"oversight.signers"`
	Asked   int64         `json:"asked" title:"签名人数"`
	All     int64         `json:"all" title:"总人数"`
	Roll    int64         `json:"roll,omitempty" title:"住户登记中的人数"` // what the household register suggested, 0 for nothing
	Basis   string        `json:"basis,omitempty" title:"总人数的依据"`  // where All differs from Roll
	Handed  calendar.Date `json:"handed" title:"收到日期"`
}

// Accept is the street's decision whether the request stands. Frozen.
type Accept struct {
	Agree bool   `json:"agree" title:"受理"`
	Text  string `json:"text" title:"说明" as:"long"`
}

// Arrange says who audits and from when. Frozen.
type Arrange struct {
	Auditor string        `json:"auditor" title:"由谁审计"`
	Begin   calendar.Date `json:"begin" title:"开始日期"`
	Text    string        `json:"text,omitempty" title:"安排" as:"long"`
}

// Report says that the audit report is there. Frozen.
type Report struct {
	On     calendar.Date `json:"on" title:"报告日期"`
	Number string        `json:"number" title:"报告名称、文号"`
	Text   string        `json:"text" title:"审计结论" as:"long"`
}

// Outcome names the notice by which the result was published. Frozen.
type Outcome struct {
	Notice int64 `json:"notice" title:"公布审计结果的公示" ref:"disclosure.notice"`
}

// The kinds of requests for audit.
var (
	KindCall    = journal.Kind[Call]{Name: "disclosure.audit-ask/1", Title: "村（居）民要求审计", Final: stepFinal, Check: checkCall}
	KindAccept  = journal.Kind[Accept]{Name: "disclosure.audit-accept/1", Title: "街道受理审计要求", Final: stepFinal, Check: func(a *Accept) error { return words("text", "说明", a.Text) }}
	KindArrange = journal.Kind[Arrange]{Name: "disclosure.audit-arrange/1", Title: "安排审计", Final: stepFinal, Check: func(a *Arrange) error {
		if err := words("auditor", "由谁审计", a.Auditor); err != nil {
			return err
		}
		return disclosure.Plain("text", "安排", a.Text)
	}}
	KindReport = journal.Kind[Report]{Name: "disclosure.audit-report/1", Title: "收到审计报告", Final: stepFinal, Check: func(r *Report) error {
		if err := words("number", "报告名称、文号", r.Number); err != nil {
			return err
		}
		return words("text", "审计结论", r.Text)
	}}
	KindOutcome = journal.Kind[Outcome]{Name: "disclosure.audit-publish/1", Title: "公布审计结果", Final: stepFinal}
)

func checkCall(c *Call) error {
	switch {
	case c.Asked <= 0:
		return journal.RefuseField("asked", "请填写签名人数。")
	case c.All <= 0:
		return journal.RefuseField("all", "请填写总人数。")
	case c.Asked > c.All:
		return journal.RefuseField("asked", "签名的 %d 人多于总人数 %d 人，没有登记，请核对。", c.Asked, c.All)
	case c.Roll > 0 && c.All != c.Roll && c.Basis == "":
		return journal.RefuseField("basis", "住户登记里是 %d 人，您填的是 %d 人，请写明以什么为准。", c.Roll, c.All)
	case c.Signers != Villagers && c.Signers != Residents && c.Signers != Delegates:
		return journal.RefuseField("signers", "请选择由谁签名。")
	}
	if err := words("title", "审计什么", c.Title); err != nil {
		return err
	}
	if err := disclosure.Plain("basis", "总人数的依据", c.Basis); err != nil {
		return err
	}
	return words("text", "要求审计的事项", c.Text)
}
