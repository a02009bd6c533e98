package desk

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/desk/body"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// Fix is a correction or an annulment as pages tell it: of which act, by whom, why, and what reads otherwise since.
type Fix struct {
	Act    journal.Act
	Target journal.Act // as it was recorded
	Title  string      // of the target
	Void   bool
	Reason string
	Who    string
	Diff   []ui.DiffRow // what differs between the reading before and after; none for an annulment
}

// Heading says what was done: 更正第 7 号“设立组织”.
func (f Fix) Heading() string {
	what := "更正"
	if f.Void {
		what = "撤销误录"
	}
	return what + "第 " + itoa(f.Target.N) + " 号“" + f.Title + "”"
}

// Href is the page of the correction.
func (f Fix) Href() string { return actPath(f.Act.N) }

// TargetHref is the page of the act that it is about.
func (f Fix) TargetHref() string { return actPath(f.Target.N) }

// targetOf is the act that a correction or an annulment is about, −1 for other acts.
func targetOf(a journal.Act) (n int64, reason string) {
	t := struct {
		Target int64
		Reason string
	}{Target: -1}
	if a.Kind != journal.Correct.Name && a.Kind != journal.Void.Name || json.Unmarshal(a.Body, &t) != nil {
		return -1, ""
	}
	return t.Target, t.Reason
}

// Fixes tells the corrections and annulments of a history, oldest first. The caller has checked that the reader may read the
// bodies.
func (h *House) Fixes(r *web.Request, acts []journal.Act) ([]Fix, error) {
	var out []Fix
	type pair struct{ before, after any }
	var bodies []pair
	var numbers []map[string][]int64
	var done []journal.Act
	for i, a := range acts {
		n, reason := targetOf(a)
		if n < 0 {
			continue
		}
		before, stood := journal.AsCorrected(acts[:i], n)
		after, stands := journal.AsCorrected(acts[:i+1], n)
		f := Fix{Act: a, Void: a.Kind == journal.Void.Name, Reason: reason}
		for _, t := range acts[:i] {
			if t.N == n {
				f.Target, f.Title = t, h.Journal.Book().Title(t.Kind)
			}
		}
		var p pair
		if stands && !f.Target.Erased {
			if !stood { // voided before: the correction brings it back
				before = f.Target
			}
			if before.Effective != after.Effective {
				f.Diff = append(f.Diff, ui.DiffRow{Label: "生效日期", Old: before.Effective.Chinese(), New: after.Effective.Chinese()})
			}
			var err error
			if p.before, err = h.Journal.Book().Decode(f.Target.Kind, before.Body); err != nil {
				return nil, err
			}
			if p.after, err = h.Journal.Book().Decode(f.Target.Kind, after.Body); err != nil {
				return nil, err
			}
			numbers = append(numbers, body.Numbers(p.before), body.Numbers(p.after))
		}
		out, bodies, done = append(out, f), append(bodies, p), append(done, a)
	}
	words, err := h.words(r.Context(), numbers...)
	if err != nil {
		return nil, err
	}
	who, err := h.doers(r, done)
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i].Who = who(out[i].Act.By).Text()
		if p := bodies[i]; p.after != nil {
			out[i].Diff = append(out[i].Diff, body.Compare(words.Show(p.before), words.Show(p.after))...)
		}
	}
	return out, nil
}

// InForce leaves of corrections the last of each act, the newest first: what a page of the entity says plainly.
func InForce(fixes []Fix) []Fix {
	var out []Fix
	for _, f := range slices.Backward(fixes) {
		if !slices.ContainsFunc(out, func(later Fix) bool { return later.Target.N == f.Target.N }) {
			out = append(out, f)
		}
	}
	return out
}

// Flash says a correction in one line, with the way to it.
func (f Fix) Flash() ui.Flash {
	text := "已" + f.Heading()
	between := "："
	for _, d := range f.Diff {
		text += between + d.Label + "由“" + orNothing(d.Old) + "”改为“" + orNothing(d.New) + "”"
		between = "；"
	}
	return ui.Flash{Tone: ui.Info, Text: text + "。", Detail: "原因：" + strings.TrimRight(f.Reason, "。") + "。" + f.Who + "，" + calendar.Instant(f.Act.Recorded),
		Link: ui.Link{Text: "查看第 " + itoa(f.Act.N) + " 号", Href: f.Href()}}
}

func orNothing(s string) string { return cmp.Or(s, "（空）") }
