package disclosure

import (
	"regexp"
	"slices"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/journal"
	"cunju/internal/law/notice"
)

// Content is what a notice says. Frozen: it stands in public payloads.
type Content struct {
	Subject string        `json:"subject" title:"类别" list:"disclosure.subject"` // see subjects.go: finance, village, party, collective
	Item    string        `json:"item" title:"法定事项" list:"disclosure.item"`     // a code of package catalogue, [catalogue.Outside] for none of them; "" where nobody chose: then a finance table is the unit's finances
	Title   string        `json:"title" title:"标题"`
	From    calendar.Date `json:"from,omitempty" title:"期间第一日"` // period reported on, first and last day
	To      calendar.Date `json:"to,omitempty" title:"期间最后一日"`
	Text    string        `json:"text,omitempty" title:"文字内容" as:"long"` // paragraphs divided by newlines
	Finance *Finance      `json:"finance,omitempty" title:"财务收支表"`
	Table   *Table        `json:"table,omitempty" title:"表格"`
	Files   []File        `json:"files,omitempty" title:"附件"`
	Consent bool          `json:"consent,omitempty" title:"个人号码经同意或依法公开"` // the persons whose numbers stand in it agreed, or a law orders their publication

	Scope     Scope      `json:"scope,omitempty" title:"公开范围" list:"disclosure.scope"` // "" for everyone
	Decisions []Decision `json:"decisions,omitempty" title:"决议及落实"`
	Aid       *Aid       `json:"aid,omitempty" title:"受益名单"`
	Results   []Result   `json:"results,omitempty" title:"审计和评议结果"`
	Vouchers  []Voucher  `json:"vouchers,omitempty" title:"凭证"`
}

// Finance is a period's income and spending, line by line; amounts in fen. Opening + ΣIn − ΣOut = Closing. Frozen.
type Finance struct {
	Opening int64  `json:"opening" title:"上期结余" as:"money"`
	Lines   []Line `json:"lines" title:"收支明细"`
	Closing int64  `json:"closing" title:"本期结余" as:"money"`

	Plan  []Planned `json:"plan,omitempty" title:"计划"`
	Last  *Earlier  `json:"last,omitempty" title:"上期"`               // what the unit published before; found when the draft is recorded
	Large int64     `json:"large,omitempty" title:"大写起点" as:"money"` // lines of this amount and more are written in words too, fen
}

// Line is one income or one expense. Frozen.
type Line struct {
	Day     calendar.Date `json:"day,omitempty" title:"日期"`
	Item    string        `json:"item" title:"收支项目"`
	In      int64         `json:"in,omitempty" title:"收入" as:"money"`  // fen
	Out     int64         `json:"out,omitempty" title:"支出" as:"money"` // fen
	Source  string        `json:"source,omitempty" title:"资金来源"`
	Dept    string        `json:"dept,omitempty" title:"使用部门"`
	Handler string        `json:"handler,omitempty" title:"负责人"`
	Opinion string        `json:"opinion,omitempty" title:"审核意见"`
	Voucher string        `json:"voucher,omitempty" title:"凭证号"`
	Note    string        `json:"note,omitempty" title:"备注"`
}

// Table is any other table: headings, and rows of text as printed. Sums are columns whose last row is their total. Frozen.
type Table struct {
	Columns []string   `json:"columns" title:"栏目"`
	Rows    [][]string `json:"rows" title:"各行"`
	Total   []string   `json:"total,omitempty" title:"合计"`
	Unit    string     `json:"unit,omitempty" title:"单位"` // "万元"
}

// even reports whether every row has a cell for every column, as what was read from a sheet has.
func (t *Table) even() bool {
	if t == nil {
		return true
	}
	n := len(t.Columns)
	return n > 0 && (len(t.Total) == 0 || len(t.Total) == n) && !slices.ContainsFunc(t.Rows, func(r []string) bool { return len(r) != n })
}

// File is an attachment by content. Frozen.
type File struct {
	Name string `json:"name" title:"文件名"`
	Size int64  `json:"size" title:"大小（字节）"`        // bytes
	Type string `json:"type" title:"文件类型"`          // media type as sniffed
	Hash string `json:"sha256" title:"指纹（SHA-256）"` // hex
}

// Draft begins a notice. Frozen.
type Draft struct {
	Unit     int64   `json:"unit" title:"公开单位" ref:"org.unit"`         // who discloses: villagers' committee, collective, Party organisation
	Body     string  `json:"body" title:"单位性质" list:"disclosure.body"` // law/notice.Body
	Content  Content `json:"content" title:"公开内容"`
	Replaces int64   `json:"replaces,omitempty" title:"更正的是哪一张公示" ref:"disclosure.notice"` // the published notice that this one corrects
}

// Revise replaces a draft's content. Frozen.
type Revise struct {
	Content Content `json:"content" title:"公开内容"`
}

// Submit hands a draft to the supervision committee. Where a local term says by when it must answer, the date and how it was
// reckoned are part of the act. Frozen.
type Submit struct {
	Due       calendar.Date `json:"due,omitempty" title:"审查期限"`
	Reckoning string        `json:"reckoning,omitempty" title:"期限怎么算的" as:"long"`
	Setting   int64         `json:"setting,omitempty" title:"依据的本地规定" ref:"act"` // the act that set the local term
	Answer    string        `json:"reply,omitempty" title:"对退回意见的答复" as:"long"`
}

// Check is the supervision committee's finding: agreed, agreed with an opinion that the drafter's side answers before the joint
// meeting, or sent back with what is wrong. Frozen.
type Check struct {
	Agree  bool   `json:"agree" title:"同意"`
	Note   string `json:"note,omitempty" title:"意见" as:"long"`
	Answer bool   `json:"reply,omitempty" title:"意见须先答复"`
}

// Approve is the decision of someone else than the author to publish, or not, and of which joint meeting. Frozen.
type Approve struct {
	Agree   bool     `json:"agree" title:"同意"`
	Note    string   `json:"note,omitempty" title:"意见" as:"long"`
	Meeting *Meeting `json:"meeting,omitempty" title:"两委联席会议"`
}

// Publish seals the content for everyone. Frozen.
type Publish struct {
	Unit     int64   `json:"unit" title:"公开单位" ref:"org.unit"`
	UnitName string  `json:"unit_name" title:"公布时的单位名称"` // as on the day
	Number   string  `json:"number" title:"公布编号"`        // 文峰村公开〔2026〕12号
	Content  Content `json:"content" title:"公开内容"`
	Checked  int64   `json:"checked" title:"监督审查" ref:"act"` // act of the supervision committee
	Approved int64   `json:"approved" title:"批准" ref:"act"`  // act of the approver
	Replaces int64   `json:"replaces,omitempty" title:"更正的是哪一张公示" ref:"disclosure.notice"`

	Meeting  *Held   `json:"meeting,omitempty" title:"两委联席会议"`
	Opinions int64   `json:"opinions,omitempty" title:"监督意见条数"` // raised by the supervision committee, and answered
	Urgent   *Urgent `json:"urgent,omitempty" title:"紧急公开，事后确认"`
}

// Post says that the printed sheet hangs on the physical board; the effective date is the day it was put up. By when it must
// hang is reckoned then, by the terms in force and known, and stands here: no later setting moves it. Frozen.
type Post struct {
	Place     string        `json:"place" title:"张贴地点"`
	Last      calendar.Date `json:"last,omitempty" title:"张贴至"` // last day it must hang; "" where no law gives days
	Reckoning string        `json:"reckoning,omitempty" title:"期限怎么算的" as:"long"`
	Setting   int64         `json:"setting,omitempty" title:"依据的本地规定" ref:"act"` // the act that set the local term
}

// TakeDown says that the sheet was taken down. Frozen.
type TakeDown struct {
	Reason string `json:"reason" title:"撤下原因" as:"long"`
	File   bool   `json:"file,omitempty" title:"之后归档"` // the papers are filed next
}

// Withdraw gives a draft up before it is published. Frozen.
type Withdraw struct {
	Reason string `json:"reason" title:"撤回原因" as:"long"`
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
	if err := c.checkScope(); err != nil {
		return err
	}
	if c.Item != "" && !catalogue.Known(c.Item) {
		return journal.RefuseField("item", "公开目录里没有代码为“%s”的事项。请从列出的事项中选择。", c.Item)
	}
	for _, f := range c.Files {
		if !fileHash.MatchString(f.Hash) || f.Size <= 0 || f.Type == "" || f.Name == "" {
			return journal.RefuseField("file", "附件“%s”没有收全，请重新上传。", f.Name)
		}
	}
	if c.empty() {
		return journal.RefuseField("text", "请填写公开内容，或导入一张表。")
	}
	if c.Table != nil {
		if err := c.Table.check(); err != nil {
			return err
		}
	}
	if err := c.checkLists(); err != nil {
		return err
	}
	if c.Finance != nil {
		return c.Finance.check()
	}
	return nil
}

// empty reports whether a content says nothing beside its title.
func (c *Content) empty() bool {
	return c.Finance == nil && c.Table == nil && c.Decisions == nil && c.Aid == nil && c.Results == nil && strings.TrimSpace(c.Text) == ""
}
