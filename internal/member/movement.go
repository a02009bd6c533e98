package member

import (
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/sheet"
)

// Step is what a line of the register of movements did.
type Step string

// The steps, as lists of movements call them.
const (
	StepAdmitted Step = "发展入党"
	StepIn       Step = "组织关系转入"
	StepRestored Step = "恢复党籍"
	StepFull     Step = "预备转正"
	StepMove     Step = "街道内转接"
	StepOut      Step = "组织关系转出"
	StepDied     Step = "去世"
	StepLeft     Step = "出党"
	StepAway     Step = "外出流动"
	StepBack     Step = "流动返回"
)

// entering are the steps that bring somebody onto a roster.
var entering = map[Step]How{StepAdmitted: Admitted, StepIn: In, StepRestored: Restored}

// leaving are those that take somebody off.
var leaving = map[Step]How{StepOut: Out, StepDied: Died, StepLeft: Left}

// MovementRow is one line of the register of movements.
type MovementRow struct {
	Row    int           `json:"row"`
	On     calendar.Date `json:"on"`
	Step   Step          `json:"step"`
	Number string        `json:"number"` // the person's identity number
	Name   string        `json:"name"`
	From   string        `json:"from,omitempty"` // branch, or organisation outside
	To     string        `json:"to,omitempty"`
	Branch int64         `json:"branch,omitempty"` // the one that To names, of steps into a branch
	Note   string        `json:"note,omitempty"`
	At     int64         `json:"at,omitempty"`     // branch where the member is before the line, 0 when on no roster
	Person int64         `json:"person,omitempty"` // who has the number already
}

// movementLayout is a street's register of movements of members (党员变动登记表).
func movementLayout(on calendar.Date, check func(*sheet.Table)) *sheet.Layout {
	steps := []sheet.Option{{Value: string(StepAdmitted), Synonyms: []string{"发展党员", "新发展", "接收预备党员"}}, {Value: string(StepIn), Synonyms: []string{"转入"}},
		{Value: string(StepRestored)}, {Value: string(StepFull), Synonyms: []string{"转正", "预备党员转正"}}, {Value: string(StepMove), Synonyms: []string{"内部转接", "支部间转接"}},
		{Value: string(StepOut), Synonyms: []string{"转出"}}, {Value: string(StepDied), Synonyms: []string{"死亡", "病故"}},
		{Value: string(StepLeft), Synonyms: []string{"除名", "开除党籍", "退党"}}, {Value: string(StepAway), Synonyms: []string{"流出", "外出"}}, {Value: string(StepBack), Synonyms: []string{"返回", "流回"}}}
	return &sheet.Layout{Name: "movements", Title: "党员变动登记表", Check: check, Columns: []sheet.Column{
		{Key: "no", Title: "序号", Kind: sheet.Serial, Width: 6},
		{Key: "on", Title: "日期", Kind: sheet.Date, Required: true, Synonyms: []string{"变动日期", "时间", "办理日期", "变动时间"}},
		{Key: "step", Title: "事项", Kind: sheet.Choice, Required: true, Choices: steps, Width: 14, Synonyms: []string{"变动类型", "变动事项", "类型", "变动原因"}},
		{Key: "name", Title: "姓名", Kind: sheet.Text, Required: true, Personal: true, Width: 10},
		{Key: "id_number", Title: "公民身份号码", Kind: sheet.IDText, Required: true, Personal: true, Width: 21, Synonyms: []string{"身份证号码", "身份证号", "身份号码"},
			Check: idCheck(on), Rule: "SE-16"},
		{Key: "from", Title: "原支部", Kind: sheet.Text, Width: 28, Synonyms: []string{"原党支部", "转出支部", "原所在支部", "来自"}},
		{Key: "to", Title: "现支部", Kind: sheet.Text, Width: 28, Synonyms: []string{"现党支部", "转入支部", "现所在支部", "去向"}},
		{Key: "note", Title: "说明", Kind: sheet.Text, Width: 30, Synonyms: []string{"备注", "依据"}},
	}}
}

func movementRow(r sheet.Record) MovementRow {
	return MovementRow{Row: r.Row(), On: r.Date("on"), Step: Step(r.Text("step")), Number: r.Text("id_number"), Name: r.Text("name"),
		From: r.Text("from"), To: r.Text("to"), Note: r.Text("note")}
}

// place finds where a floating member went: what the note says after 去向, else the note as a whole.
func (m MovementRow) place() string {
	if _, at, ok := strings.Cut(m.Note, "去向"); ok {
		return strings.Trim(at, "：:，。 ")
	}
	return m.Note
}
