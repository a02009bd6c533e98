package disclosure

import (
	"strings"

	"cunju/internal/disclosure/catalogue"
	"cunju/internal/journal"
	"cunju/internal/law/notice"
	"cunju/internal/sheet"
)

// Subject is one of the columns of the board.
type Subject struct {
	Code  string
	Title string
	Body  []notice.Body // who discloses under it
}

// subjects in order of the board.
var subjects = []Subject{
	{"finance", "财务公开", []notice.Body{notice.Village, notice.Community}},
	{"village", "村（居）务公开", []notice.Body{notice.Village, notice.Community}},
	{"collective", "集体财务公开", []notice.Body{notice.Collective}},
	{"party", "党务公开", []notice.Body{notice.Party}},
}

// Subjects lists the columns of the board.
func Subjects() []Subject { return append([]Subject(nil), subjects...) }

// SubjectOf finds a subject by code.
func SubjectOf(code string) (Subject, bool) {
	for _, s := range subjects {
		if s.Code == code {
			return s, true
		}
	}
	return Subject{}, false
}

// BodyOf says under which law a unit of a kind discloses; "" for kinds that do not.
func BodyOf(kind string) notice.Body { return catalogue.BodyOf(kind) }

// Sums returns total income and spending in fen.
func (f *Finance) Sums() (in, out int64) {
	for _, l := range f.Lines {
		in += l.In
		out += l.Out
	}
	return in, out
}

// check holds a table against itself. A period in which nothing moved has no lines, and ends with what it began with.
func (f *Finance) check() error {
	if len(f.Lines) > maxTableRows {
		return journal.RefuseField("finance", "一张财务表最多 %d 行，现在有 %d 行。没有保存，请按月拆开。", maxTableRows, len(f.Lines))
	}
	for i, l := range f.Lines {
		if why := l.check(); why != "" {
			return journal.RefuseField("finance", "第 %d 行“%s”%s。没有保存。", i+1, l.Item, why)
		}
	}
	in, out := f.Sums()
	if f.Opening+in-out != f.Closing {
		return journal.RefuseField("finance", "上期结余 %s 元 + 收入 %s 元 − 支出 %s 元 = %s 元，与表上的本期结余 %s 元不符，差 %s 元。没有保存，请核对后再交。",
			yuan(f.Opening), yuan(in), yuan(out), yuan(f.Opening+in-out), yuan(f.Closing), yuan(f.Opening+in-out-f.Closing))
	}
	return nil
}

// maxAmount is far above what any village moves and far below what sums of it could overflow: 100,000 million yuan, in fen.
const maxAmount = 10_000_000_000_000

// check says what is wrong with a line, "" when nothing is.
func (l Line) check() string {
	switch {
	case strings.TrimSpace(l.Item) == "":
		return "没有写明收支项目"
	case l.In < 0 || l.Out < 0:
		return "金额为负数，冲销请写在对方栏"
	case l.In > maxAmount || l.Out > maxAmount:
		return "金额超过一千亿元，请核对单位"
	case l.In == 0 && l.Out == 0:
		return "应只填收入或只填支出；没有收支的，不用写这一行"
	case l.In != 0 && l.Out != 0:
		return "应只填收入或只填支出"
	}
	return ""
}

func yuan(fen int64) string { return sheet.FormatMoney(fen) }
