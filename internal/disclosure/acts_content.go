package disclosure

import (
	"slices"

	"cunju/internal/calendar"
	"cunju/internal/journal"
)

// Planned is an item of the plan against which a finance table is read: of the year or the period, as the title of the notice says. Frozen.
type Planned struct {
	Item string `json:"item" title:"收支项目"`
	In   int64  `json:"in,omitempty" title:"计划收入" as:"money"`  // fen
	Out  int64  `json:"out,omitempty" title:"计划支出" as:"money"` // fen
}

// Earlier is the finance table that the unit published before, as far as it is compared. Frozen.
type Earlier struct {
	Notice  int64         `json:"notice" title:"上期公示" ref:"disclosure.notice"`
	Number  string        `json:"number" title:"上期编号"`
	From    calendar.Date `json:"from" title:"上期第一日"`
	To      calendar.Date `json:"to" title:"上期最后一日"`
	In      int64         `json:"in" title:"上期收入" as:"money"`
	Out     int64         `json:"out" title:"上期支出" as:"money"`
	Closing int64         `json:"closing" title:"上期结余" as:"money"`
	Items   []Planned     `json:"items,omitempty" title:"上期各项"` // of the items that stand in the plan
}

// Voucher is a file behind a line of the finance table. Everyone reads that it is there; what it shows, everyone only where
// that was declared. Frozen.
type Voucher struct {
	Line int64 `json:"line" title:"第几行"` // from 1
	File File  `json:"file" title:"文件"`
	Open bool  `json:"open,omitempty" title:"任何人可以打开"`
}

// Decision is what a meeting decided, and how far it is carried out. Frozen.
type Decision struct {
	Meeting  string        `json:"meeting" title:"会议"`
	Day      calendar.Date `json:"day,omitempty" title:"日期"`
	Text     string        `json:"text" title:"决议事项"`
	Charge   string        `json:"charge,omitempty" title:"负责人"`
	Deadline calendar.Date `json:"deadline,omitempty" title:"完成期限"`
	State    string        `json:"state" title:"落实情况" list:"disclosure.carried"`
	Note     string        `json:"note,omitempty" title:"备注"`
}

// Aid is a list of those who receive something, with no more about each than the law asks for (DS-18). After its last day it is
// covered on every public face. Frozen.
type Aid struct {
	Matter string        `json:"matter" title:"救助、补贴事项"`
	Masked bool          `json:"masked,omitempty" title:"姓名部分遮盖"`
	Last   calendar.Date `json:"last" title:"名单公开至"`
	Rows   []Recipient   `json:"rows" title:"名单"`

	Covered int64 `json:"covered,omitempty" title:"已遮盖的人数"` // how many stood in the list before it was covered
}

// Recipient is one line of a list of recipients. Frozen.
type Recipient struct {
	Name   string `json:"name" title:"姓名"`
	Group  string `json:"group,omitempty" title:"组别"`
	Kind   string `json:"kind,omitempty" title:"类别"`
	Amount int64  `json:"amount,omitempty" title:"金额" as:"money"` // fen
	Goods  string `json:"goods,omitempty" title:"物资"`
}

// Result is what an audit or an appraisal found. Frozen.
type Result struct {
	Kind    string        `json:"kind" title:"种类" list:"disclosure.result"`
	Subject string        `json:"subject" title:"对象"`
	From    calendar.Date `json:"from,omitempty" title:"期间第一日"`
	To      calendar.Date `json:"to,omitempty" title:"期间最后一日"`
	By      string        `json:"by" title:"审计（组织）单位"`
	Finding string        `json:"finding" title:"结果和发现的问题" as:"long"`
	Mended  string        `json:"mended,omitempty" title:"整改情况" as:"long"`
}

// Vouch puts files behind lines of a draft's finance table, or takes some away. Frozen.
type Vouch struct {
	Add  []Voucher `json:"add,omitempty" title:"添加的凭证"`
	Drop []Voucher `json:"drop,omitempty" title:"去掉的凭证"`
}

// apply is the list after the change, by line.
func (v *Vouch) apply(list []Voucher) []Voucher {
	out := slices.DeleteFunc(slices.Clone(list), func(old Voucher) bool {
		return slices.ContainsFunc(slices.Concat(v.Drop, v.Add), func(x Voucher) bool { return x.Line == old.Line && x.File.Hash == old.File.Hash })
	})
	out = append(out, v.Add...)
	slices.SortStableFunc(out, func(a, b Voucher) int { return int(a.Line - b.Line) })
	return out
}

func checkVouch(v *Vouch) error {
	if len(v.Add)+len(v.Drop) == 0 {
		return journal.RefuseField("voucher", "没有选凭证文件。")
	}
	for _, x := range v.Add {
		if err := x.check(); err != nil {
			return err
		}
	}
	return nil
}

// check holds a voucher against itself: scans and documents, no spreadsheets.
func (v Voucher) check() error {
	switch {
	case !fileHash.MatchString(v.File.Hash) || v.File.Size <= 0 || v.File.Name == "":
		return journal.RefuseField("voucher", "凭证“%s”没有收全，请重新上传。", v.File.Name)
	case !slices.Contains(voucherTypes, v.File.Type):
		return journal.RefuseField("voucher", "凭证只收 pdf 和图片，“%s”不是。没有保存，请拍照或扫描后再传。", v.File.Name)
	case v.Line < 1:
		return journal.RefuseField("voucher", "没有写明凭证“%s”是哪一行的。", v.File.Name)
	}
	return nil
}

// voucherTypes are the media types of scans.
var voucherTypes = []string{"application/pdf", "image/png", "image/jpeg"}
