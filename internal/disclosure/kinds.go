package disclosure

import (
	"strings"

	"cunju/internal/journal"
)

// Nothing in the life of a notice is corrected by form: whoever could would approve in another's name, or change what is
// published. A draft is rewritten, a published notice is replaced by another that says so.
const (
	draftFinal = "草稿请用“修改”，不要了请用“撤回”"
	stepFinal  = "审查、审批、张贴这些步骤办过就是办过；有错请退回重办，或另行公布更正"
	redacted   = "遮盖的内容已经依法删除，不能恢复"
	published  = "已经公布的内容不会被改掉；请另行起草一张更正的公示，原来的会标明已被更正"
)

// The kinds.
var (
	KindDraft     = journal.Kind[Draft]{Name: "disclosure.draft/1", Title: "起草公开事项", Final: draftFinal, Check: checkDraft, Remnant: func(d Draft) Draft { d.Content = d.Content.bare(); return d }}
	KindRevise    = journal.Kind[Revise]{Name: "disclosure.revise/1", Title: "修改公开草稿", Final: draftFinal, Check: func(r *Revise) error { return r.Content.check() }, Remnant: func(r Revise) Revise { return Revise{r.Content.bare()} }}
	KindVouch     = journal.Kind[Vouch]{Name: "disclosure.vouch/1", Title: "登记凭证", Final: draftFinal, Check: checkVouch, Remnant: func(Vouch) Vouch { return Vouch{} }}
	KindSubmit    = journal.Kind[Submit]{Name: "disclosure.submit/1", Title: "提交监督审查", Final: stepFinal, Check: func(s *Submit) error { return Plain("reply", "对监督意见的答复", s.Answer) }, Remnant: func(s Submit) Submit { s.Answer = ""; return s }}
	KindCheck     = journal.Kind[Check]{Name: "disclosure.check/1", Title: "监督委员会审查", Final: stepFinal, Check: checkCheck, Remnant: func(c Check) Check { return Check{Agree: c.Agree, Answer: c.Answer} }}
	KindApprove   = journal.Kind[Approve]{Name: "disclosure.approve/1", Title: "审批公开事项", Final: stepFinal, Check: checkApprove, Remnant: remnantApprove}
	KindPublish   = journal.Kind[Publish]{Name: "disclosure.publish/1", Title: "公布", Final: published, Public: true, Remnant: remnantPublish}
	KindRelease   = journal.Kind[Publish]{Name: "disclosure.release/1", Title: "内部公开", Final: published, Remnant: remnantPublish}
	KindPost      = journal.Kind[Post]{Name: "disclosure.post/1", Title: "上栏张贴", Final: stepFinal, Public: true, Check: func(p *Post) error { return public("place", "张贴地点", p.Place) }, Remnant: func(p Post) Post { p.Place = ""; return p }}
	KindTakeDown  = journal.Kind[TakeDown]{Name: "disclosure.takedown/1", Title: "撤下", Final: stepFinal, Public: true, Check: func(t *TakeDown) error { return public("reason", "撤下原因", t.Reason) }, Remnant: func(t TakeDown) TakeDown { t.Reason = ""; return t }}
	KindPostIn    = journal.Kind[Post]{Name: "disclosure.post-within/1", Title: "内部张贴", Final: stepFinal, Check: func(p *Post) error { return public("place", "张贴地点", p.Place) }, Remnant: func(p Post) Post { p.Place = ""; return p }}
	KindTakeIn    = journal.Kind[TakeDown]{Name: "disclosure.takedown-within/1", Title: "内部撤下", Final: stepFinal, Check: func(t *TakeDown) error { return public("reason", "撤下原因", t.Reason) }, Remnant: func(t TakeDown) TakeDown { t.Reason = ""; return t }}
	KindAnswer    = journal.Kind[Answer]{Name: "disclosure.answer/1", Title: "答复监督意见", Final: stepFinal, Check: func(a *Answer) error { return public("note", "答复", a.Text) }, Remnant: func(Answer) Answer { return Answer{} }}
	KindConfirm   = journal.Kind[Confirm]{Name: "disclosure.confirm/1", Title: "紧急公开的事后确认", Final: stepFinal, Public: true, Check: checkConfirm, Remnant: func(c Confirm) Confirm { c.Note = ""; return c }}
	KindCorrected = journal.Kind[Corrected]{Name: "disclosure.corrected/1", Title: "已另行公布更正", Final: stepFinal, Public: true}
	KindFile      = journal.Kind[Filed]{Name: "disclosure.file/1", Title: "归档", Final: stepFinal, Check: checkFiled, Remnant: func(f Filed) Filed { f.Note = ""; return f }}
	KindPropose   = journal.Kind[Proposal]{Name: "disclosure.propose-redaction/1", Title: "提出遮盖", Final: stepFinal, Check: checkProposal, Remnant: func(p Proposal) Proposal { p.Reason = ""; return p }}
	KindRedact    = journal.Kind[Redact]{Name: "disclosure.redact/1", Title: "遮盖", Final: redacted, Public: true, Remnant: remnantRedact}
	KindRedactIn  = journal.Kind[Redact]{Name: "disclosure.redact-within/1", Title: "内部公开的遮盖", Final: redacted, Remnant: remnantRedact}
	KindKeep      = journal.Kind[Keep]{Name: "disclosure.refuse-redaction/1", Title: "不予遮盖", Final: stepFinal, Check: func(k *Keep) error { return public("note", "理由", k.Reason) }, Remnant: func(Keep) Keep { return Keep{} }}
	KindWithdraw  = journal.Kind[Withdraw]{Name: "disclosure.withdraw/1", Title: "撤回草稿", Final: stepFinal, Check: func(w *Withdraw) error { return public("reason", "撤回原因", w.Reason) }}
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
	if err := Plain(field, label, s); err != nil {
		return err
	}
	return filled(field, label, s)
}

// Plain refuses personal numbers in a text that is kept for ever: the one rule of all forms of disclosure, whoever may read the text.
func Plain(field, label, s string) error {
	if found := personal(s); found != "" {
		return journal.RefuseField(field, "%s里有%s。这里写的要长期保存，没有登记；请去掉号码再交。", label, found)
	}
	return nil
}

func noteIfNot(agree bool, note string) error {
	if agree {
		return Plain("note", "意见", note)
	}
	return public("note", "不同意的理由", note)
}
