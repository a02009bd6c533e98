package rulebook

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"cunju/internal/law"
)

var (
	ruleID  = regexp.MustCompile(`^(V|R|P|D|C|A|L|M|X|S|T|I)[A-Z]-\d{2}(-[a-z]+)?$`)
	chinese = regexp.MustCompile(`\p{Han}`)
	latin   = regexp.MustCompile(`[A-Za-z]{2,}`)
)

// TestEveryRuleIsWellFormed is the linter of rules.
func TestEveryRuleIsWellFormed(t *testing.T) {
	seen := map[string]law.Info{}
	for _, e := range All() {
		t.Run(fmt.Sprintf("%s v%d", e.ID, e.Version), func(t *testing.T) {
			if !ruleID.MatchString(e.ID) {
				t.Errorf("ID is not of the form XX-00 or XX-00-word")
			}
			if e.Version < 1 || !chinese.MatchString(e.Title) {
				t.Errorf("version %d, title %q", e.Version, e.Title)
			}
			if e.Source.Key == "" || e.Source.Title == "" || e.Source.Short == "" {
				t.Errorf("source %+v is incomplete", e.Source)
			}
			if e.Ground == law.Statute && e.Confidence == law.Verified && e.Article == "" {
				t.Error("a rule read in the law itself names its article")
			}
			if e.Ground == law.Statute && e.Confidence == law.Verified && e.From == "" {
				t.Error("a rule read in the law itself says since when it holds")
			}
			if e.From != "" && !e.From.Valid() || e.Until != "" && (!e.Until.Valid() || e.Until <= e.From) {
				t.Errorf("in force from %q until %q", e.From, e.Until)
			}
			if e.From != "" && e.From < e.Source.From {
				t.Errorf("in force from %s, before its source (%s)", e.From, e.Source.From)
			}
			if e.Confidence.Chinese() == string(e.Confidence) || !slices.Contains([]law.Ground{law.Statute, law.Form, law.Control}, e.Ground) {
				t.Errorf("confidence %q, ground %q", e.Confidence, e.Ground)
			}
			for _, k := range e.Keys {
				if !slices.Contains(law.Keys(), k) {
					t.Errorf("reads %s, which is not in the registry", k.Name)
				}
			}
			last, again := seen[e.ID]
			if again && (e.Version != last.Version+1 || last.Until == "" || e.From < last.Until) {
				t.Errorf("version %d from %q follows version %d until %q", e.Version, e.From, last.Version, last.Until)
			}
			if !again && e.Version != 1 && e.Until == "" {
				t.Errorf("version %d comes before any other in the list", e.Version)
			}
		})
		seen[e.ID] = e.Info
	}
}

// TestEveryOutcomeHasACase judges all worked cases and wants one for every
// outcome that a rule says it can give.
func TestEveryOutcomeHasACase(t *testing.T) {
	for _, e := range All() {
		t.Run(fmt.Sprintf("%s v%d", e.ID, e.Version), func(t *testing.T) {
			have := map[law.Outcome]bool{}
			names := map[string]bool{}
			for _, c := range e.Cases {
				if names[c.Name] || !chinese.MatchString(c.Name) {
					t.Errorf("case %q: name used twice or not Chinese", c.Name)
				}
				names[c.Name] = true
				v := e.Run(c)
				have[v.Outcome] = true
				if v.Outcome != c.Want {
					t.Errorf("%s: %s, want %s: %s", c.Name, v.Outcome, c.Want, v.Text())
				}
				wellSaid(t, c.Name, v)
			}
			if !have[law.Pass] || !have[law.Refuse] && !have[law.Warn] {
				t.Error("no case that passes, or none that fails")
			}
			for _, o := range e.Can {
				if !have[o] {
					t.Errorf("says it can give %s, but no case does", o)
				}
			}
			if e.From != "" && !slices.Contains(e.Can, law.NotYetInForce) {
				t.Error("has a day of entry into force, but no case before it")
			}
		})
	}
}

// wellSaid holds the texts of a verdict to what a clerk can use.
func wellSaid(t *testing.T, name string, v law.Verdict) {
	t.Helper()
	if v.Source == "" || v.Given == "" && len(v.Missing) == 0 {
		t.Errorf("%s: the verdict does not say what was given: %+v", name, v)
	}
	if v.Outcome != law.NotApplicable && v.Need == "" {
		t.Errorf("%s: the verdict does not say what is needed: %+v", name, v)
	}
	if (v.Outcome == law.Refuse || v.Outcome == law.Warn || v.Outcome == law.Undecided) && v.Remedy == "" {
		t.Errorf("%s: the verdict does not say what can be done: %+v", name, v)
	}
	if (v.Outcome == law.Undecided) != (len(v.Missing) > 0) {
		t.Errorf("%s: %s with missing facts %v", name, v.Outcome, v.Missing)
	}
	if words := latin.FindAllString(v.Given+v.Need+v.Remedy+v.Note+strings.Join(v.Missing, ""), -1); len(words) > 0 {
		t.Errorf("%s: the verdict speaks of %v", name, words)
	}
}

// TestMissingFactsAreNeverGoodFacts leaves out each fact of each case, alone and
// all together: a rule must still give one of its outcomes, and with all facts
// missing it never passes.
func TestMissingFactsAreNeverGoodFacts(t *testing.T) {
	for _, e := range All() {
		for _, c := range e.Cases {
			fields := optional(c.Facts)
			for _, left := range append(single(fields), fields) {
				if len(left) == 0 {
					continue
				}
				facts := without(c.Facts, left)
				v := e.Judge(facts, c.On, law.NewSettings(c.Local...))
				if !slices.Contains(e.Can, v.Outcome) && !(v.Outcome == law.NotApplicable && e.Until != "") {
					t.Errorf("%s v%d, %s without %v: %s is not among its outcomes", e.ID, e.Version, c.Name, left, v.Outcome)
				}
				if len(left) == len(fields) && (v.Outcome == law.Pass || v.Outcome == law.Refuse || v.Outcome == law.Warn) {
					t.Errorf("%s v%d, %s without any fact: %s", e.ID, e.Version, c.Name, v.Outcome)
				}
				wellSaid(t, fmt.Sprintf("%s v%d, %s without %v", e.ID, e.Version, c.Name, left), v)
			}
		}
	}
}

// optional lists the fields of a facts struct that may be missing.
func optional(facts any) []int {
	var fields []int
	for i := range reflect.TypeOf(facts).NumField() {
		if strings.HasPrefix(reflect.TypeOf(facts).Field(i).Type.Name(), "Opt[") {
			fields = append(fields, i)
		}
	}
	return fields
}

func single(fields []int) [][]int {
	var each [][]int
	for _, f := range fields {
		each = append(each, []int{f})
	}
	return each
}

func without(facts any, fields []int) any {
	v := reflect.New(reflect.TypeOf(facts)).Elem()
	v.Set(reflect.ValueOf(facts))
	for _, f := range fields {
		v.Field(f).SetZero()
	}
	return v.Interface()
}
