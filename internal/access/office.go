package access

import (
	"slices"

	"cunju/internal/calendar"
)

// Lines of authority, as carried by Office.Line.
const (
	LineParty       = "party"       // 党组织
	LineVillage     = "village"     // 村（居）民自治组织
	LineCollective  = "collective"  // 农村集体经济组织
	LineTown        = "town"        // 街道、乡镇
	LineSupervision = "supervision" // 监督
	LineSystem      = "system"      // 系统管理
)

// Powers of a body, as carried by Office.Power: decision, supervision and execution are kept apart (三权分离).
const (
	PowerDecide    = "decide"
	PowerSupervise = "supervise"
	PowerExecute   = "execute"
	PowerNone      = "none"
)

// Office is an office held on a day: the seat of all powers.
type Office struct {
	ID       int64  // the entity of the appointment
	Unit     int64  // the unit in which it is held
	UnitKind string // kind code of that unit
	// Area is the village, community or street that the unit serves as a whole: the village for its Party organisation,
	// committee, supervision committee and collective, the street for the street's own offices and for nothing else. 0
	// when the unit serves only itself (a branch below a general branch, a group, an organisation that merely sits in
	// the street). Powers over a whole village or street hang on it: when in doubt it is 0.
	Area  int64
	Role  string  // code, see Roles
	Line  string  // one of the Line constants
	Power string  // one of the Power constants
	Title string  // as shown to people: 文峰村党总支书记
	Path  []int64 // the unit and all its ancestors, on its own line and on the area line, nearest first
}

// area is the unit at which powers over the whole area begin. A journal often begins with its street, which then has the
// number 0: for the street's own offices, and for no others, 0 may be an area.
func (o Office) area() int64 {
	if o.Area != 0 {
		return o.Area
	}
	if r, _ := RoleOf(o.Role); r.Street && slices.Contains(o.Path, 0) {
		return 0
	}
	return o.Unit
}

// Actor is a person who acts, with the offices held on the day.
type Actor struct {
	Person  int64 // the person entity; 0 is nobody and may do nothing
	Login   string
	Name    string
	Offices []Office
	On      calendar.Date // the day on which the offices were looked up
}

// Target is what an act is about: a unit, or anything that belongs to one.
type Target struct {
	Unit   int64   // the unit it belongs to
	Path   []int64 // all ancestors of the unit on any line, with itself
	Person int64   // the person concerned, 0 when none
	Author int64   // the person who drafted or entered it, 0 when not yet entered
	Facts  Facts
}

// Facts are the circumstances of one act that policies may ask about.
type Facts struct {
	Relative bool // the author or the person concerned is a near relative of the actor (近亲属, 民法典 第一千零四十五条)
}

// Decision is the answer to "may I?".
type Decision struct {
	Allowed bool
	Policy  string   // id of the deciding policy: the permit, or the forbid that stands against it; empty when no permit fits
	Law     string   // what that policy rests on
	Via     Office   // the office that carries the act; on a refusal the office that came nearest, if any
	Need    []string // who may do it, in Chinese, e.g. 村（社区）党组织书记（本村（社区））
	Reason  string   // on a refusal: one sentence for people
}
