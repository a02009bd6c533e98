package disclosure

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/control"
	"cunju/internal/law/pipl"
)

// Propose asks that parts of a published notice be covered. The reason must not repeat what is to be covered.
func Propose(ctx context.Context, w *journal.Writer, id int64, p Proposal, on calendar.Date) (int64, error) {
	n, err := load(ctx, w, id)
	if err != nil {
		return 0, err
	}
	if n.Published == nil {
		return 0, journal.Refuse("《%s》还没有公布，直接修改草稿即可。", n.Title)
	}
	_, words, _, err := n.Content.without(p.Marks)
	if err != nil {
		return 0, journal.RefuseField("cell", "要遮盖的地方和现在的公示对不上。没有保存，请重新打开本页再选。")
	}
	if left := n.Content.left(p.Marks); len(left) > 0 {
		return 0, journal.RefuseField("words", "这些字在公示的别处还有：%s。没有保存，请一并遮盖；在附件名里的，请勾选那个附件。", join(left))
	}
	if says(p.Reason, words) {
		return 0, journal.RefuseField("reason", "说明里写了要遮盖的字。说明要长期公开，请换一个说法。")
	}
	return journal.Add(ctx, w, KindPropose, on, []int64{id}, p, forget(p.Ground, on))
}

// says reports whether a text has one of the words in it.
func says(text string, words []string) bool {
	return slices.ContainsFunc(words, func(s string) bool { return s != "" && strings.Contains(text, s) })
}

func forget(ground string, on calendar.Date) law.Verdict {
	return pipl.MayForget.Judge(pipl.Forgetting{Ground: law.Some(ground), Holds: law.Some("")}, on, law.Settings{})
}

// Conceal carries out what was proposed, decided by another than the proposer: the notice reads as covered from now on, and the
// payloads of all its acts that carried the words are deleted, in one transaction.
func Conceal(ctx context.Context, w *journal.Writer, id int64, on calendar.Date, rooms ...Room) (int64, error) {
	n, err := load(ctx, w, id)
	if err != nil {
		return 0, err
	}
	if n.Proposal == nil {
		return 0, journal.Refuse("《%s》没有等待决定的遮盖提议。", n.Title)
	}
	out, words, places, err := n.Content.without(n.Proposal.Marks)
	if err != nil {
		return 0, journal.Refuse("提议遮盖的地方和现在的公示对不上。请不予遮盖，再重新提出。")
	}
	if len(n.Content.left(n.Proposal.Marks)) > 0 {
		return 0, journal.Refuse("要遮盖的字在公示的别处还有。请不予遮盖，再重新提出。")
	}
	told, err := tellers(ctx, w, id, func(kind string, body json.RawMessage) bool {
		return bodySays(body, words) || n.reworded(kind, body)
	})
	if err != nil {
		return 0, err
	}
	if told, err = quoted(ctx, w, w.Town, id, told, func(body json.RawMessage) bool { return bodySays(body, words) }, rooms); err != nil {
		return 0, err
	}
	apart := control.FourEyes.Judge(control.Hands{Author: law.Some(n.Proposal.Person), Approver: law.Some(w.By().Person)}, on, law.Settings{})
	b := Redact{Places: places, Ground: n.Proposal.Ground, Reason: n.Proposal.Reason, Proposal: n.Proposal.Act, Removed: removed(n.Content, out)}
	return n.conceal(ctx, w, id, out, words, told, rooms, b, on, apart, forget(b.Ground, on))
}

// quoted adds to the acts that a covering deletes those of other rooms that say what is covered.
func quoted(ctx context.Context, q db.Querier, town string, id int64, told []int64, says func(body json.RawMessage) bool, rooms []Room) ([]int64, error) {
	for _, r := range rooms {
		if r.Quotes == nil {
			continue
		}
		more, err := r.Quotes(ctx, q, town, id, says)
		if err != nil {
			return nil, err
		}
		told = append(told, more...)
	}
	return told, nil
}

// reworded reports whether a draft says something of its own where the open proposal covers a whole text.
func (n *Notice) reworded(kind string, body json.RawMessage) bool {
	if kind != KindDraft.Name && kind != KindRevise.Name {
		return false
	}
	var d Revise // a draft has its content under the same name
	return json.Unmarshal(body, &d) != nil || n.Content.rewords(n.Proposal.Marks, d.Content)
}

// CoverList covers a list of recipients whose last day has passed. The public act goes, and with it what was said in public that
// names one of them; the drafts, which nobody but the offices in charge can read, stay as the village's own record.
func CoverList(ctx context.Context, w *journal.Writer, id int64, on calendar.Date, rooms ...Room) (int64, error) {
	n, err := load(ctx, w, id)
	if err != nil {
		return 0, err
	}
	a := n.Content.Aid
	if n.Published == nil || a == nil || a.Covered != 0 || on <= a.Last {
		return 0, journal.Refuse("《%s》的名单还没有到期。", n.Title)
	}
	told, err := tellers(ctx, w, id, func(kind string, _ json.RawMessage) bool {
		return slices.Contains([]string{KindPublish.Name, KindRelease.Name, KindRedact.Name, KindRedactIn.Name}, kind)
	})
	if err != nil {
		return 0, err
	}
	names := a.names()
	if told, err = quoted(ctx, w, w.Town, id, told, func(body json.RawMessage) bool { return bodySays(body, names) }, rooms); err != nil {
		return 0, err
	}
	b := Redact{Places: []string{"名单"}, Ground: pipl.TermOver, Reason: "名单公开到" + a.Last.Chinese() + "为止，期满自动遮盖。"}
	return n.conceal(ctx, w, id, n.Content.listCovered(), nil, told, rooms, b, on, forget(b.Ground, on))
}

// names are the names on a list of recipients, as they stand there; a single character is no name.
func (a *Aid) names() (list []string) {
	for _, r := range a.Rows {
		if name := strings.TrimSpace(r.Name); len([]rune(name)) > 1 {
			list = append(list, name)
		}
	}
	return list
}

// conceal records a covering and deletes what carried the words.
func (n *Notice) conceal(ctx context.Context, w *journal.Writer, id int64, out Content, words []string, told []int64, rooms []Room, b Redact, on calendar.Date, verdicts ...law.Verdict) (int64, error) {
	before, err := Find(ctx, w, w.Town, id)
	if err != nil {
		return 0, err
	}
	p, err := n.said(ctx, w)
	if err != nil {
		return 0, err
	}
	p.Content = out
	if p.Urgent != nil {
		p.Urgent.Reason = hush(p.Urgent.Reason, words)
	}
	b.Publish = p
	if b.Deleted, err = deletedBy(ctx, w, told); err != nil {
		return 0, err
	}
	act, err := journal.Add(ctx, w, within(n, KindRedact, KindRedactIn), on, []int64{id}, b, verdicts...)
	if err == nil && len(told) > 0 {
		_, err = w.Erase(ctx, journal.Erasure{Targets: told, Basis: "《个人信息保护法》第四十七条，" + groundTitle(b.Ground) + "：" + b.Reason})
	}
	for _, r := range rooms {
		if err == nil && r.Covered != nil {
			err = r.Covered(ctx, w, before, act, on)
		}
	}
	return act, err
}

// deletedBy is what an act of covering names as deleted: the acts themselves and, where an earlier covering is among them, what that
// one named. Otherwise nobody outside could tell any more why those are gone.
func deletedBy(ctx context.Context, q *journal.Writer, told []int64) ([]int64, error) {
	all := slices.Clone(told)
	for _, n := range told {
		a, err := journal.Read(ctx, q, q.Town, n)
		if err != nil {
			return nil, err
		}
		earlier, _ := Deleted(a.Kind, a.Body)
		all = append(all, earlier...)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// hush is a text with the words covered, longer ones first.
func hush(text string, words []string) string {
	words = slices.Clone(words)
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	for _, s := range words {
		if s != "" {
			text = strings.ReplaceAll(text, s, cover)
		}
	}
	return text
}

// said is the publication as it reads now.
func (n *Notice) said(ctx context.Context, q *journal.Writer) (Publish, error) {
	a, err := journal.Read(ctx, q, q.Town, n.ShownAct)
	if err != nil {
		return Publish{}, err
	}
	return publishOf(a.Kind, a.Body)
}

// publishOf reads a publication from its act, or from the covering that came after it.
func publishOf(kind string, body json.RawMessage) (Publish, error) {
	if kind == KindRedact.Name || kind == KindRedactIn.Name {
		var r Redact
		err := json.Unmarshal(body, &r)
		return r.Publish, err
	}
	var p Publish
	err := json.Unmarshal(body, &p)
	return p, err
}

// tellers are the acts of a notice's history whose bodies a covering deletes, in order.
func tellers(ctx context.Context, q *journal.Writer, id int64, tells func(kind string, body json.RawMessage) bool) ([]int64, error) {
	acts, err := journal.Acts(ctx, q, q.Town, id)
	if err != nil {
		return nil, err
	}
	may := journal.Erasable(acts)
	var out []int64
	for _, a := range acts {
		if slices.Contains(may, a.N) && tells(a.Kind, a.Body) {
			out = append(out, a.N)
		}
	}
	return out, nil
}

// bodySays reports whether one of the words stands in a text of a body. Bodies are searched as the values that they hold: the
// encoding may write a character in more than one way.
func bodySays(body json.RawMessage, words []string) bool {
	var v any
	if json.Unmarshal(body, &v) != nil {
		return true // nobody can tell
	}
	var in func(v any) bool
	in = func(v any) bool {
		switch v := v.(type) {
		case string:
			return says(v, words)
		case []any:
			return slices.ContainsFunc(v, in)
		case map[string]any:
			for _, x := range v {
				if in(x) {
					return true
				}
			}
		}
		return false
	}
	return in(v)
}

// Deleted says which acts' payloads a public act of covering deleted. Whoever keeps a mirror finds their bodies gone for a reason
// that is itself sealed; ok is false for other kinds.
func Deleted(kind string, body json.RawMessage) (acts []int64, ok bool) {
	if kind != KindRedact.Name {
		return nil, false
	}
	var r Redact
	if json.Unmarshal(body, &r) != nil {
		return nil, false
	}
	return r.Deleted, true
}

// DeletedOnly reports whether the contents of public acts of this kind are deleted in no other way than by a covering, which names
// them.
func DeletedOnly(kind string) bool {
	return slices.Contains([]string{KindPublish.Name, KindPost.Name, KindTakeDown.Name, KindConfirm.Name, KindRedact.Name}, kind)
}

// Ended lists published notices whose list of recipients has passed its last day and is not covered yet.
func Ended(ctx context.Context, q db.Querier, town string, today calendar.Date, limit int) ([]Row, error) {
	return db.All[Row](ctx, q, `SELECT `+columns+` FROM disclosure_notice n WHERE n.town = $1 AND n.list_until <> '' AND n.list_until < $2 AND n.published <> ''
		ORDER BY n.id LIMIT $3`, town, string(today), int64(limit))
}

// Scrub takes what coverings deleted out of the database files, when a covering later than the act done is on record. It returns
// the latest covering whose words are gone, to be given back the next time; it fails while others read an older state.
func Scrub(ctx context.Context, d *db.DB, town string, done int64) (int64, error) {
	last, err := db.One[int64](ctx, d, `SELECT COALESCE(MAX(shown_act), 0) FROM disclosure_notice WHERE town = $1 AND covered <> ''`, town)
	if err != nil || last <= done {
		return done, err
	}
	if err := d.Scrub(ctx); err != nil {
		return done, err
	}
	return last, nil
}
