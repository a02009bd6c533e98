package org

import (
	"strings"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/law/codes"
	"cunju/internal/sheet"
	"cunju/internal/sheet/layouts"
)

// UnitEntry is one row of a register of units: what to establish, and its parents by name.
type UnitEntry struct {
	Row     int             `json:"row"`
	Unit    Establish       `json:"unit"` // without parents
	Parents map[Line]string `json:"parents,omitempty"`
	Founded calendar.Date   `json:"founded,omitempty"`
}

// partyLayout is the information form of Party organisations with the columns by which a street keeps its own list.
func partyLayout() *sheet.Layout {
	l := layouts.OrganisationForm(layouts.Checks{CreditCode: creditCode})
	l.Columns = append(l.Columns,
		sheet.Column{Key: "short", Title: "简称", Kind: sheet.Text, Width: 24, Synonyms: []string{"党组织简称", "组织简称", "习惯名称"}},
		sheet.Column{Key: "area", Title: "所属村居", Kind: sheet.Text, Width: 14, Synonyms: []string{"所属村(社区)", "所在村居", "村居", "所属村", "所属社区"}},
		sheet.Column{Key: "code", Title: "代码", Kind: sheet.IDText, Synonyms: []string{"党组织代码", "组织代码"}})
	return l
}

// institutionLayout is a street's list of places and bodies (区域和机构一览表).
func institutionLayout() *sheet.Layout {
	var kindOptions []sheet.Option
	for _, k := range kindList {
		if !k.Party {
			kindOptions = append(kindOptions, sheet.Option{Value: k.Title})
		}
	}
	return &sheet.Layout{Name: "institutions", Title: "区域和机构一览表", Columns: []sheet.Column{
		{Key: "no", Title: "序号", Kind: sheet.Serial, Width: 6},
		{Key: "name", Title: "单位名称", Kind: sheet.Text, Required: true, Unique: true, Width: 32, Help: "与公章一致的全称。", Synonyms: []string{"机构名称", "单位全称", "名称", "全称"}},
		{Key: "short", Title: "简称", Kind: sheet.Text},
		{Key: "kind", Title: "单位类别", Kind: sheet.Choice, Required: true, Choices: kindOptions, Width: 20, Synonyms: []string{"机构类别", "类别", "单位类型"}},
		{Key: "line", Title: "隶属线", Kind: sheet.Choice, Choices: []sheet.Option{{Value: "区域", Synonyms: []string{"行政"}}, {Value: "集体经济", Synonyms: []string{"集体"}}}},
		{Key: "power", Title: "权力属性", Kind: sheet.Text, Help: "由单位类别决定，只供核对。"},
		{Key: "parent", Title: "上级单位", Kind: sheet.Text, Width: 18, Synonyms: []string{"上级", "隶属单位", "主管单位"}},
		{Key: "area", Title: "所属村居", Kind: sheet.Text, Width: 14, Synonyms: []string{"所在村居", "村居", "所属村(社区)"}},
		{Key: "division", Title: "区划代码", Kind: sheet.IDText, Synonyms: []string{"行政区划代码", "统计用区划代码"}, Check: divisionCode, Rule: "SE-18"},
		{Key: "credit", Title: "统一社会信用代码", Kind: sheet.IDText, Width: 21, Synonyms: []string{"社会信用代码", "信用代码"}, Check: creditCode, Rule: "SE-17"},
		{Key: "founded", Title: "成立日期", Kind: sheet.Date, Synonyms: []string{"设立日期", "成立时间"}},
		{Key: "note", Title: "说明", Kind: sheet.Text, Width: 24, Synonyms: []string{"备注"}},
	}}
}

// partyKinds are the words of the form for kinds of Party organisation.
var partyKinds = map[string]string{"党工委": "party-working-committee", "党委": "party-committee", "党总支": "party-general-branch",
	"党支部": "party-branch", "联合党支部": "party-joint-branch"}

// partyEntry maps a row of the Party form. The telephone on it is kept only when it is an office's: a mobile number is a
// person's.
func partyEntry(r sheet.Record) UnitEntry {
	e := UnitEntry{Row: r.Row(), Founded: r.Date("founded"), Parents: map[Line]string{},
		Unit: Establish{Kind: partyKinds[r.Text("kind")], Name: r.Text("organisation"), Short: r.Text("short"), Code: r.Text("code"), Note: r.Text("note")}}
	if p := r.Text("phone"); strings.Contains(p, "-") {
		e.Unit.Contact = p
	}
	put(e.Parents, Party, r.Text("parent"))
	put(e.Parents, Area, r.Text("area"))
	return e
}

func institutionEntry(r sheet.Record) UnitEntry {
	k, _ := KindOf(r.Text("kind"))
	e := UnitEntry{Row: r.Row(), Founded: r.Date("founded"), Parents: map[Line]string{},
		Unit: Establish{Kind: k.Code, Name: r.Text("name"), Short: r.Text("short"), Note: r.Text("note")}}
	if e.Unit.Code = r.Text("division"); e.Unit.Code == "" {
		e.Unit.Code = r.Text("credit")
	}
	parent := r.Text("parent")
	put(e.Parents, Area, parent)
	if r.Text("line") == "集体经济" || k.Line == Collective {
		put(e.Parents, Collective, parent)
	}
	return e
}

func put(m map[Line]string, line Line, name string) {
	if name != "" {
		m[line] = name
	}
}

// officeLayout is a street's list of who holds which office (任职情况表).
func officeLayout(idCheck func(string) string) *sheet.Layout {
	var roles []sheet.Option
	for _, r := range access.Roles() {
		roles = append(roles, sheet.Option{Value: r.Title})
	}
	return &sheet.Layout{Name: "offices", Title: "任职情况表", Columns: []sheet.Column{
		{Key: "no", Title: "序号", Kind: sheet.Serial, Width: 6},
		{Key: "unit", Title: "单位", Kind: sheet.Text, Required: true, Width: 28, Synonyms: []string{"单位名称", "任职单位", "所在单位", "机构"}},
		{Key: "title", Title: "职务", Kind: sheet.Text, Required: true, Width: 14, Synonyms: []string{"职务名称", "岗位"}},
		{Key: "role", Title: "职务类别", Kind: sheet.Choice, Required: true, Choices: roles, Width: 18, Synonyms: []string{"类别", "职务类型"}},
		{Key: "name", Title: "姓名", Kind: sheet.Text, Required: true, Personal: true, Width: 10},
		{Key: "id_number", Title: "公民身份号码", Kind: sheet.IDText, Required: true, Personal: true, Width: 21, Synonyms: []string{"身份证号码", "身份证号", "身份号码"}, Check: idCheck, Rule: "SE-16"},
		{Key: "duty", Title: "兼管事项", Kind: sheet.Text, Width: 18, Synonyms: []string{"兼任", "分管", "分管工作"}},
		{Key: "from", Title: "任职日期", Kind: sheet.Date, Required: true, Synonyms: []string{"任职时间", "起任日期"}},
		{Key: "until", Title: "任期届满日期", Kind: sheet.Date, Synonyms: []string{"届满日期", "任期届满"}, Help: "任期最后一天。"},
		{Key: "left", Title: "离任日期", Kind: sheet.Date, Synonyms: []string{"离任时间", "免职日期"}, Help: "不再任职的第一天。"},
		{Key: "note", Title: "说明", Kind: sheet.Text, Synonyms: []string{"备注", "离任原因"}},
	}}
}

// OfficeEntry is one row of a register of offices.
type OfficeEntry struct {
	Row    int           `json:"row"`
	Number string        `json:"number"` // the person's identity number
	Name   string        `json:"name"`
	Office Appoint       `json:"office"` // with the person as known at the preview
	From   calendar.Date `json:"from"`
	Left   calendar.Date `json:"left,omitempty"` // first day without the office
	Why    string        `json:"why,omitempty"`  // reason of leaving
}

func officeEntry(r sheet.Record) OfficeEntry {
	e := OfficeEntry{Row: r.Row(), Number: r.Text("id_number"), Name: r.Text("name"), From: r.Date("from"), Left: r.Date("left"), Why: r.Text("note"),
		Office: Appoint{Role: roleCode(r.Text("role")), Title: r.Text("title"), Duty: r.Text("duty"), Until: r.Date("until").AddDays(1)}}
	if e.Why == "" {
		e.Why = "离任"
	}
	return e
}

// idCheck refuses what cannot be an identity number on a day.
func idCheck(on calendar.Date) func(string) string {
	return func(number string) string {
		_, p := codes.IDNumberOn(number, on)
		return problem(p)
	}
}

func roleCode(title string) string {
	for _, r := range access.Roles() {
		if r.Title == title {
			return r.Code
		}
	}
	return ""
}
