package disclosure

import (
	"cunju/internal/journal"
	"cunju/internal/law/pipl"
)

// Mark is a place in a content that is covered: a path as [Content.texts] names it, and from which character to which. It never
// holds the words themselves. A file is marked whole: it is taken out. Frozen.
type Mark struct {
	Path string `json:"path" title:"位置"`
	From int64  `json:"from" title:"第几个字起"` // from 0
	To   int64  `json:"to" title:"到第几个字"`   // not itself
}

// Proposal asks that parts of a published notice be covered. Frozen.
type Proposal struct {
	Marks  []Mark `json:"marks" title:"遮盖的位置"`
	Ground string `json:"ground" title:"法定情形" list:"disclosure.ground"` // of 《个人信息保护法》第四十七条
	Reason string `json:"reason" title:"说明" as:"long"`
}

// Redact covers parts of a published notice: from now on it reads as Publish says. The payloads of the acts that carried the
// words are deleted with it; their entries stand. Frozen.
type Redact struct {
	Publish  Publish  `json:"publish" title:"遮盖后的公示"`
	Places   []string `json:"places" title:"遮盖的位置"`
	Ground   string   `json:"ground" title:"法定情形" list:"disclosure.ground"`
	Reason   string   `json:"reason" title:"说明" as:"long"`
	Proposal int64    `json:"proposal,omitempty" title:"提出" ref:"act"` // none where a stated last day passed
	Deleted  []int64  `json:"deleted" title:"删除了内容的登记" ref:"act"`
	Removed  []string `json:"removed,omitempty" title:"移除的附件指纹（SHA-256）"`
}

// Keep refuses to cover what was proposed. Frozen.
type Keep struct {
	Reason string `json:"reason" title:"理由" as:"long"`
}

// bare is a content without any words: what an erasure leaves of it.
func (c Content) bare() Content {
	return Content{Subject: c.Subject, Item: c.Item, From: c.From, To: c.To, Scope: c.Scope}
}

func remnantPublish(p Publish) Publish {
	p.UnitName, p.Content = "", p.Content.bare()
	if p.Urgent != nil {
		u := *p.Urgent
		u.Reason = ""
		p.Urgent = &u
	}
	return p
}

func remnantApprove(a Approve) Approve {
	a.Note = ""
	if a.Meeting != nil {
		m := *a.Meeting
		m.Chair, m.Decision = "", ""
		a.Meeting = &m
	}
	return a
}

func remnantRedact(r Redact) Redact {
	return Redact{Publish: remnantPublish(r.Publish), Ground: r.Ground, Proposal: r.Proposal, Deleted: r.Deleted, Removed: r.Removed}
}

func groundTitle(code string) string {
	for _, g := range pipl.Grounds() {
		if g.Code == code {
			return g.Title
		}
	}
	return ""
}

func checkProposal(p *Proposal) error {
	switch {
	case len(p.Marks) == 0:
		return journal.RefuseField("cell", "还没有选要遮盖的地方。请勾选，或者写出要遮盖的字。")
	case groundTitle(p.Ground) == "":
		return journal.RefuseField("ground", "请选择属于哪一种法定情形。")
	}
	return public("reason", "说明", p.Reason)
}
