package law

import (
	"encoding/json"
	"strings"
	"testing"

	"cunju/internal/calendar"
)

type heads struct{ Present Opt[int64] }

func quorum(id string, c Confidence, g Ground) Rule[heads] {
	return Rule[heads]{
		Info: Info{ID: id, Title: "到会人数", Version: 1, Source: Source{Key: "T", Short: "《测试法》"}, Article: "12",
			From: "2026-01-01", Until: "2027-01-01", Confidence: c, Ground: g},
		Decide: func(h heads, _ Settings) Finding {
			var m Missing
			m.Want("到会人数", h.Present.Known())
			if m != nil {
				return Lacking("知道到会人数", m...)
			}
			if h.Present.Value() < 10 {
				return Finding{Outcome: Refuse, Given: "到会9人", Need: "不少于10人", Remedy: "另行召开"}
			}
			return Finding{Outcome: Pass}
		},
	}
}

func TestJudge(t *testing.T) {
	r := quorum("TE-01", Verified, Statute)
	for _, c := range []struct {
		name  string
		facts heads
		on    calendar.Date
		want  Outcome
	}{
		{"pass", heads{Some[int64](10)}, "2026-06-01", Pass},
		{"refuse", heads{Some[int64](9)}, "2026-06-01", Refuse},
		{"known to be none", heads{Some[int64](0)}, "2026-06-01", Refuse},
		{"missing", heads{}, "2026-06-01", Undecided},
		{"first day", heads{Some[int64](9)}, "2026-01-01", Refuse},
		{"day before", heads{Some[int64](9)}, "2025-12-31", NotYetInForce},
		{"last day", heads{Some[int64](9)}, "2026-12-31", Refuse},
		{"repealed", heads{Some[int64](9)}, "2027-01-01", NotApplicable},
		{"no date", heads{Some[int64](10)}, "", Undecided},
	} {
		v := r.Judge(c.facts, c.on, Settings{})
		if v.Outcome != c.want || v.Rule != "TE-01" || v.Cite() != "《测试法》第十二条" || v.On != c.on {
			t.Errorf("%s: %+v, want %s", c.name, v, c.want)
		}
		if (v.Outcome == Undecided) != (len(v.Missing) > 0) {
			t.Errorf("%s: missing %v", c.name, v.Missing)
		}
	}
}

func TestOnlyTheLawItselfRefuses(t *testing.T) {
	bad := heads{Some[int64](9)}
	adopt := term(77, Adoption("TE-01", "").Name, 1, Town, "2026-03-01")
	for _, c := range []struct {
		confidence Confidence
		ground     Ground
		on         calendar.Date
		want       Outcome
		setting    int64
	}{
		{Verified, Statute, "2026-06-01", Refuse, 0},
		{Secondary, Statute, "2026-02-28", Warn, 0},
		{Secondary, Statute, "2026-03-01", Refuse, 77},
		{Known, Statute, "2026-02-28", Warn, 0},
		{Unverified, Statute, "2026-06-01", Refuse, 77},
		{Known, Form, "2026-02-28", Refuse, 0},
		{Known, Control, "2026-02-28", Refuse, 0},
	} {
		v := quorum("TE-01", c.confidence, c.ground).Judge(bad, c.on, NewSettings(adopt))
		if v.Outcome != c.want || v.Setting != c.setting {
			t.Errorf("%s %s on %s: %s by act %d, want %s by %d", c.confidence, c.ground, c.on, v.Outcome, v.Setting, c.want, c.setting)
		}
		if (v.Note != "") != (c.want == Warn) {
			t.Errorf("%s %s: note %q", c.confidence, c.ground, v.Note)
		}
	}
	if v := quorum("TE-02", Known, Statute).Judge(bad, "2026-06-01", NewSettings(adopt)); v.Outcome != Warn {
		t.Errorf("the adoption of one rule made another refuse: %+v", v)
	}
}

func TestVersionsByDate(t *testing.T) {
	old, now := quorum("TE-01", Verified, Statute), quorum("TE-01", Verified, Statute)
	old.Version, old.From, old.Until = 1, "2020-01-01", "2026-01-01"
	now.Version = 2
	line := Versions[heads]{old, now}
	for _, c := range []struct {
		on      calendar.Date
		version int
		want    Outcome
	}{
		{"2019-12-31", 1, NotYetInForce}, {"2020-01-01", 1, Refuse}, {"2025-12-31", 1, Refuse},
		{"2026-01-01", 2, Refuse}, {"2027-01-01", 2, NotApplicable},
	} {
		if v := line.Judge(heads{Some[int64](9)}, c.on, Settings{}); v.Version != c.version || v.Outcome != c.want {
			t.Errorf("%s: version %d says %s, want %d %s", c.on, v.Version, v.Outcome, c.version, c.want)
		}
	}
	if n := len(line.Entries()); n != 2 {
		t.Errorf("%d entries", n)
	}
}

func TestFrozenNames(t *testing.T) {
	v := Verdict{Rule: "TE-01", Version: 1, Outcome: Warn, Source: "a", Article: "b", On: "2026-01-01", Given: "c", Need: "d", Remedy: "e",
		Missing: []string{"f"}, Setting: 7, Note: "g"}
	got, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"rule":"TE-01","version":1,"outcome":"warn","source":"a","article":"b","on":"2026-01-01","given":"c","need":"d","remedy":"e","missing":["f"],"setting":7,"note":"g"}`
	if string(got) != want {
		t.Errorf("a verdict is sealed as\n%s\nwant\n%s", got, want)
	}
	got, err = json.Marshal(SetSetting{"k", 1, Charter, 2, "2026-01-01", "2027-01-01", "c"})
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"key":"k","value":1,"level":"charter","unit":2,"from":"2026-01-01","until":"2027-01-01","citation":"c"}`; string(got) != want {
		t.Errorf("a setting is sealed as\n%s\nwant\n%s", got, want)
	}
}

func TestVerdictText(t *testing.T) {
	v := quorum("TE-01", Secondary, Statute).Judge(heads{Some[int64](9)}, "2026-06-01", Settings{})
	for _, part := range []string{"提醒：到会9人", "要求：不少于10人", "可以：另行召开", "采纳", "（《测试法》第十二条）"} {
		if !strings.Contains(v.Text(), part) {
			t.Errorf("%q lacks %q", v.Text(), part)
		}
	}
	missing := quorum("TE-01", Verified, Statute).Judge(heads{}, "2026-06-01", Settings{})
	if !strings.Contains(missing.Text(), "缺少：到会人数") {
		t.Errorf("%q does not name the missing fact", missing.Text())
	}
	for _, o := range []Outcome{Pass, Refuse, Warn, NotApplicable, NotYetInForce, Undecided} {
		if o.Chinese() == string(o) {
			t.Errorf("%s has no Chinese name", o)
		}
	}
}
