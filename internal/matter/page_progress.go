package matter

import (
	"fmt"
	"slices"
	"time"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/web/ui"
)

// View is a matter as its page shows it, the same for every procedure.
type View struct {
	Procedure *Procedure
	Row       Row
	Done      []Done
	Today     calendar.Date
	Before    []ui.Step         // what led to the matter, such as a plan; it stands above the steps
	Notes     map[string]string // step → what else is to be known about it, such as the earliest day for it
	Who       func(act int64) string
	Href      func(act int64) string // page of an act
	Action    ui.Link                // what the reader may do about the next step; empty for nothing
}

// steps lays the procedure out: what was done last of each step, what is next and until when. A matter that was sent back
// stands at the earlier step again; what was done after it counts no more.
func (v View) steps() []ui.Step {
	last := map[string]Done{}
	for _, d := range v.Done {
		last[d.Step] = d
	}
	now := len(v.Procedure.Steps)
	for i, s := range v.Procedure.Steps {
		if s.Code == v.Row.Next {
			now = i
		}
	}
	out := slices.Clone(v.Before)
	for i, s := range v.Procedure.Steps {
		st := ui.Step{Title: s.Title, Office: s.Who, State: ui.StepTodo, Note: v.Notes[s.Code]}
		d, done := last[s.Code]
		switch {
		case i == now:
			st.State, st.Clock, st.Action = ui.StepCurrent, v.clock(), v.Action
			if v.late() {
				st.State = ui.StepLate
			}
		case i < now && done && (v.Row.Closed == "" || v.doneLast(i)):
			st.State, st.When, st.Act, st.Href = ui.StepDone, ui.DateText(string(d.On)), d.Act, v.Href(d.Act)
			if who := v.Who(d.Act); who != "" {
				st.Office = who
			}
			if d.Note != "" {
				st.Note = d.Note
			}
		case v.Row.Closed != "":
			st.State = ui.StepSkipped
		}
		out = append(out, st)
	}
	return out
}

// doneLast says whether step i of a closed matter stands: it was not followed by a way back to an earlier step.
func (v View) doneLast(i int) bool {
	at := -1
	order := map[string]int{}
	for k, s := range v.Procedure.Steps {
		order[s.Code] = k
	}
	for _, d := range v.Done {
		at = order[d.Step]
	}
	return i <= at
}

func (v View) late() bool { return v.Row.Due != "" && v.Row.Due < v.Today }

// clock says until when the next step must be done and how that day was reckoned.
func (v View) clock() string {
	if v.Row.Due == "" {
		return ""
	}
	left := fmt.Sprintf("还有 %d 天", calendar.Days(v.Today, v.Row.Due))
	if v.late() {
		left = fmt.Sprintf("已超 %d 天", calendar.Days(v.Row.Due, v.Today))
	}
	return "应于" + v.Row.Due.Chinese() + "前办理，" + left + "。" + v.Row.Reckoning
}

// summary is the one line that says how far the matter is.
func (v View) summary() string {
	if v.Row.Closed != "" {
		return v.Row.Closed.Chinese() + v.Row.Outcome
	}
	s, ok := v.Procedure.Step(v.Row.Next)
	if !ok {
		return ""
	}
	return "下一步：" + s.Title + "，由" + s.Who + "办理"
}

// Events turns an entity's acts into a timeline, oldest first. title names a kind, who names the office and person of an act,
// text says what an act held, href leads to its page.
func Events(acts []journal.Act, title func(kind string) string, who, text, href func(journal.Act) string) []ui.Event {
	out := make([]ui.Event, len(acts))
	for i, a := range acts {
		out[i] = ui.Event{When: a.Effective.Chinese(), Title: title(a.Kind), Who: who(a), Text: text(a), Act: a.N, Href: href(a)}
		if recorded := calendar.On(time.UnixMilli(a.Recorded)); recorded != a.Effective {
			out[i].When += "（" + recorded.Chinese() + "补录）"
		}
	}
	return out
}

// Verdicts gathers what the rules answered along an entity's way: of each rule the latest answer, in order of first asking.
func Verdicts(acts []journal.Act) []law.Verdict {
	var out []law.Verdict
	at := map[string]int{}
	for _, a := range acts {
		for _, v := range a.Verdicts {
			if i, ok := at[v.Rule]; ok {
				out[i] = v
				continue
			}
			at[v.Rule] = len(out)
			out = append(out, v)
		}
	}
	return out
}
