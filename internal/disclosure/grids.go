package disclosure

import (
	"cunju/internal/calendar"
	"cunju/internal/sheet"
)

// grids are the lists that can be typed into the form.
var grids = []grid{
	{kind: "finance", title: "财务收支",
		columns: []gridColumn{{key: "day", label: "日期", sort: "day"}, {key: "item", label: "收支项目", need: true}, {key: "in", label: "收入", sort: "money"},
			{key: "out", label: "支出", sort: "money"}, {key: "source", label: "资金来源", rare: true}, {key: "dept", label: "使用部门", rare: true}, {key: "handler", label: "负责人"},
			{key: "opinion", label: "审核意见", rare: true}, {key: "voucher", label: "凭证号"}, {key: "note", label: "备注"}},
		held: func(c *Content) (out [][]string) {
			if c.Finance == nil {
				return nil
			}
			out = [][]string{} // a period in which nothing moved has a table too
			for _, l := range c.Finance.Lines {
				out = append(out, []string{string(l.Day), l.Item, moneyText(l.In), moneyText(l.Out), l.Source, l.Dept, l.Handler, l.Opinion, l.Voucher, l.Note})
			}
			return out
		},
		clear: func(c *Content) { c.Finance = nil },
		add: func(c *Content, r cells) {
			if c.Finance == nil {
				c.Finance = &Finance{}
			}
			c.Finance.Lines = append(c.Finance.Lines, Line{Day: r.day["day"], Item: r.text["item"], In: r.fen["in"], Out: r.fen["out"], Source: r.text["source"],
				Dept: r.text["dept"], Handler: r.text["handler"], Opinion: r.text["opinion"], Voucher: r.text["voucher"], Note: r.text["note"]})
		},
		wrong: func(c *Content) (string, string) { return "in", c.Finance.Lines[len(c.Finance.Lines)-1].check() }},
	{kind: "decisions", title: "决议及落实",
		columns: []gridColumn{{key: "meeting", label: "会议", need: true}, {key: "day", label: "日期", sort: "day"}, {key: "state", label: "落实情况", need: true, offered: carried},
			{key: "text", label: "决议事项", sort: "long", need: true}, {key: "charge", label: "负责人"}, {key: "deadline", label: "完成期限", sort: "day"}, {key: "note", label: "备注"}},
		held: func(c *Content) (out [][]string) {
			for _, d := range c.Decisions {
				out = append(out, []string{d.Meeting, string(d.Day), d.State, d.Text, d.Charge, string(d.Deadline), d.Note})
			}
			return out
		},
		clear: func(c *Content) { c.Decisions = nil },
		add: func(c *Content, r cells) {
			c.Decisions = append(c.Decisions, Decision{Meeting: r.text["meeting"], Day: r.day["day"], Text: r.text["text"], Charge: r.text["charge"],
				Deadline: r.day["deadline"], State: r.text["state"], Note: r.text["note"]})
		},
		wrong: func(c *Content) (string, string) {
			d := c.Decisions[len(c.Decisions)-1]
			return "deadline", turned(d.Day, d.Deadline, "完成期限早于决议日期")
		}},
	{kind: "aid", title: "受益名单",
		columns: []gridColumn{{key: "name", label: "姓名", need: true}, {key: "group", label: "组别"}, {key: "kind", label: "类别"}, {key: "amount", label: "金额", sort: "money"},
			{key: "goods", label: "物资"}},
		held: func(c *Content) (out [][]string) {
			if c.Aid == nil {
				return nil
			}
			for _, r := range c.Aid.Rows {
				out = append(out, []string{r.Name, r.Group, r.Kind, moneyText(r.Amount), r.Goods})
			}
			return out
		},
		clear: func(c *Content) { c.Aid = nil },
		add: func(c *Content, r cells) {
			if c.Aid == nil {
				c.Aid = &Aid{}
			}
			c.Aid.Rows = append(c.Aid.Rows, Recipient{Name: r.text["name"], Group: r.text["group"], Kind: r.text["kind"], Amount: r.fen["amount"], Goods: r.text["goods"]})
		},
		wrong: func(c *Content) (string, string) {
			if c.Aid.Rows[len(c.Aid.Rows)-1].Amount > maxAmount {
				return "amount", "金额超过一千亿元，请核对单位"
			}
			return "", ""
		}},
	{kind: "results", title: "审计和评议结果",
		columns: []gridColumn{{key: "kind", label: "种类", need: true, offered: results}, {key: "subject", label: "对象", need: true}, {key: "by", label: "审计（组织）单位", need: true},
			{key: "from", label: "期间第一日", sort: "day"}, {key: "to", label: "期间最后一日", sort: "day"}, {key: "finding", label: "结果和发现的问题", sort: "long", need: true},
			{key: "mended", label: "整改情况", sort: "long"}},
		held: func(c *Content) (out [][]string) {
			for _, r := range c.Results {
				out = append(out, []string{r.Kind, r.Subject, r.By, string(r.From), string(r.To), r.Finding, r.Mended})
			}
			return out
		},
		clear: func(c *Content) { c.Results = nil },
		add: func(c *Content, r cells) {
			c.Results = append(c.Results, Result{Kind: r.text["kind"], Subject: r.text["subject"], From: r.day["from"], To: r.day["to"], By: r.text["by"],
				Finding: r.text["finding"], Mended: r.text["mended"]})
		},
		wrong: func(c *Content) (string, string) {
			r := c.Results[len(c.Results)-1]
			return "to", turned(r.From, r.To, "最后一日早于第一日")
		}},
}

// turned is why two days stand the wrong way round, "" when they do not.
func turned(first, last calendar.Date, why string) string {
	if first != "" && last != "" && last < first {
		return why
	}
	return ""
}

// moneyText is an amount as it is typed, "" for nothing.
func moneyText(fen int64) string {
	if fen == 0 {
		return ""
	}
	return sheet.FormatMoney(fen)
}
