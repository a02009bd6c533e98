package oversight

import (
	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/journal"
)

// Order is a correction that the street orders, as the addressed office reads it. It names no complaint. Frozen.
type Order struct {
	Unit   int64         `json:"unit" title:"责令谁改正" ref:"org.unit"`
	Notice int64         `json:"notice,omitempty" title:"关于哪张公示" ref:"disclosure.notice"`
	Title  string        `json:"title" title:"关于什么"`
	Text   string        `json:"text" title:"责令内容" as:"long"`
	Due    calendar.Date `json:"due" title:"改正期限"`
}

// Carry is the office's report that an order was carried out. Frozen.
type Carry struct {
	Text   string `json:"text" title:"改正情况" as:"long"`
	Notice int64  `json:"notice,omitempty" title:"改正后的公示" ref:"disclosure.notice"`
}

// Confirm is the street's check of it. Frozen.
type Confirm struct {
	Agree bool   `json:"agree" title:"已经改正"`
	Text  string `json:"text" title:"核实情况" as:"long"`
}

// The kinds of orders.
var (
	KindOrder   = journal.Kind[Order]{Name: "disclosure.order/1", Title: "责令公布或更正", Final: stepFinal, Check: checkOrder}
	KindCarry   = journal.Kind[Carry]{Name: "disclosure.order-carry/1", Title: "报告改正情况", Final: stepFinal, Check: func(c *Carry) error { return words("text", "改正情况", c.Text) }}
	KindConfirm = journal.Kind[Confirm]{Name: "disclosure.order-confirm/1", Title: "核实改正情况", Final: stepFinal, Check: func(c *Confirm) error { return words("text", "核实情况", c.Text) }}
)

func checkOrder(o *Order) error {
	if !o.Due.Valid() {
		return journal.RefuseField("due", "请写明改正期限。")
	}
	if err := words("subject", "关于什么", o.Title); err != nil {
		return err
	}
	return words("text", "责令内容", o.Text)
}

// Complain is a complaint to the street that something was published late or falsely. Frozen.
type Complain struct {
	Unit      int64         `json:"about" title:"反映哪个单位" ref:"org.unit"`
	Notice    int64         `json:"notice,omitempty" title:"关于哪张公示" ref:"disclosure.notice"`
	Title     string        `json:"title" title:"关于什么"`
	Text      string        `json:"text" title:"反映内容" as:"long"`
	Due       calendar.Date `json:"due,omitempty" title:"答复期限"`
	Reckoning string        `json:"reckoning,omitempty" title:"期限怎么算的" as:"long"`
	Setting   int64         `json:"setting,omitempty" title:"依据的本地规定" ref:"act"`
	Asker
}

// Examine is what the street found. Frozen.
type Examine struct {
	Found bool   `json:"found" title:"反映属实"`
	Text  string `json:"text" title:"查核情况" as:"long"`
}

// Instruct ties a complaint to the order that came of it. Frozen.
type Instruct struct {
	Order int64 `json:"order" title:"责令" ref:"disclosure.order"`
}

// Carried says that the order was carried out. Frozen.
type Carried struct{}

// Tell is the answer to who complained. Frozen.
type Tell struct {
	Text string `json:"text" title:"答复" as:"long"`
}

// The kinds of complaints. Only those read them who handle them.
var (
	KindComplain = journal.Kind[Complain]{Name: "disclosure.complain/1", Title: "向街道反映", Final: askFinal, Read: access.ComplaintHandle, Check: checkComplain, Remnant: leftOfComplain}
	KindExamine  = journal.Kind[Examine]{Name: "disclosure.complaint-check/1", Title: "查核反映", Final: stepFinal, Read: access.ComplaintHandle, Check: func(e *Examine) error { return words("text", "查核情况", e.Text) }, Remnant: func(e Examine) Examine { return Examine{Found: e.Found, Text: gone} }}
	KindInstruct = journal.Kind[Instruct]{Name: "disclosure.complaint-order/1", Title: "因反映责令改正", Final: stepFinal, Read: access.ComplaintHandle}
	KindCarried  = journal.Kind[Carried]{Name: "disclosure.complaint-carried/1", Title: "反映的问题已改正", Final: stepFinal, Read: access.ComplaintHandle}
	KindTell     = journal.Kind[Tell]{Name: "disclosure.complaint-reply/1", Title: "答复反映人", Final: stepFinal, Read: access.ComplaintHandle, Check: func(t *Tell) error { return words("text", "答复", t.Text) }}
)

func checkComplain(c *Complain) error {
	if err := c.Asker.check(); err != nil {
		return err
	}
	if err := words("title", "关于什么", c.Title); err != nil {
		return err
	}
	return words("text", "反映内容", c.Text)
}

func leftOfComplain(c Complain) Complain {
	return Complain{Unit: c.Unit, Notice: c.Notice, Title: gone, Text: gone, Due: c.Due, Reckoning: c.Reckoning, Setting: c.Setting, Asker: Asker{Channel: c.Channel}}
}
