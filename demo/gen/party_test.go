package main

import (
	"strings"
	"testing"
)

// state is one member while the files are replayed.
type state struct {
	branch, joined, full, birth string
	gone, away                  bool
}

// replay reads roster, arrivals and movements from the written files and checks
// every line against what held before it. It returns the members at the end.
func replay(t *testing.T, each func(on string, of map[string]*state)) map[string]*state {
	t.Helper()
	branches := map[string]bool{}
	for _, u := range table(t, "units.xlsx", "党组织全称(按公章)") {
		branches[u["简称"]] = strings.Contains(u["组织类别"], "支部") && u["组织类别"] != "党总支"
	}
	of := map[string]*state{}
	enter := func(r map[string]string, on string) *state {
		id := r["公民身份号码"]
		m := &state{branch: r["所在党支部"], joined: r["入党日期"], full: r["转正日期"], birth: r["出生日期"], away: r["是否流动党员"] == "是"}
		checkPerson(t, r)
		if of[id] != nil {
			t.Errorf("%s entered twice", id)
		}
		if !branches[m.branch] {
			t.Errorf("%s is in the unknown branch %q", id, m.branch)
		}
		if years(m.birth, m.joined) < 18 {
			t.Errorf("%s was admitted at %d", id, years(m.birth, m.joined))
		}
		if m.full != "" && m.full < addMonths(m.joined, 12) || m.full > on || (m.full == "") != (r["人员类别"] == "预备党员") {
			t.Errorf("%s: joined %s, full %q, %s on %s", id, m.joined, m.full, r["人员类别"], on)
		}
		of[id] = m
		return m
	}
	for _, r := range table(t, "roster.xlsx", "序号") {
		enter(r, openingDay)
	}
	arrivals := map[string]map[string]string{}
	for _, r := range table(t, "arrivals.xlsx", "序号") {
		arrivals[r["公民身份号码"]] = r
	}
	last := openingDay
	for _, v := range table(t, "movements.xlsx", "序号") {
		on, id := v["日期"], v["公民身份号码"]
		if on < last || on > today {
			t.Errorf("movement on %s after %s", on, last)
		}
		if on != last {
			each(last, of)
			last = on
		}
		if v["事项"] == actAdmit || v["事项"] == actIn {
			r := arrivals[id]
			if r == nil || r["所在党支部"] != v["现支部"] || r["姓名"] != v["姓名"] || v["事项"] == actAdmit && r["入党日期"] != on {
				t.Fatalf("%s of %s has no matching entry: %v", v["事项"], id, r)
			}
			enter(r, on)
			delete(arrivals, id)
			continue
		}
		m := of[id]
		if m == nil || m.gone || m.branch != v["原支部"] {
			t.Fatalf("%s %s of %s from %s: %+v", on, v["事项"], id, v["原支部"], m)
		}
		switch v["事项"] {
		case actConvert:
			if m.full != "" || addMonths(m.joined, 12) != on && addMonths(m.joined, 18) != on {
				t.Errorf("%s became a full member on %s: %+v", id, on, m)
			}
			m.full = on
		case actOut, actDeath:
			m.gone = true
		case actWithin:
			if !branches[v["现支部"]] || v["现支部"] == m.branch {
				t.Errorf("%s moved to %q", id, v["现支部"])
			}
			m.branch = v["现支部"]
		case actFloat, actReturn:
			if m.away == (v["事项"] == actFloat) {
				t.Errorf("%s: %s while away=%t", id, v["事项"], m.away)
			}
			m.away = !m.away
		default:
			t.Errorf("unknown act %q", v["事项"])
		}
	}
	each(last, of)
	if len(arrivals) > 0 {
		t.Errorf("%d arrivals without a movement", len(arrivals))
	}
	return of
}

func checkPerson(t *testing.T, r map[string]string) {
	t.Helper()
	id, birth := r["公民身份号码"], r["出生日期"]
	if len(id) != 18 || idCheck(id[:17]) != id[17] {
		t.Errorf("%q has a wrong check character", id)
		return
	}
	if id[6:14] != strings.ReplaceAll(birth, "-", "") {
		t.Errorf("%s was born on %s", id, birth)
	}
	if male := id[16]%2 == 1; male != (r["性别"] == "男") {
		t.Errorf("%s is %s", id, r["性别"])
	}
	if p := r["手机号码"]; p != "" && (len(p) != 11 || !strings.HasPrefix(p, "199000")) {
		t.Errorf("%s has telephone %s", id, p)
	}
}

// TestMembersAddUp replays eighteen months: nobody is admitted under eighteen or
// moves after death, every branch keeps 3 to 50 full members on every day, and
// the last day's counts are those the demonstration promises.
func TestMembersAddUp(t *testing.T) {
	of := replay(t, func(on string, of map[string]*state) {
		full := map[string]int{}
		for _, m := range of {
			if !m.gone && m.full != "" {
				full[m.branch]++
			}
		}
		for branch, n := range full {
			if n < 3 || n > 50 {
				t.Errorf("%s has %d full members on %s", branch, n, on)
			}
		}
	})
	top := map[string]string{}
	units := table(t, "units.xlsx", "党组织全称(按公章)")
	for _, u := range units {
		top[u["简称"]] = u["上级党组织"]
		if u["上级党组织"] == "文峰街道党工委" {
			top[u["简称"]] = u["简称"]
		}
	}
	if len(units) != 60 {
		t.Errorf("%d Party units", len(units))
	}
	count := map[string]int{}
	probation, away := 0, 0
	for _, m := range of {
		if m.gone {
			continue
		}
		unit := top[m.branch]
		count[unit]++
		count["all"]++
		if unit == "文峰村党总支" {
			if m.full == "" {
				probation++
			}
			if m.away {
				away++
			}
		}
	}
	for unit, want := range map[string]int{"all": 2143, "文峰村党总支": 216, "渡江村党总支": 187, "宝塔社区党委": 342, "连运社区党总支": 265, "荷花池社区党委": 418} {
		if count[unit] != want {
			t.Errorf("%s has %d members, not %d", unit, count[unit], want)
		}
	}
	if probation != 7 || away != 23 {
		t.Errorf("文峰村党总支 has %d probationary and %d floating members", probation, away)
	}
}

// TestFortyTwoArrive counts the members who came from large enterprises.
func TestFortyTwoArrive(t *testing.T) {
	n := 0
	for _, v := range table(t, "movements.xlsx", "序号") {
		if v["日期"] == mergeDay && v["事项"] == actIn && strings.HasPrefix(v["现支部"], "文峰村") && strings.Contains(v["原支部"], "(虚构)") {
			n++
		}
	}
	if n != 42 {
		t.Errorf("%d members came from large enterprises", n)
	}
}
