package oversight

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/disclosure"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/journal"
	"cunju/internal/web/ui"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// titled says what a case is about. Where it is about a notice it is the notice's title as it reads now: acts
// keep only its number, so that a title that is covered is covered here too.
const titled = `COALESCE((SELECT '《' || n.title || '》' || CASE WHEN c.line > 0 THEN '第 ' || c.line || ' 行' ELSE '' END FROM disclosure_notice n
	WHERE n.town = c.town AND n.id = c.notice AND c.notice > 0 AND (c.sort IN ('question', 'complaint') OR c.title = '第 ' || c.notice || ' 号公示')), c.title)`

const columns = `c.id, c.sort, c.unit, c.notice, c.line, ` + titled + `, c.private, c.channel, c.asker, c.opened, c.next, c.due, c.closed, c.outcome, c.doubted, c.public_act, c.related, c.item`

// find returns one case of a sort.
func find(ctx context.Context, q db.Querier, town, sort string, id int64) (Row, error) {
	return db.One[Row](ctx, q, `SELECT `+columns+` FROM oversight_case c WHERE c.town = $1 AND c.id = $2 AND c.sort = $3`, town, id, sort)
}

// ofNotice lists the questions about a notice and the findings on it that were made public: what waits longest first, then the
// newest answers.
func ofNotice(ctx context.Context, q db.Querier, town string, notice int64) ([]Row, error) {
	return db.All[Row](ctx, q, `SELECT `+columns+` FROM oversight_case c WHERE c.town = $1 AND c.notice = $2
		AND (c.sort = 'question' OR c.sort = 'finding' AND c.public_act > 0)
		ORDER BY CASE WHEN c.sort = 'question' AND c.closed = '' THEN 0 ELSE 1 END, CASE WHEN c.closed = '' THEN c.id ELSE -c.id END`, town, notice)
}

// Tally counts the questions of a year.
type Tally struct {
	Asked, Answered, Waiting, Late int64
}

// TallyOf counts the questions to the units of an area that were asked from a day on.
func TallyOf(ctx context.Context, q db.Querier, town string, area int64, from, today calendar.Date) (Tally, error) {
	return db.One[Tally](ctx, q, `SELECT COUNT(*), COALESCE(SUM(CASE WHEN c.closed <> '' THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN c.closed = '' THEN 1 ELSE 0 END), 0),
		COALESCE(SUM(CASE WHEN c.closed = '' AND c.due < $4 THEN 1 ELSE 0 END), 0)
		FROM oversight_case c WHERE c.town = $1 AND c.sort = 'question' AND c.opened >= $3 AND EXISTS (
			SELECT 1 FROM org_closure k WHERE k.town = $1 AND k.line = 'any' AND k.ancestor = $2 AND k.descendant = c.unit)`, town, area, string(from), string(today))
}

// ofArea lists the questions to the units of an area: what waits longest first, then the newest answers.
func ofArea(ctx context.Context, q db.Querier, town string, area int64, from calendar.Date, skip int64, limit int) ([]Row, error) {
	return db.All[Row](ctx, q, `SELECT `+columns+` FROM oversight_case c WHERE c.town = $1 AND c.sort = 'question' AND c.opened >= $3 AND EXISTS (
			SELECT 1 FROM org_closure k WHERE k.town = $1 AND k.line = 'any' AND k.ancestor = $2 AND k.descendant = c.unit)
		ORDER BY CASE WHEN c.closed = '' THEN 0 ELSE 1 END, CASE WHEN c.closed = '' THEN c.id ELSE -c.id END LIMIT $4 OFFSET $5`, town, area, string(from), int64(limit), skip)
}

// PublicAnswers lists the questions to the units of an area that were asked from a day on and answered in public, the newest first.
func PublicAnswers(ctx context.Context, q db.Querier, town string, area int64, from calendar.Date, limit int) ([]Row, error) {
	return db.All[Row](ctx, q, `SELECT `+columns+` FROM oversight_case c WHERE c.town = $1 AND c.sort = 'question' AND c.opened >= $3 AND c.public_act > 0 AND EXISTS (
			SELECT 1 FROM org_closure k WHERE k.town = $1 AND k.line = 'any' AND k.ancestor = $2 AND k.descendant = c.unit)
		ORDER BY c.id DESC LIMIT $4`, town, area, string(from), int64(limit))
}

// mine lists what a person asked and complained of, newest first: for that person alone.
func mine(ctx context.Context, q db.Querier, town string, person int64) ([]Row, error) {
	return db.All[Row](ctx, q, `SELECT `+columns+` FROM oversight_case c WHERE c.town = $1 AND c.asker = $2 AND c.asker > 0 ORDER BY c.id DESC`, town, person)
}

// relatedTo is the case of a sort that an entity led to or came from, −1 for none.
func relatedTo(ctx context.Context, q db.Querier, town, sort string, id int64) (int64, error) {
	ids, err := db.All[int64](ctx, q, `SELECT id FROM oversight_case WHERE town = $1 AND related = $2 AND sort = $3`, town, id, sort)
	if err != nil || len(ids) == 0 {
		return -1, err
	}
	return ids[0], nil
}

// filter narrows the list at the desk.
type filter struct {
	Sort    string
	Anchors []int64 // units under which the reader may see them
	Area    int64   // −1 for all
	State   string  // open, late, closed; "" for all
	Words   string
	Before  int64 // 0 from the newest
	Limit   int
	Today   calendar.Date
}

func (f filter) where(town string) (string, []any) {
	args := []any{town, f.Sort}
	arg := func(a any) string {
		args = append(args, a)
		return "$" + strconv.Itoa(len(args))
	}
	var in []string
	for _, a := range f.Anchors {
		in = append(in, arg(a))
	}
	under := func(list string) string {
		return ` AND EXISTS (SELECT 1 FROM org_closure k WHERE k.town = $1 AND k.line = 'any' AND k.descendant = c.unit AND k.ancestor IN (` + list + `))`
	}
	cond := `c.town = $1 AND c.sort = $2` + under(strings.Join(in, ", "))
	if f.Area >= 0 {
		cond += under(arg(f.Area))
	}
	switch f.State {
	case "open":
		cond += ` AND c.closed = ''`
	case "late":
		cond += ` AND c.closed = '' AND c.due <> '' AND c.due < ` + arg(string(f.Today))
	case "closed":
		cond += ` AND c.closed <> ''`
	}
	if f.Words != "" {
		cond += ` AND ` + titled + ` LIKE ` + arg(db.Contains(f.Words)) + ` ESCAPE '!'`
	}
	return cond, args
}

// list returns cases of a sort, newest first, and how many there are in all.
func list(ctx context.Context, q db.Querier, town string, f filter) (rows []Row, total int64, err error) {
	if len(f.Anchors) == 0 {
		return nil, 0, nil
	}
	cond, args := f.where(town)
	if total, err = db.One[int64](ctx, q, `SELECT COUNT(*) FROM oversight_case c WHERE `+cond, args...); err != nil {
		return nil, 0, err
	}
	if f.Before > 0 {
		args = append(args, f.Before)
		cond += ` AND c.id < $` + strconv.Itoa(len(args))
	}
	args = append(args, int64(f.Limit))
	rows, err = db.All[Row](ctx, q, `SELECT `+columns+` FROM oversight_case c WHERE `+cond+` ORDER BY c.id DESC LIMIT $`+strconv.Itoa(len(args)), args...)
	return rows, total, err
}

// linesOf are the lines of a published notice, each in a few words, as its public act has them.
func linesOf(ctx context.Context, q db.Querier, town string, row disclosure.Row) ([]string, error) {
	if row.Published == "" {
		return nil, nil
	}
	p, a, err := disclosure.Published(ctx, q, town, row)
	if a.Erased {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []string
	if f := p.Content.Finance; f != nil {
		for _, l := range f.Lines {
			out = append(out, fmt.Sprintf("%s %s 元", l.Item, ui.Money(l.In+l.Out)))
		}
	} else if t := p.Content.Table; t != nil {
		for _, r := range t.Rows {
			out = append(out, strings.Join(r[:min(len(r), 3)], " "))
		}
	}
	return out, nil
}

// reply reads what a public answer says from its act; ok is false when it was erased.
func reply(ctx context.Context, q db.Querier, town string, act int64) (r Reply, ok bool, err error) {
	a, err := journal.Read(ctx, q, town, act)
	if err != nil || a.Erased {
		return r, false, err
	}
	return r, true, json.Unmarshal(a.Body, &r)
}

// AboutDue are the newest findings about due items, by item.
func AboutDue(ctx context.Context, q db.Querier, town string, items []int64) (map[int64]catalogue.Finding, error) {
	out := map[int64]catalogue.Finding{}
	if len(items) == 0 {
		return out, nil
	}
	list, args := db.In(2, items)
	rows, err := db.All[struct {
		Item, ID int64
		Opened   calendar.Date
		Closed   calendar.Date
	}](ctx, q, `SELECT item, id, opened, closed FROM oversight_case WHERE town = $1 AND item > 0 AND sort = 'finding' AND item IN (`+list+`) ORDER BY id`, append([]any{town}, args...)...)
	for _, r := range rows {
		out[r.Item] = catalogue.Finding{Href: path(SortFinding, r.ID), On: r.Opened, Closed: r.Closed}
	}
	return out, err
}

// Answers are the questions about a notice that were answered in public by acts before a size of the log, in order, as everybody
// reads them; what was erased is left out.
func Answers(ctx context.Context, q db.Querier, town string, notice, size int64) (out []Reply, err error) {
	rows, err := ofNotice(ctx, q, town, notice)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		if row.Sort != SortQuestion || row.PublicAct <= 0 || row.PublicAct >= size {
			continue
		}
		r, ok, err := reply(ctx, q, town, row.PublicAct)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, r)
		}
	}
	return out, nil
}

// Quoting lists the public answers and summaries about a notice that say what is being covered in it.
func Quoting(ctx context.Context, q db.Querier, town string, notice int64, says func(body json.RawMessage) bool) ([]int64, error) {
	rows, err := ofNotice(ctx, q, town, notice)
	if err != nil {
		return nil, err
	}
	var acts, list []int64
	for _, row := range rows {
		if row.PublicAct > 0 {
			acts = append(acts, row.PublicAct)
		}
	}
	said, err := journal.ReadEach(ctx, q, town, acts)
	for _, n := range acts {
		if a, ok := said[n]; ok && !a.Erased && says(a.Body) {
			list = append(list, n)
		}
	}
	return list, err
}
