package org

import (
	"context"
	"fmt"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/codes"
	"cunju/internal/law/control"
	"cunju/internal/law/gb"
	"cunju/internal/law/rulebook"
)

// SetUp records a new unit. Verdicts on its size and approval (PO-01 to PO-04) come from whoever knows the figures; refusals
// among them refuse, warnings are kept in the act.
func SetUp(ctx context.Context, w *journal.Writer, e Establish, on calendar.Date, more ...law.Verdict) (int64, error) {
	if err := Begun(w, on); err != nil {
		return 0, err
	}
	if err := checkEstablish(&e); err != nil {
		return 0, err
	}
	k := kinds[e.Kind]
	if k.Code != "town" && len(e.Parents) == 0 {
		return 0, journal.RefuseField("parent", "请选择“%s”的上级组织。", e.Name)
	}
	for _, line := range []Line{Area, Party, Collective} {
		if p, ok := e.Parents[line]; ok {
			if err := fits(ctx, w, line, p, on); err != nil {
				return 0, err
			}
		}
	}
	if err := nameFree(ctx, w, e.Name, -1, on); err != nil {
		return 0, err
	}
	if e.Code != "" {
		same, err := byCode(ctx, w, w.Town, e.Code, on)
		if err != nil {
			return 0, err
		}
		if len(same) > 0 {
			return 0, journal.RefuseField("code", "代码 %s 已经由“%s”使用。没有设立，请核对代码。", e.Code, same[0].Name)
		}
	}
	if v := divisionVerdict(w.Town, e, on); v.Outcome == law.Warn {
		more = append(more, v)
	}
	return journal.Add(ctx, w, KindEstablish, on, nil, e, more...)
}

// divisionVerdict asks SE-18 about the code of a place: its range by kind, its beginning by town.
func divisionVerdict(town string, e Establish, on calendar.Date) law.Verdict {
	kind, ok := divisionKinds[e.Kind]
	if e.Code == "" || !ok {
		return law.Verdict{}
	}
	return gb.Division.Judge(gb.DivisionEntry{Code: law.Some(e.Code), Kind: kind, Town: town}, on, law.Settings{})
}

// divisionKinds are the kinds of units that bear division codes, with the range that is theirs.
var divisionKinds = map[string]codes.DivisionKind{"town": "", "village": codes.Village, "community": codes.Community}

// fits refuses a parent that cannot carry a line: Party organisations hang on Party organisations, everything else on places.
func fits(ctx context.Context, w *journal.Writer, line Line, parent int64, on calendar.Date) error {
	u, ok, err := journal.State[Unit](ctx, w, parent)
	if err != nil {
		return err
	}
	if !ok || !u.Life.Has(on) {
		return journal.RefuseField("parent", "%s没有第 %d 号组织，请改选上级组织。", on.Chinese(), parent)
	}
	k := kinds[u.Kind]
	switch {
	case line == Party && !k.Party:
		return journal.RefuseField("parent", "“%s”不是党组织，不能作上级党组织。", u.Name().Name)
	case line != Party && !k.Place:
		return journal.RefuseField("parent", "“%s”不是街道、村、社区或小组，别的组织不能设在它下面。", u.Name().Name)
	}
	return nil
}

func nameFree(ctx context.Context, w *journal.Writer, name string, but int64, on calendar.Date) error {
	same, err := ByName(ctx, w, w.Town, name, on)
	if err != nil {
		return err
	}
	for _, u := range same {
		if u.ID != but && u.Name == name {
			return journal.RefuseField("name", "已有名为“%s”的组织（第 %d 号）。没有办理，请核对全称，或直接选用已有的组织。", name, u.ID)
		}
	}
	return nil
}

// establishRules and renameRules hold a corrected name against those of other units.
func establishRules(ctx context.Context, w *journal.Writer, r journal.Reading[Establish]) ([]law.Verdict, error) {
	return nil, nameFree(ctx, w, r.Body.Name, r.Act, r.Effective)
}

func renameRules(ctx context.Context, w *journal.Writer, r journal.Reading[Rename]) ([]law.Verdict, error) {
	return nil, nameFree(ctx, w, r.Body.Name, r.On[0], r.Effective)
}

// GiveName records another registered name of a unit.
func GiveName(ctx context.Context, w *journal.Writer, unit int64, r Rename, on calendar.Date) (int64, error) {
	if err := Begun(w, on); err != nil {
		return 0, err
	}
	if err := nameFree(ctx, w, r.Name, unit, on); err != nil {
		return 0, err
	}
	return journal.Add(ctx, w, KindRename, on, []int64{unit}, r)
}

// PutUnder records another parent of a unit, after control IC-06 has looked at what changes place with it. A unit that would
// become its own superior is refused when the tree is drawn anew.
func PutUnder(ctx context.Context, w *journal.Writer, unit int64, a Attach, on calendar.Date) (int64, error) {
	return putUnder(ctx, w, unit, a, on, nil)
}

func putUnder(ctx context.Context, w *journal.Writer, unit int64, a Attach, on calendar.Date, affected Affected) (int64, error) {
	if err := Begun(w, on); err != nil {
		return 0, err
	}
	if err := checkAttach(&a); err != nil {
		return 0, err
	}
	if a.Parent >= 0 {
		if err := fits(ctx, w, a.Line, a.Parent, on); err != nil {
			return 0, err
		}
	}
	u, ok, err := journal.State[Unit](ctx, w, unit)
	if err != nil {
		return 0, err
	}
	if !ok {
		return 0, journal.Refuse("没有第 %d 号组织。", unit)
	}
	if err := w.Flush(ctx); err != nil { // the tables must show what this request has moved away
		return 0, err
	}
	f, err := relocation(ctx, w, w.Town, unit, u, a, on, w.Today(), affected)
	if err != nil {
		return 0, err
	}
	return journal.Add(ctx, w, KindAttach, on, []int64{unit}, a, control.Relocate.Judge(f, on, law.Settings{}))
}

// WindUp records that a unit ends. It is refused while units or offices hang on it, with the first act in the way; what other
// slices hang on it (members, households, notices) the journal finds and names by itself.
func WindUp(ctx context.Context, w *journal.Writer, unit int64, d Dissolve, on calendar.Date) (int64, error) {
	if err := Begun(w, on); err != nil {
		return 0, err
	}
	if err := w.Flush(ctx); err != nil { // the tables must show what this request has moved away
		return 0, err
	}
	left, err := hanging(ctx, w, w.Town, unit, on)
	if err != nil {
		return 0, err
	}
	if left.Units+left.Offices > 0 {
		r := journal.Refuse("它下面还有 %d 个组织、%d 项任职没有结束（第 %d 号起）。没有撤销；请先调整隶属、办理离任。", left.Units, left.Offices, left.Act)
		r.Act = left.Act
		return 0, r
	}
	return journal.Add(ctx, w, KindDissolve, on, []int64{unit}, d)
}

// Install records that a person takes an office. Offices that the person holds at any time from that day on are compared with
// it: what the law or internal control forbids refuses, what a source advises against is kept as a warning. A post that one
// person holds must be free. Verdicts on the person (PO-03) come from whoever knows the person's dates.
func Install(ctx context.Context, w *journal.Writer, a Appoint, on calendar.Date, more ...law.Verdict) (int64, error) {
	if err := entrusted(ctx, w, a.Role); err != nil {
		return 0, err
	}
	return install(ctx, w, a, on, more...)
}

func install(ctx context.Context, w *journal.Writer, a Appoint, on calendar.Date, more ...law.Verdict) (int64, error) {
	if err := checkAppoint(&a); err != nil {
		return 0, err
	}
	u, ok, err := journal.State[Unit](ctx, w, a.Unit)
	if err != nil {
		return 0, err
	}
	if !ok {
		return 0, journal.RefuseField("unit", "没有第 %d 号组织，请改选单位。", a.Unit)
	}
	if err := w.Flush(ctx); err != nil { // the tables must show what this request has filled
		return 0, err
	}
	if person, err := isPerson(ctx, w, w.Town, a.Person); err != nil {
		return 0, err
	} else if !person {
		return 0, journal.RefuseField("person", "第 %d 号不是人员。没有登记，请重新选择任职的人。", a.Person)
	}
	role, _ := access.RoleOf(a.Role)
	if !seatedIn(a.Role, u.Kind) {
		return 0, journal.RefuseField("role", "“%s”不设“%s”这个职务。没有登记，请改选单位或职务。", u.Name().Name, role.Title)
	}
	if single[a.Role] {
		holder, err := holding(ctx, w, w.Town, a.Unit, a.Role, on)
		if err != nil {
			return 0, err
		}
		if len(holder) > 0 {
			r := journal.RefuseField("role", "“%s”的%s自%s起已有人担任（第 %d 号）。没有登记；请先办理原任者离任。", u.Name().Name, role.Title, holder[0].From.Chinese(), holder[0].ID)
			r.Act = holder[0].ID
			return 0, r
		}
	}
	verdicts, err := compatible(ctx, w, a, on)
	if err != nil {
		return 0, err
	}
	return journal.Add(ctx, w, KindAppoint, on, nil, a, append(verdicts, more...)...)
}

// compatible asks about every office that the person holds from a day on.
func compatible(ctx context.Context, w *journal.Writer, a Appoint, on calendar.Date) ([]law.Verdict, error) {
	held, err := OfficesSince(ctx, w, w.Town, a.Person, on)
	if err != nil || len(held) == 0 {
		return nil, err
	}
	var out []law.Verdict
	for _, o := range held {
		day := max(on, o.From)
		next, err := Seat(ctx, w, w.Town, a.Unit, a.Role, day)
		if err != nil {
			return nil, err
		}
		other, err := Seat(ctx, w, w.Town, o.Unit, o.Role, day)
		if err != nil {
			return nil, err
		}
		if o.Unit == a.Unit && o.Role == a.Role {
			r := journal.RefuseField("person", "此人自%s起已担任%s（第 %d 号）。没有重复登记。", o.From.Chinese(), other.Title, o.ID)
			r.Act = o.ID
			return nil, r
		}
		if c := access.Incompatible([]access.Office{other}, next); c != nil {
			out = append(out, conflictVerdict(c, next, day))
		}
	}
	return out, nil
}

// conflictVerdict writes a conflict of offices as a verdict, under the control that keeps offices apart.
func conflictVerdict(c *access.Conflict, next access.Office, on calendar.Date) law.Verdict {
	v := law.Verdict{Rule: RuleOffices, Version: 1, Outcome: law.Refuse, Source: c.Law, On: on, Need: c.Why,
		Given: fmt.Sprintf("此人同时任%s和%s", c.With.Title, next.Title), Remedy: "另选人选，或者先办理" + c.With.Title + "的离任"}
	if c.Warn {
		v.Outcome, v.Note = law.Warn, "该文件用语是“原则上”“一般”，只作提醒"
	}
	return v
}

// RuleOffices is the id under which conflicts of offices are reported.
const RuleOffices = "IC-03"

// Release records that the holder of an office leaves it.
func Release(ctx context.Context, w *journal.Writer, office int64, l Leave, on calendar.Date) (int64, error) {
	o, ok, err := journal.State[Office](ctx, w, office)
	if err != nil {
		return 0, err
	}
	if ok {
		if err := entrusted(ctx, w, o.Role); err != nil {
			return 0, err
		}
	}
	return release(ctx, w, office, l, on)
}

func release(ctx context.Context, w *journal.Writer, office int64, l Leave, on calendar.Date) (int64, error) {
	return journal.Add(ctx, w, KindLeave, on, []int64{office}, l)
}

// Adopt records a local term of law, or that the town adopts a rule that only warned.
func Adopt(ctx context.Context, w *journal.Writer, s law.SetSetting, on calendar.Date) (int64, error) {
	v := control.Tighten.Judge(control.Term{Set: s, Key: rulebook.Key(s.Key)}, on, law.Settings{})
	return journal.Add(ctx, w, KindSetting, on, nil, s, v)
}
