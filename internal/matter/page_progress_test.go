package matter

import (
	"strings"
	"testing"

	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/web/ui"
)

var walk = &Procedure{Code: "test.walk", Title: "走一走", Steps: []Step{
	{Code: "a", Title: "起步", Who: "甲"}, {Code: "b", Title: "过桥", Who: "乙"}, {Code: "c", Title: "到家", Who: "丙"}}}

func view(next, closed string, done ...Done) View {
	return View{Procedure: walk, Row: Row{Next: next, Closed: "", Outcome: closed}, Done: done, Today: "2026-11-23",
		Who: func(int64) string { return "某人" }, Href: func(int64) string { return "/x" }}
}

func states(v View) string {
	var s []string
	for _, st := range v.steps() {
		s = append(s, string(st.State))
	}
	return strings.Join(s, " ")
}

func TestStepsShowWhatStands(t *testing.T) {
	a, b, c := Done{Step: "a", Act: 1, On: "2026-11-01"}, Done{Step: "b", Act: 2, On: "2026-11-02"}, Done{Step: "c", Act: 3, On: "2026-11-03"}
	sentBack := view("a", "", a, b)
	closed := view("", "", a, b, c)
	closed.Row.Closed = "2026-11-03"
	givenUp := view("", "", a)
	givenUp.Row.Closed = "2026-11-04"
	late := view("b", "", a)
	late.Row.Due, late.Row.Reckoning = "2026-11-20", "按规定三日。"
	for _, c := range []struct {
		name string
		v    View
		want string
	}{
		{"begun", view("a", ""), "current todo todo"},
		{"half way", view("b", "", a), "done current todo"},
		{"sent back", sentBack, "current todo todo"},
		{"closed", closed, "done done done"},
		{"given up", givenUp, "done skipped skipped"},
		{"late", late, "done late todo"},
	} {
		if got := states(c.v); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if s := late.steps()[1]; !strings.Contains(s.Clock, "已超 3 天") || !strings.Contains(s.Clock, "按规定三日") {
		t.Errorf("clock %q", s.Clock)
	}
	late.Row.Due = "2026-11-25"
	if s := late.steps()[1]; s.State != ui.StepCurrent || !strings.Contains(s.Clock, "还有 2 天") {
		t.Errorf("before the date: %+v", s)
	}
	if s := view("b", "", a).summary(); s != "下一步：过桥，由乙办理" {
		t.Errorf("summary %q", s)
	}
}

func TestTheLatestAnswerOfEachRuleCounts(t *testing.T) {
	act := func(vs ...law.Verdict) journal.Act {
		var a journal.Act
		a.Verdicts = vs
		return a
	}
	got := Verdicts([]journal.Act{act(law.Verdict{Rule: "A", Outcome: law.Warn}), act(law.Verdict{Rule: "B", Outcome: law.Pass}, law.Verdict{Rule: "A", Outcome: law.Pass})})
	if len(got) != 2 || got[0].Rule != "A" || got[0].Outcome != law.Pass || got[1].Rule != "B" {
		t.Errorf("%+v", got)
	}
}

func TestTimelineTellsLateEntries(t *testing.T) {
	a := journal.Act{N: 7, Kind: "k", Effective: "2026-11-01", Recorded: 1795392000000} // 2026-11-23 in China
	same := func(s string) func(journal.Act) string { return func(journal.Act) string { return s } }
	e := Events([]journal.Act{a}, func(k string) string { return "事" + k }, same("甲"), same("乙"), same("/x"))[0]
	if e.Title != "事k" || e.Who != "甲" || e.Act != 7 || !strings.Contains(e.When, "2026年11月1日（2026年11月") || !strings.Contains(e.When, "补录") {
		t.Errorf("%+v", e)
	}
}
