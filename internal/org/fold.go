package org

import (
	"fmt"
	"slices"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/law"
)

// Unit is the state of a unit.
type Unit struct {
	Kind    string
	Code    string
	Contact string
	Note    string
	Life    journal.Span
	Names   []NameSpan   // oldest first, without gaps
	Parents []ParentSpan // in order of act
}

// NameSpan is a name and when it was held.
type NameSpan struct {
	journal.Span
	Name, Short string
}

// ParentSpan is a parent on one line and when it was.
type ParentSpan struct {
	journal.Span
	Line   Line
	Parent int64
	Act    int64 // the act that put the unit there
}

// Name is the last name the unit had.
func (u *Unit) Name() NameSpan { return u.Names[len(u.Names)-1] }

// ParentOn returns the parent on a line on a day, −1 if none.
func (u *Unit) ParentOn(line Line, on calendar.Date) int64 {
	for _, p := range u.Parents {
		if p.Line == line && p.Has(on) {
			return p.Parent
		}
	}
	return -1
}

func foldEstablish(u *Unit, st *journal.Step, b *Establish) error {
	u.Kind, u.Code, u.Contact, u.Note = b.Kind, b.Code, b.Contact, b.Note
	u.Life = journal.Span{From: st.Effective, To: calendar.Forever}
	u.Names = []NameSpan{{u.Life, b.Name, b.Short}}
	for _, line := range []Line{Area, Party, Collective} {
		if p, ok := b.Parents[line]; ok {
			u.Parents = append(u.Parents, ParentSpan{u.Life, line, p, st.N})
		}
	}
	return nil
}

func (u *Unit) alive() error {
	if u.Life.To != calendar.Forever {
		return fmt.Errorf("该组织已于%s撤销", u.Life.To.Chinese())
	}
	return nil
}

func foldRename(u *Unit, st *journal.Step, b *Rename) error {
	if err := u.alive(); err != nil {
		return err
	}
	last := &u.Names[len(u.Names)-1]
	if last.Name == b.Name && last.Short == b.Short {
		return fmt.Errorf("名称没有变化")
	}
	last.To = st.Effective
	u.Names = append(u.Names, NameSpan{journal.Span{From: st.Effective, To: calendar.Forever}, b.Name, b.Short})
	u.Names = slices.DeleteFunc(u.Names, func(n NameSpan) bool { return n.Empty() })
	return nil
}

func foldAttach(u *Unit, st *journal.Step, b *Attach) error {
	if err := u.alive(); err != nil {
		return err
	}
	if b.Parent == st.Entity {
		return fmt.Errorf("组织不能隶属于自己")
	}
	for i, p := range u.Parents {
		if p.Line == b.Line && p.To == calendar.Forever {
			if p.Parent == b.Parent {
				return fmt.Errorf("隶属关系没有变化")
			}
			u.Parents[i].To = st.Effective
		}
	}
	if b.Parent >= 0 {
		u.Parents = append(u.Parents, ParentSpan{journal.Span{From: st.Effective, To: calendar.Forever}, b.Line, b.Parent, st.N})
	}
	u.Parents = slices.DeleteFunc(u.Parents, func(p ParentSpan) bool { return p.Empty() })
	return nil
}

func foldDissolve(u *Unit, st *journal.Step, _ *Dissolve) error {
	if err := u.alive(); err != nil {
		return err
	}
	end := st.Effective
	u.Life.To = end
	u.Names[len(u.Names)-1].To = end
	for i := range u.Parents {
		u.Parents[i].To = min(u.Parents[i].To, end)
	}
	return nil
}

// Office is the state of one holding of an office.
type Office struct {
	Appoint
	Span journal.Span
	Act  int64
}

func foldAppoint(o *Office, st *journal.Step, b *Appoint) error {
	o.Appoint, o.Act = *b, st.N
	o.Span = journal.Span{From: st.Effective, To: calendar.Forever}
	if b.Until != "" && b.Until <= st.Effective {
		return journal.RefuseField("until", "任期届满日期（%s）应晚于任职日期（%s）。", b.Until.Chinese(), st.Effective.Chinese())
	}
	return nil
}

func foldLeave(o *Office, st *journal.Step, _ *Leave) error {
	if o.Span.To != calendar.Forever {
		return fmt.Errorf("该职务已于%s离任", o.Span.To.Chinese())
	}
	o.Span.To = st.Effective
	return nil
}

// Setting is the state of one local term of law.
type Setting struct {
	law.SetSetting
	Act int64
}

func foldSetting(s *Setting, st *journal.Step, b *law.SetSetting) error {
	*s = Setting{*b, st.N}
	return nil
}
