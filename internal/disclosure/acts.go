package disclosure

import (
	"regexp"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/law/notice"
)

// Content is what a notice says. Frozen: it stands in public payloads.
type Content struct {
	Subject string        `json:"subject"` // see subjects.go: finance, village, party, collective
	Item    string        `json:"item"`    // law/notice.Item, or "" for finance
	Title   string        `json:"title"`
	From    calendar.Date `json:"from,omitempty"` // period reported on, first and last day
	To      calendar.Date `json:"to,omitempty"`
	Text    string        `json:"text,omitempty"` // paragraphs divided by newlines
	Finance *Finance      `json:"finance,omitempty"`
	Table   *Table        `json:"table,omitempty"`
	Files   []File        `json:"files,omitempty"`
	Consent bool          `json:"consent,omitempty"` // the persons whose numbers stand in it agreed, or a law orders their publication
}

// Finance is a period's income and spending, line by line; amounts in fen. Opening + ΣIn − ΣOut = Closing. Frozen.
type Finance struct {
	Opening int64  `json:"opening"`
	Lines   []Line `json:"lines"`
	Closing int64  `json:"closing"`
}

// Line is one income or one expense. Frozen.
type Line struct {
	Day     calendar.Date `json:"day,omitempty"`
	Item    string        `json:"item"`
	In      int64         `json:"in,omitempty"`  // fen
	Out     int64         `json:"out,omitempty"` // fen
	Source  string        `json:"source,omitempty"`
	Dept    string        `json:"dept,omitempty"`
	Handler string        `json:"handler,omitempty"`
	Opinion string        `json:"opinion,omitempty"`
	Voucher string        `json:"voucher,omitempty"`
	Note    string        `json:"note,omitempty"`
}

// Table is any other table: headings, and rows of text as printed. Sums are columns whose last row is their total. Frozen.
type Table struct {
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
	Total   []string   `json:"total,omitempty"`
	Unit    string     `json:"unit,omitempty"` // "万元"
}

// File is an attachment by content. Frozen.
type File struct {
	Name string `json:"name"`
	Size int64  `json:"size"`   // bytes
	Type string `json:"type"`   // media type as sniffed
	Hash string `json:"sha256"` // hex
}

// Draft begins a notice. Frozen.
type Draft struct {
	Unit     int64   `json:"unit"` // who discloses: villagers' committee, collective, Party organisation
	Body     string  `json:"body"` // law/notice.Body
	Content  Content `json:"content"`
	Replaces int64   `json:"replaces,omitempty"` // the published notice that this one corrects
}

// Revise replaces a draft's content. Frozen.
type Revise struct {
	Content Content `json:"content"`
}

// Submit hands a draft to the supervision committee. Where a local term says by when it must answer, the date and how it was
// reckoned are part of the act. Frozen.
type Submit struct {
	Due       calendar.Date `json:"due,omitempty"`
	Reckoning string        `json:"reckoning,omitempty"`
	Setting   int64         `json:"setting,omitempty"` // the act that set the local term
}

// Check is the supervision committee's finding: agreed, or sent back with what is wrong. Frozen.
type Check struct {
	Agree bool   `json:"agree"`
	Note  string `json:"note,omitempty"`
}

// Approve is the decision of someone else than the author to publish, or not. Frozen.
type Approve struct {
	Agree bool   `json:"agree"`
	Note  string `json:"note,omitempty"`
}

// Publish seals the content for everyone. Frozen.
type Publish struct {
	Unit     int64   `json:"unit"`
	UnitName string  `json:"unit_name"` // as on the day
	Number   string  `json:"number"`    // 文峰村公开〔2026〕12号
	Content  Content `json:"content"`
	Checked  int64   `json:"checked"`  // act of the supervision committee
	Approved int64   `json:"approved"` // act of the approver
	Replaces int64   `json:"replaces,omitempty"`
}

// Post says that the printed sheet hangs on the physical board; the effective date is the day it was put up. By when it must
// hang is reckoned then, by the terms in force and known, and stands here: no later setting moves it. Frozen.
type Post struct {
	Place     string        `json:"place"`
	Last      calendar.Date `json:"last,omitempty"` // last day it must hang; "" where no law gives days
	Reckoning string        `json:"reckoning,omitempty"`
	Setting   int64         `json:"setting,omitempty"` // the act that set the local term
}

// TakeDown says that the sheet was taken down. Frozen.
type TakeDown struct {
	Reason string `json:"reason"`
}

// Withdraw gives a draft up before it is published. Frozen.
type Withdraw struct {
	Reason string `json:"reason"`
}

// Nothing in the life of a notice is corrected by form: whoever could would approve in another's name, or change what is
// published. A draft is rewritten, a published notice is replaced by another that says so.
const (
	draftFinal = "草稿请用“修改”，不要了请用“撤回”"
	stepFinal  = "审查、审批、张贴这些步骤办过就是办过；有错请退回重办，或另行公布更正"
	published  = "已经公布的内容不会被改掉；请另行起草一张更正的公示，原来的会标明已被更正"
)

// The kinds.
var (
	KindDraft    = journal.Kind[Draft]{Name: "disclosure.draft/1", Title: "起草公开事项", Final: draftFinal, Check: checkDraft}
	KindRevise   = journal.Kind[Revise]{Name: "disclosure.revise/1", Title: "修改公开草稿", Final: draftFinal, Check: func(r *Revise) error { return r.Content.check() }}
	KindSubmit   = journal.Kind[Submit]{Name: "disclosure.submit/1", Title: "提交监督审查", Final: stepFinal}
	KindCheck    = journal.Kind[Check]{Name: "disclosure.check/1", Title: "监督委员会审查", Final: stepFinal, Check: func(c *Check) error { return noteIfNot(c.Agree, c.Note) }}
	KindApprove  = journal.Kind[Approve]{Name: "disclosure.approve/1", Title: "审批公开事项", Final: stepFinal, Check: func(a *Approve) error { return noteIfNot(a.Agree, a.Note) }}
	KindPublish  = journal.Kind[Publish]{Name: "disclosure.publish/1", Title: "公布", Final: published, Public: true}
	KindPost     = journal.Kind[Post]{Name: "disclosure.post/1", Title: "上栏张贴", Final: stepFinal, Public: true, Check: func(p *Post) error { return public("place", "张贴地点", p.Place) }}
	KindTakeDown = journal.Kind[TakeDown]{Name: "disclosure.takedown/1", Title: "撤下", Final: stepFinal, Public: true, Check: func(t *TakeDown) error { return public("reason", "撤下原因", t.Reason) }}
	KindWithdraw = journal.Kind[Withdraw]{Name: "disclosure.withdraw/1", Title: "撤回草稿", Final: stepFinal, Check: func(w *Withdraw) error { return public("reason", "撤回原因", w.Reason) }}
)

func filled(field, label, s string) error {
	if strings.TrimSpace(s) == "" {
		return journal.RefuseField(field, "请填写%s。", label)
	}
	return nil
}

// public asks for a text that everyone may read: filled in, and without personal numbers, which once sealed for the public
// could only be erased together with the whole act.
func public(field, label, s string) error {
	if found := personal(s); found != "" {
		return journal.RefuseField(field, "%s里有%s。这里写的要长期保存，没有登记；请去掉号码再交。", label, found)
	}
	return filled(field, label, s)
}

func noteIfNot(agree bool, note string) error {
	if agree {
		return nil
	}
	return filled("note", "不同意的理由", note)
}

func checkDraft(d *Draft) error {
	if notice.Body(d.Body).Chinese() == "" {
		return journal.RefuseField("unit", "请选择公开的单位。")
	}
	return d.Content.check()
}

var fileHash = regexp.MustCompile(`^[0-9a-f]{64}$`)

// check holds a content against itself: a finance table that does not add up is never recorded.
func (c *Content) check() error {
	if _, ok := SubjectOf(c.Subject); !ok {
		return journal.RefuseField("subject", "请选择公开类别。")
	}
	if err := filled("title", "标题", c.Title); err != nil {
		return err
	}
	if (c.From == "") != (c.To == "") {
		return journal.RefuseField("to", "期间要写就写全：第一日和最后一日。")
	}
	if c.From != "" && c.To != "" && c.To < c.From {
		return journal.RefuseField("to", "期间的最后一日（%s）早于第一日（%s）。", c.To.Chinese(), c.From.Chinese())
	}
	if c.Item != "" && notice.Item(c.Item).Chinese() == "" {
		return journal.RefuseField("item", "请从列出的事项中选择。")
	}
	for _, f := range c.Files {
		if !fileHash.MatchString(f.Hash) || f.Size <= 0 || f.Type == "" || f.Name == "" {
			return journal.RefuseField("file", "附件“%s”没有收全，请重新上传。", f.Name)
		}
	}
	if c.Finance == nil && c.Table == nil && strings.TrimSpace(c.Text) == "" {
		return journal.RefuseField("text", "请填写公开内容，或导入一张表。")
	}
	if c.Table != nil {
		if err := c.Table.check(); err != nil {
			return err
		}
	}
	if c.Finance != nil {
		return c.Finance.check()
	}
	return nil
}
