package intake

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"cunju/internal/desk"
	"cunju/internal/web/ui"
)

// question is what must be read before a batch is recorded, and the batch that it stands in the way of.
type question struct {
	*desk.Obstacle
	work
}

// doubt is a warning with the row that it is about.
type doubt struct {
	ui.Verdict
	Row  int
	Name string // of the row
}

// doubts are the first ones of an upload, with the names of their rows.
func (u *upload) doubts(ctx context.Context) ([]doubt, error) {
	at := map[int]int{}
	for i := range u.asked.plan.Len() {
		if u.asked.chosen[i] {
			at[u.asked.plan.Item(i).Row] = i
		}
	}
	var out []doubt
	for k, v := range u.asked.Doubts[:min(len(u.asked.Doubts), problemsShown)] {
		d := doubt{Verdict: v, Row: u.asked.Rows[k]}
		if i, ok := at[d.Row]; ok {
			line, err := u.asked.plan.Line(ctx, i)
			if err != nil {
				return nil, err
			}
			d.Name = line.Cells[1]
		}
		out = append(out, d)
	}
	return out, nil
}

// said is the sentence above the doubts.
func (q *question) said() string {
	if q.try {
		return fmt.Sprintf("试办：这 %d %s都可以%s，但有 %d 条提醒，%s时要先看过。试办没有记录任何内容。", q.n, q.words.Unit, q.words.Do, len(q.Doubts), q.words.Do)
	}
	return fmt.Sprintf("还没有%s：这 %d %s有 %d 条提醒，请先看过。", q.words.Do, q.n, q.words.Unit, len(q.Doubts))
}

// counts says how many doubts there are of each rule.
func (q *question) counts() string {
	n := map[string]int{}
	for _, v := range q.Doubts {
		n[v.Rule]++
	}
	var parts []string
	for _, rule := range slices.Sorted(maps.Keys(n)) {
		parts = append(parts, fmt.Sprintf("%s %d 条", rule, n[rule]))
	}
	return strings.Join(parts, "，")
}

// text is what a doubt says in one cell.
func (d doubt) text() string {
	return strings.Join(slices.DeleteFunc([]string{strings.TrimRight(d.Given, "。"), strings.TrimRight(d.Need, "。"), d.Remedy}, func(s string) bool { return s == "" }), "。")
}
