package disclosure

import (
	"slices"
	"strings"

	"cunju/internal/journal"
)

// code is a word of acts and what people read for it.
type code struct{ Code, Title string }

func titleOf(list []code, s string) string {
	for _, c := range list {
		if c.Code == s {
			return c.Title
		}
	}
	return ""
}

// codeOf finds the code that a sheet's word means, "" for none.
func codeOf(list []code, s string) string {
	for _, c := range list {
		if s == c.Title || s == c.Code {
			return c.Code
		}
	}
	return ""
}

// carried is how far a decision is carried out.
var carried = []code{{"open", "未启动"}, {"doing", "正在办理"}, {"done", "已办结"}, {"part", "部分办结"}, {"stopped", "暂停或终止"}}

// results are the kinds of audits and appraisals that are published (《村民委员会组织法》第三十八条、第四十条).
var results = []code{{"term", "任期审计"}, {"leave", "离任审计"}, {"special", "专项审计"}, {"appraisal", "民主评议"}, {"other", "其他检查"}}

// checkLists holds the typed lists of a content against themselves.
func (c *Content) checkLists() error {
	for i, d := range c.Decisions {
		switch {
		case strings.TrimSpace(d.Text) == "" || strings.TrimSpace(d.Meeting) == "":
			return journal.RefuseField("finance", "第 %d 项决议没有写明会议或者事项。没有保存。", i+1)
		case titleOf(carried, d.State) == "":
			return journal.RefuseField("finance", "第 %d 项决议“%s”的落实情况不在列出的几种里。没有保存。", i+1, d.Text)
		case d.Deadline != "" && d.Day != "" && d.Deadline < d.Day:
			return journal.RefuseField("finance", "第 %d 项决议“%s”的完成期限（%s）早于决议日期（%s）。没有保存。", i+1, d.Text, d.Deadline.Chinese(), d.Day.Chinese())
		}
	}
	for i, r := range c.Results {
		switch {
		case titleOf(results, r.Kind) == "":
			return journal.RefuseField("finance", "第 %d 项结果的种类不在列出的几种里。没有保存。", i+1)
		case strings.TrimSpace(r.Subject) == "" || strings.TrimSpace(r.By) == "" || strings.TrimSpace(r.Finding) == "":
			return journal.RefuseField("finance", "第 %d 项结果没有写明对象、审计（组织）单位或者结果。没有保存。", i+1)
		case r.From != "" && r.To != "" && r.To < r.From:
			return journal.RefuseField("finance", "第 %d 项“%s”的期间最后一日早于第一日。没有保存。", i+1, r.Subject)
		}
	}
	if n := len(c.Decisions) + len(c.Results); n > maxTableRows {
		return journal.RefuseField("finance", "一张公示最多 %d 行，现在有 %d 行。没有保存，请拆开。", maxTableRows, n)
	}
	if err := c.Aid.check(); err != nil {
		return err
	}
	for _, v := range c.Vouchers {
		if err := v.check(); err != nil {
			return err
		}
		if c.Finance == nil || v.Line > int64(len(c.Finance.Lines)) {
			return journal.RefuseField("finance", "凭证“%s”挂在第 %d 行，表里没有这一行。没有保存。", v.File.Name, v.Line)
		}
	}
	return nil
}

// check holds a list of recipients against DS-18: names and what they receive, for a stated time.
func (a *Aid) check() error {
	switch {
	case a == nil || a.Covered > 0:
		return nil
	case len(a.Rows) == 0:
		return journal.RefuseField("finance", "名单是空的。没有保存。")
	case len(a.Rows) > maxTableRows:
		return journal.RefuseField("finance", "一张名单最多 %d 人，现在有 %d 人。没有保存，请拆开。", maxTableRows, len(a.Rows))
	case !a.Last.Valid():
		return journal.RefuseField("listuntil", "请写明名单公开到哪一天；过了这一天名单自动遮盖。")
	}
	for i, r := range a.Rows {
		switch {
		case strings.TrimSpace(r.Name) == "":
			return journal.RefuseField("finance", "名单第 %d 行没有姓名。没有保存。", i+1)
		case r.Amount < 0 || r.Amount > maxAmount:
			return journal.RefuseField("finance", "名单第 %d 行的金额不对，请核对。没有保存。", i+1)
		case a.Masked && maskName(r.Name) != r.Name:
			return journal.RefuseField("finance", "名单第 %d 行的姓名没有遮盖。没有保存。", i+1)
		}
	}
	return nil
}

// maskName keeps the first character of a name, which with group and amount is enough for a person to find himself.
func maskName(s string) string {
	r := []rune(strings.TrimSpace(s))
	if len(r) < 2 || slices.Equal(r[1:], []rune(strings.Repeat("＊", len(r)-1))) {
		return string(r)
	}
	return string(r[0]) + strings.Repeat("＊", len(r)-1)
}

// sum is what all recipients receive, in fen.
func (a *Aid) sum() (fen int64) {
	for _, r := range a.Rows {
		fen += r.Amount
	}
	return fen
}
