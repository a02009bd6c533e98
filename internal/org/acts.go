package org

import (
	"strings"
	"unicode/utf8"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/codes"
	"cunju/internal/law/rulebook"
)

// Line names a dimension of the tree.
type Line string

// The lines. Every unit but the town's roots has a parent on at least one of them.
const (
	Area       Line = "area"
	Party      Line = "party"
	Collective Line = "collective"
)

// Establish brings a unit into being. Frozen.
type Establish struct {
	Kind    string         `json:"kind" title:"组织类别" list:"org.kind"` // see kinds.go
	Name    string         `json:"name" title:"全称" help:"与印章一致"`      // in full, as on its seal
	Short   string         `json:"short,omitempty" title:"简称"`
	Code    string         `json:"code,omitempty" title:"代码" help:"区划代码、统一社会信用代码或党组织代码"` // division code, credit code or Party organisation code
	Parents map[Line]int64 `json:"parents,omitempty" title:"上级组织" list:"org.line" ref:"org.unit"`
	Contact string         `json:"contact,omitempty" title:"办公电话" help:"单位的电话，不是个人的"` // telephone of the office, not of a person
	Note    string         `json:"note,omitempty" title:"说明" as:"long"`
}

// Rename gives a unit another registered name. Frozen.
type Rename struct {
	Name  string `json:"name" title:"新的全称" help:"与印章一致"`
	Short string `json:"short,omitempty" title:"新的简称"`
}

// Attach puts a unit under another parent on one line; parent −1 takes it off the line. Frozen.
type Attach struct {
	Line   Line   `json:"line" title:"隶属线" list:"org.line"`
	Parent int64  `json:"parent" title:"新的上级组织" ref:"org.unit"`
	Reason string `json:"reason,omitempty" title:"原因和依据" as:"long"`
}

// Dissolve ends a unit: the effective date is the first day on which it no longer exists. Frozen.
type Dissolve struct {
	Reason string `json:"reason" title:"撤销原因" as:"long"`
}

// Appoint puts a person into an office. The basis is the decision that did it. Frozen.
type Appoint struct {
	Unit   int64         `json:"unit" title:"任职的组织" ref:"org.unit"`
	Role   string        `json:"role" title:"职务" list:"org.role"` // a code of access.Roles
	Person int64         `json:"person" title:"任职人" ref:"people.person"`
	Until  calendar.Date `json:"until,omitempty" title:"任期届满日" help:"任期结束后的第一天；没有任期的不填"` // end of the term, the first day after it
	Title  string        `json:"title,omitempty" title:"本单位的叫法" help:"如副书记、妇女委员"`        // as the unit calls the post, where the role says less: 副书记, 妇女委员
	Duty   string        `json:"duty,omitempty" title:"分工"`                              // a further duty in words: 负责农贸市场管理
	Basis  string        `json:"basis,omitempty" title:"依据" as:"long"`
}

// Leave ends the holding of an office; the effective date is the first day without it. Frozen.
type Leave struct {
	Reason string `json:"reason" title:"离任原因" as:"long"`
}

// The kinds. Offices and units are public facts; the persons in them are ids.
var (
	KindEstablish = journal.Kind[Establish]{Name: "org.establish/1", Title: "设立组织", Power: access.OrgEdit, Read: access.OrgRead, Keep: []string{"kind", "parents"}, Check: checkEstablish, Rules: establishRules}
	KindRename    = journal.Kind[Rename]{Name: "org.rename/1", Title: "组织更名", Power: access.OrgEdit, Read: access.OrgRead, Check: func(r *Rename) error { return checkName(r.Name, r.Short) }, Rules: renameRules}
	KindAttach    = journal.Kind[Attach]{Name: "org.attach/1", Title: "调整隶属", Power: access.OrgEdit, Read: access.OrgRead, Keep: []string{"line", "parent"}, Check: checkAttach}
	KindDissolve  = journal.Kind[Dissolve]{Name: "org.dissolve/1", Title: "撤销组织", Power: access.OrgEdit, Read: access.OrgRead, Check: func(d *Dissolve) error { return required("reason", "撤销原因", d.Reason) }}
	KindAppoint   = journal.Kind[Appoint]{Name: "org.appoint/1", Title: "任职", Power: access.OfficeAppoint, Read: access.OrgRead, Keep: []string{"unit", "role", "person"}, Check: checkAppoint, Remnant: leftOfAppoint}
	KindLeave     = journal.Kind[Leave]{Name: "org.leave/1", Title: "离任", Power: access.OfficeAppoint, Read: access.OrgRead, Check: func(l *Leave) error { return required("reason", "离任原因", l.Reason) }}
	KindSetting   = journal.Kind[law.SetSetting]{Name: "org.setting/1", Title: "设定本地规定", Power: access.SettingSet, Read: access.OrgRead, Keep: []string{"key", "level", "unit"}, Public: true, Check: checkSetting}
)

// leftOfAppoint is who held which office until when: what an erasure leaves.
func leftOfAppoint(a Appoint) Appoint {
	return Appoint{Unit: a.Unit, Role: a.Role, Person: a.Person, Until: a.Until}
}

func required(field, label, value string) error {
	if strings.TrimSpace(value) == "" {
		return journal.RefuseField(field, "请填写%s。", label)
	}
	return nil
}

func checkName(name, short string) error {
	if err := required("name", "组织全称", name); err != nil {
		return err
	}
	for field, s := range map[string]string{"name": name, "short": short} {
		if utf8.RuneCountInString(s) > 60 || strings.ContainsAny(s, "\n\t/") || s != strings.TrimSpace(s) {
			return journal.RefuseField(field, "名称“%s”不合要求：不超过60个字，不含换行和斜线，首尾没有空格。", s)
		}
	}
	return nil
}

func checkEstablish(e *Establish) error {
	k, ok := kinds[e.Kind]
	if !ok {
		return journal.RefuseField("kind", "没有“%s”这种组织类别。", e.Kind)
	}
	if err := checkName(e.Name, e.Short); err != nil {
		return err
	}
	for line := range e.Parents {
		if line != Area && line != Party && line != Collective {
			return journal.RefuseField("parent", "没有“%s”这条隶属线。", line)
		}
	}
	if e.Code != "" && k.code != nil {
		if msg := k.code(e.Code); msg != "" {
			return journal.RefuseField("code", "代码“%s”：%s", e.Code, msg)
		}
	}
	return nil
}

func checkAttach(a *Attach) error {
	if a.Line != Area && a.Line != Party && a.Line != Collective {
		return journal.RefuseField("line", "没有“%s”这条隶属线。", a.Line)
	}
	return nil
}

func checkAppoint(a *Appoint) error {
	if _, ok := access.RoleOf(a.Role); !ok {
		return journal.RefuseField("role", "没有“%s”这个职务。", a.Role)
	}
	if a.Until != "" && !a.Until.Valid() {
		return journal.RefuseField("until", "任期届满日期“%s”不是有效的日期。", a.Until)
	}
	return nil
}

func checkSetting(s *law.SetSetting) error {
	f := s.Check(rulebook.Key(s.Key))
	if f.Outcome == law.Refuse {
		return journal.RefuseField("value", "%s；需要%s。请%s。", f.Given, f.Need, f.Remedy)
	}
	return nil
}

// creditCode and divisionCode adapt the code checks to unit kinds.
func creditCode(s string) string {
	_, p := codes.CreditCode(s)
	return problem(p)
}

func divisionCode(s string) string {
	_, p := codes.Division(s)
	return problem(p)
}

func problem(p *codes.Problem) string {
	if p == nil {
		return ""
	}
	return p.Text()
}
