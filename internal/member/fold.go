package member

import (
	"fmt"
	"maps"

	"cunju/internal/calendar"
	"cunju/internal/journal"
)

// Member is the state of a membership.
type Member struct {
	Person   int64
	Admitted calendar.Date
	Full     calendar.Date
	Floating bool
	Place    string // where a floating member is
	Lost     bool
	Record   map[string]string
	Life     journal.Span
	Ended    How // "" while it lasts
	Act      int64
	Spans    []Span // oldest first, without gaps
}

// Span is a period in one branch and category.
type Span struct {
	journal.Span
	Branch   int64
	Category Category
	Act      int64
}

// Now is the last span.
func (m *Member) Now() *Span { return &m.Spans[len(m.Spans)-1] }

// at is the branch in which the member is on a day, −1 on no roster.
func (m *Member) at(on calendar.Date) int64 {
	for _, s := range m.Spans {
		if s.Has(on) {
			return s.Branch
		}
	}
	return -1
}

// Account is the ledger account of heads in a branch and category.
func Account(branch int64, c Category) string { return fmt.Sprintf("%d/party/%s", branch, c) }

// Head is the commodity: one member.
const Head = "head"

func foldEnter(m *Member, st *journal.Step, b *Enter) error {
	*m = Member{Person: b.Person, Admitted: b.Admitted, Full: b.Full, Floating: b.Floating, Lost: b.Lost, Record: maps.Clone(b.Record),
		Life: journal.Span{From: st.Effective, To: calendar.Forever}, Act: st.N}
	m.Spans = []Span{{m.Life, b.Branch, b.Category, st.N}}
	st.Move(string(b.How), Account(b.Branch, b.Category), Head, 1)
	return nil
}

func (m *Member) here() error {
	if m.Ended != "" {
		return fmt.Errorf("此人已于%s%s", m.Life.To.Chinese(), m.Ended.Chinese())
	}
	return nil
}

// next closes the last span and opens another.
func (m *Member) next(st *journal.Step, branch int64, c Category) {
	last := m.Now()
	st.Move(Account(last.Branch, last.Category), Account(branch, c), Head, 1)
	last.To = st.Effective
	if last.Empty() {
		m.Spans = m.Spans[:len(m.Spans)-1]
	}
	m.Spans = append(m.Spans, Span{journal.Span{From: st.Effective, To: calendar.Forever}, branch, c, st.N})
}

func foldFull(m *Member, st *journal.Step, _ *TurnFull) error {
	if err := m.here(); err != nil {
		return err
	}
	if m.Now().Category != Probationary {
		return fmt.Errorf("此人已是正式党员")
	}
	m.Full = st.Effective
	m.next(st, m.Now().Branch, Full)
	return nil
}

func foldMove(m *Member, st *journal.Step, b *Move) error {
	if err := m.here(); err != nil {
		return err
	}
	if m.Now().Branch == b.Branch {
		return fmt.Errorf("此人已在该支部")
	}
	m.next(st, b.Branch, m.Now().Category)
	return nil
}

func foldLeave(m *Member, st *journal.Step, b *Leave) error {
	if err := m.here(); err != nil {
		return err
	}
	last := m.Now()
	st.Move(Account(last.Branch, last.Category), string(b.How), Head, 1)
	last.To, m.Life.To, m.Ended, m.Floating = st.Effective, st.Effective, b.How, false
	return nil
}

func foldFloat(m *Member, _ *journal.Step, b *Float) error {
	if err := m.here(); err != nil {
		return err
	}
	if m.Floating == b.Away {
		if b.Away {
			return fmt.Errorf("此人已登记为流动党员")
		}
		return fmt.Errorf("此人没有登记外出")
	}
	m.Floating, m.Place = b.Away, b.Place
	return nil
}

func foldChange(m *Member, _ *journal.Step, b *Change) error {
	if b.Admitted != nil {
		m.Admitted = *b.Admitted
	}
	if b.Full != nil {
		m.Full = *b.Full
	}
	if b.Lost != nil {
		m.Lost = *b.Lost
	}
	if m.Record == nil && len(b.Record) > 0 {
		m.Record = map[string]string{}
	}
	for k, v := range b.Record {
		if v == "" {
			delete(m.Record, k)
		} else {
			m.Record[k] = v
		}
	}
	return nil
}
