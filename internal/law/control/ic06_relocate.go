package control

import (
	"fmt"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/law"
)

// Relocation is a unit about to stand under another superior on one of its lines, or under none, and what changes place with it.
type Relocation struct {
	Party      bool           // a Party organisation on the Party's line
	Leaves     bool           // it will have no superior on the line
	Units      law.Opt[int64] // below it
	Members    law.Opt[int64] // Party members in it and below
	Households law.Opt[int64] // likewise
	Offices    law.Opt[int64] // holdings of office, likewise
	Matters    law.Opt[int64] // procedures under way, likewise
	Published  law.Opt[int64] // notices that it and those below published from the day on
	Years      []int          // years of which the figures at year's end were reported since that day
	Gains      []string       // offices that will have power over it
	Loses      []string       // offices that no longer will
	Reach      string         // the place over which its own offices will have power, "" when that stays
	Reason     string         // as given
	Today      calendar.Date  // the day of entry
}

// Relocate (IC-06) asks that whoever moves a unit sees first what moves with it and whose power changes. A Party organisation
// with members does not leave the Party's line: its members would stand in no figure any more. What was published or reported
// already changes its meaning only with a reason that stays on record.
var Relocate = law.Rule[Relocation]{
	Info: law.Info{ID: "IC-06", Title: "调整隶属先看影响", Version: 1, Source: house, Confidence: law.Verified, Ground: law.Control,
		Can: []law.Outcome{law.Pass, law.Warn, law.Refuse, law.Undecided}},
	Decide: func(f Relocation, s law.Settings) law.Finding {
		const need = "办理前看清一起变动的人、户、职务和事项；影响已公布、已上报的，写明原因"
		var missing law.Missing
		missing.Want("党员人数", f.Members.Known())
		missing.Want("下级组织、住户、任职和在办事项的数目", f.Units.Known() && f.Households.Known() && f.Offices.Known() && f.Matters.Known())
		missing.Want("已公布的公开事项", f.Published.Known())
		if missing != nil {
			return law.Lacking(need, missing...)
		}
		if f.Party && f.Leaves && f.Members.Value() > 0 {
			return law.Finding{Outcome: law.Refuse, Given: fmt.Sprintf("它和下级组织有%d名党员，退出以后不再计入任何上级", f.Members.Value()), Need: "有党员的党组织都有上级党组织",
				Remedy: "改属别的上级党组织；不再保留的，先转接党员，再撤销组织"}
		}
		late := f.Today > s.Date()
		given := f.given(late, s.Date())
		settled := late && (f.Published.Value() > 0 || len(f.Years) > 0)
		switch {
		case settled && f.Reason == "":
			return law.Finding{Outcome: law.Refuse, Given: given + "；没有写原因", Need: need, Remedy: "写明原因和依据，或者把生效日期改为今天"}
		case given != "":
			return law.Finding{Outcome: law.Warn, Given: given, Need: need, Remedy: "核对无误再办理"}
		}
		return law.Finding{Outcome: law.Pass, Given: "没有人、户、职务和事项随之变动", Need: need}
	},
	Cases: []law.Case[Relocation]{
		{Name: "空的组织改换上级", On: "2026-11-20", Want: law.Pass, Facts: moved(0, func(f *Relocation) {})},
		{Name: "有党员的支部改换上级", On: "2026-11-20", Want: law.Warn, Facts: moved(32, func(f *Relocation) {})},
		{Name: "只有职权变动", On: "2026-11-20", Want: law.Warn, Facts: moved(0, func(f *Relocation) { f.Gains = []string{"渡江村党总支书记"} })},
		{Name: "有党员的支部退出党组织线", On: "2026-11-20", Want: law.Refuse, Facts: moved(1, func(f *Relocation) { f.Leaves = true })},
		{Name: "没有党员的支部退出党组织线", On: "2026-11-20", Want: law.Pass, Facts: moved(0, func(f *Relocation) { f.Leaves = true })},
		{Name: "补记到去年，没有写原因", On: "2025-11-20", Want: law.Refuse, Facts: moved(32, func(f *Relocation) { f.Years = []int{2025} })},
		{Name: "补记到去年，写明原因", On: "2025-11-20", Want: law.Warn, Facts: moved(32, func(f *Relocation) { f.Years, f.Reason = []int{2025}, "批复当时漏记" })},
		{Name: "补记期间已公布过事项，没有写原因", On: "2026-10-01", Want: law.Refuse, Facts: moved(0, func(f *Relocation) { f.Published = law.Some[int64](3) })},
		{Name: "补记到上月，没有上报和公布过", On: "2026-10-01", Want: law.Warn, Facts: moved(0, func(f *Relocation) {})},
		{Name: "不知道党员人数", On: "2026-11-20", Want: law.Undecided, Facts: Relocation{Today: "2026-11-20"}},
	},
}

// moved are the facts of a worked case: a Party branch with so many members, entered on 20 November 2026.
func moved(members int64, change func(*Relocation)) Relocation {
	none := law.Some[int64](0)
	f := Relocation{Party: true, Units: none, Members: law.Some(members), Households: none, Offices: none, Matters: none, Published: none, Today: "2026-11-20"}
	change(&f)
	return f
}

// given says what changes, "" when nothing does.
func (f Relocation) given(late bool, on calendar.Date) string {
	var with []string
	for _, x := range []struct {
		n    law.Opt[int64]
		unit string
	}{{f.Units, "个下级组织"}, {f.Members, "名党员"}, {f.Households, "户"}, {f.Offices, "项任职"}, {f.Matters, "件在办事项"}} {
		if x.n.Value() > 0 {
			with = append(with, fmt.Sprintf("%d%s", x.n.Value(), x.unit))
		}
	}
	var parts []string
	if with != nil {
		parts = append(parts, "自"+on.Chinese()+"起一起变动："+strings.Join(with, "、"))
	}
	if late {
		parts = append(parts, "是补记："+on.Chinese()+"到今天的上下级关系随之改变")
		if f.Published.Value() > 0 {
			parts = append(parts, fmt.Sprintf("其间它们已公布%d件公开事项", f.Published.Value()))
		}
		for _, y := range f.Years {
			parts = append(parts, fmt.Sprintf("%d年年末的统计数会与当时上报的不同", y))
		}
	}
	for _, x := range []struct {
		text string
		list []string
	}{{"从此有职权管它的：", f.Gains}, {"不再有职权管它的：", f.Loses}} {
		if len(x.list) > 0 {
			parts = append(parts, x.text+strings.Join(x.list, "、"))
		}
	}
	if f.Reach != "" {
		parts = append(parts, "它的任职人的职权随之到"+f.Reach)
	}
	return strings.Join(parts, "；")
}
