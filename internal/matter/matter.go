package matter

import (
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
)

// Procedure is a way in which something must be done.
type Procedure struct {
	Code  string
	Title string
	Steps []Step
}

// Step is one step of a procedure.
type Step struct {
	Code  string
	Title string // what is to be done: 监督委员会审查
	Who   string // the office in plain words: 村务监督委员会
	Power string // the act of package access that its holder needs: "disclosure.check"
	Law   string // what the step rests on
}

// Step finds a step by code.
func (p *Procedure) Step(code string) (Step, bool) {
	for _, s := range p.Steps {
		if s.Code == code {
			return s, true
		}
	}
	return Step{}, false
}

// Progress is the part of a matter's state that the engine keeps.
type Progress struct {
	Procedure string
	Unit      int64
	Title     string
	Opened    calendar.Date
	Closed    calendar.Date // "" while under way
	Outcome   string        // how it ended, in plain words
	Next      string        // step code, "" when closed
	Power     string        // that the next step needs
	Since     calendar.Date // the day from which the next step could be done
	Due       calendar.Date // "" when no clock runs
	Reckoning string        // how the due date was reckoned, in plain words
	Lapsed    calendar.Date // the due date that passed without the step, "" if none did
	Done      []Done
}

// Done is one step that was done, or sent back.
type Done struct {
	Step   string
	Act    int64
	On     calendar.Date
	Person int64
	Note   string
}

// Open begins a matter with its first step to do.
func (m *Progress) Open(p *Procedure, st *journal.Step, unit int64, title, next string) error {
	*m = Progress{Procedure: p.Code, Unit: unit, Title: title, Opened: st.Effective}
	return m.to(p, st, next)
}

// Advance notes that the next step was done and says which comes after it. Doing any other step than the next one is refused.
func (m *Progress) Advance(p *Procedure, st *journal.Step, step, next, note string) error {
	if m.Closed != "" {
		return fmt.Errorf("此事项已于%s办结", m.Closed.Chinese())
	}
	if m.Next != step {
		return fmt.Errorf("现在应办“%s”，还不能办“%s”", p.title(m.Next), p.title(step))
	}
	m.Done = append(m.Done, Done{step, st.N, st.Effective, st.By.Person, note})
	return m.to(p, st, next)
}

// Close ends the matter after its last step.
func (m *Progress) Close(p *Procedure, st *journal.Step, step, outcome, note string) error {
	if err := m.Advance(p, st, step, step, note); err != nil {
		return err
	}
	m.Closed, m.Outcome, m.Next, m.Power, m.Due, m.Reckoning = st.Effective, outcome, "", "", "", ""
	return nil
}

// Clock starts the clock of the next step.
func (m *Progress) Clock(due calendar.Date, reckoning string) { m.Due, m.Reckoning = due, reckoning }

func (m *Progress) to(p *Procedure, st *journal.Step, next string) error {
	s, ok := p.Step(next)
	if !ok {
		return fmt.Errorf("procedure %s has no step %q", p.Code, next)
	}
	m.Next, m.Power, m.Since, m.Due, m.Reckoning, m.Lapsed = next, s.Power, st.Effective, "", "", ""
	return nil
}

func (p *Procedure) title(code string) string {
	if s, ok := p.Step(code); ok {
		return s.Title
	}
	return code
}

// Lapse is the body of the system's own act when a due date passes. Frozen.
type Lapse struct {
	Step string        `json:"step" title:"逾期的步骤" list:"matter.step"`
	Due  calendar.Date `json:"due" title:"应办日期"`
}

// KindLapsed records that a step was not done by its date. Slices whose clocks may run out list [FoldLapsed] among their folds.
var KindLapsed = journal.Kind[Lapse]{Name: "matter.lapsed/1", Title: "逾期", Public: true, Final: "逾期是到期未办的事实"}

// FoldLapsed is the fold of KindLapsed for a state that embeds a Progress.
func FoldLapsed[S any](progress func(*S) *Progress) journal.Fold[S] {
	return journal.On(KindLapsed, func(s *S, _ *journal.Step, b *Lapse) error {
		m := progress(s)
		if m.Next == b.Step && m.Due == b.Due {
			m.Lapsed = b.Due
		}
		return nil
	})
}

var (
	matters = db.Table{Name: "matter_matter", Key: 2, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "procedure", Type: db.Text}, {Name: "unit", Type: db.Int},
		{Name: "title", Type: db.Text}, {Name: "next", Type: db.Text}, {Name: "power", Type: db.Text}, {Name: "since", Type: db.Date},
		{Name: "due", Type: db.Date}, {Name: "reckoning", Type: db.Text}, {Name: "lapsed", Type: db.Date}, {Name: "opened", Type: db.Date},
		{Name: "closed", Type: db.Date}, {Name: "outcome", Type: db.Text}},
		Indexes: []db.Index{{Name: "matter_matter_power", Columns: []string{"town", "power", "unit"}}, {Name: "matter_matter_due", Columns: []string{"town", "due"}}}}
	steps = db.Table{Name: "matter_step", Key: 3, Columns: []db.Column{
		{Name: "town", Type: db.Text}, {Name: "id", Type: db.Int}, {Name: "n", Type: db.Int}, {Name: "step", Type: db.Text},
		{Name: "act", Type: db.Int}, {Name: "on_day", Type: db.Date}, {Name: "person", Type: db.Int}, {Name: "note", Type: db.Text}}}
)

// Slice declares the engine's tables; a matter's rows are printed by the entity that it is.
func Slice() journal.Slice {
	return journal.Slice{Name: "matter", Version: 1, Shared: []*db.Table{&matters, &steps}}
}

// Print returns a matter's rows, for the Print of the entity that it is.
func (m *Progress) Print(id int64) []journal.Row {
	rows := []journal.Row{{Table: &matters, Values: []any{id, m.Procedure, m.Unit, m.Title, m.Next, m.Power, string(m.Since), string(m.Due),
		m.Reckoning, string(m.Lapsed), string(m.Opened), string(m.Closed), m.Outcome}}}
	for i, d := range m.Done {
		rows = append(rows, journal.Row{Table: &steps, Values: []any{id, int64(i), d.Step, d.Act, string(d.On), d.Person, d.Note}})
	}
	return rows
}
