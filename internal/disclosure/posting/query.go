package posting

import (
	"context"
	"slices"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
)

// find returns a published notice, or a refusal.
func find(ctx context.Context, q db.Querier, town string, id int64) (disclosure.Row, error) {
	n, err := disclosure.Find(ctx, q, town, id)
	if db.Kind(err) == db.NotFound || err == nil && n.Published == "" {
		return n, journal.Refuse("没有找到这张公示，没有登记。请核对网址，或者重新扫纸上的码。")
	}
	return n, err
}

// evidence is one row of what was said of a notice on a day.
type evidence struct {
	ID      int64
	Notice  int64
	Day     calendar.Date
	At      int64
	Witness string
	Answer  string
	Side    string
	Code    int64
	Person  int64
	Mark    string // of the device of who is not logged in
	Sheet   int64  // the covering after which the scanned sheet was printed, 0 for none
}

const evidenceColumns = `e.id, e.notice, e.day, e.at, e.witness, e.answer, e.side, e.code, e.person, e.mark, e.sheet`

func (e evidence) word(covers []Cover) Word {
	return Word{Day: e.Day, At: e.At, Witness: Witness(e.Witness), Answer: Answer(e.Answer), Side: e.Side, Code: e.Code != 0, Old: e.Answer == string(There) && e.old(covers)}
}

// standingOf are the words of a notice that count: whoever spoke twice on a day is held to what he said last. That the old sheet still
// hung after a covering takes nothing back of what he said before.
func standingOf(list []evidence, covers []Cover) []Word {
	type voice struct {
		day    calendar.Date
		person int64
		mark   string
	}
	last := map[voice]int{}
	of := func(e evidence) (voice, bool) {
		known := e.Person != 0 || e.Mark != ""
		return voice{e.Day, e.Person, e.Mark}, known && Witness(e.Witness) != Paper && Witness(e.Witness) != Online
	}
	words := make([]Word, len(list))
	for i, e := range list {
		words[i] = e.word(covers)
		if v, ok := of(e); ok {
			if _, spoken := last[v]; !spoken || !words[i].Old {
				last[v] = i
			}
		}
	}
	var out []Word
	for i, e := range list {
		if v, ok := of(e); !ok || last[v] == i {
			out = append(out, words[i])
		}
	}
	return out
}

// same finds what the witness said last of a notice on a day, when it was the same of the same sheet; −1 else. A word
// with the paper's code is more than one without. Who is not logged in is known by the mark of the device alone.
func same(ctx context.Context, q db.Querier, town string, c CheckIn, person int64, day calendar.Date) (int64, error) {
	if person == 0 && c.Mark == "" {
		return -1, nil
	}
	said, err := db.All[struct {
		ID     int64
		Answer string
		Code   int64
		Sheet  int64
	}](ctx, q, `SELECT id, answer, code, sheet FROM posting_evidence WHERE town = $1 AND notice = $2 AND day = $3 AND witness <> 'online'
		AND person = $4 AND mark = $5 ORDER BY at DESC, id DESC LIMIT 1`, town, c.Notice, string(day), person, c.Mark)
	if err != nil || len(said) == 0 || said[0].Answer != c.Answer || c.Code && (said[0].Code == 0 || said[0].Sheet != c.Sheet) {
		return -1, err
	}
	if k, ok, err := lastCover(ctx, q, town, c.Notice); err != nil || ok && max(k.Act, k.Again) > said[0].ID {
		return -1, err // another sheet should hang since
	}
	return said[0].ID, nil
}

// scans counts the scans of a notice on a day.
func scans(ctx context.Context, q db.Querier, town string, notice int64, day calendar.Date) (int64, error) {
	return db.One[int64](ctx, q, `SELECT COUNT(*) FROM posting_evidence WHERE town = $1 AND notice = $2 AND day = $3 AND witness = 'scan'`, town, notice, string(day))
}

// Waiting finds what waits for a sheet to be hung again, a check-in or a covering; −1 when nothing does.
func Waiting(ctx context.Context, q db.Querier, town string, notice int64) (int64, error) {
	ids, err := db.All[int64](ctx, q, `SELECT m.id FROM (SELECT id FROM posting_evidence WHERE town = $1 AND notice = $2 UNION SELECT id FROM posting_change WHERE town = $1 AND notice = $2) e
		CROSS JOIN matter_matter m WHERE m.town = $1 AND m.id = e.id AND m.procedure IN ($3, $4) AND m.closed = '' ORDER BY m.id LIMIT 1`, town, notice, Procedure.Code, Renewals.Code)
	if err != nil || len(ids) == 0 {
		return -1, err
	}
	return ids[0], nil
}

// atOnce is how many notices one statement asks for.
const atOnce = 400

// evidenceOf lists what was said of notices, by notice in order of recording.
func evidenceOf(ctx context.Context, q db.Querier, town string, notices []int64) (map[int64][]evidence, error) {
	out := map[int64][]evidence{}
	for part := range slices.Chunk(notices, atOnce) {
		list, args := db.In(2, part)
		// The keys first, from the index alone: asked for whole rows at once, SQLite walks through all that was ever said.
		rows, err := db.All[evidence](ctx, q, `SELECT `+evidenceColumns+` FROM (SELECT id, line FROM posting_evidence WHERE town = $1 AND notice IN (`+list+`)) k
			CROSS JOIN posting_evidence e WHERE e.town = $1 AND e.id = k.id AND e.line = k.line ORDER BY e.at, e.id, e.line`, append([]any{town}, args...)...)
		if err != nil {
			return nil, err
		}
		for _, e := range rows {
			out[e.Notice] = append(out[e.Notice], e)
		}
	}
	return out, nil
}

// stayOf is for which days a notice must hang.
func stayOf(n disclosure.Row) Stay {
	return Stay{Posted: n.Posted, Last: n.Last, TakenDown: n.TakenDown}
}

// Of is the report of one notice on a day.
func Of(ctx context.Context, q db.Querier, town string, n disclosure.Row, today calendar.Date) (Report, error) {
	all, err := Reports(ctx, q, town, []disclosure.Row{n}, today)
	if err != nil {
		return Report{}, err
	}
	return all[0], nil
}

// Reports are the reports of notices on a day, in their order.
func Reports(ctx context.Context, q db.Querier, town string, notices []disclosure.Row, today calendar.Date) ([]Report, error) {
	ids := make([]int64, len(notices))
	for i, n := range notices {
		ids[i] = n.ID
	}
	said, err := evidenceOf(ctx, q, town, ids)
	if err != nil {
		return nil, err
	}
	covers, err := coversOf(ctx, q, town, ids)
	if err != nil {
		return nil, err
	}
	out := make([]Report, len(notices))
	for i, n := range notices {
		out[i] = Reckon(stayOf(n), merged(standingOf(said[n.ID], covers[n.ID])), today)
		out[i].Covers = covers[n.ID]
	}
	return out, nil
}

// merged joins words of one day that differ in nothing but the hour: the latest stands for all, with their count.
func merged(words []Word) []Word {
	type key struct {
		day     calendar.Date
		witness Witness
		answer  Answer
		side    string
		code    bool
		old     bool
	}
	at := map[key]int{}
	var out []Word
	for _, w := range words {
		k := key{w.Day, w.Witness, w.Answer, w.Side, w.Code, w.Old}
		if i, ok := at[k]; ok {
			w.Count = out[i].Count + 1
			out[i] = w
			continue
		}
		w.Count = 1
		at[k] = len(out)
		out = append(out, w)
	}
	return out
}

// Year is the posting of a village, a community or the street over a year: the notices whose days touch it, with their reports.
func Year(ctx context.Context, q db.Querier, town string, area int64, year int, today calendar.Date) ([]disclosure.Row, []Report, error) {
	from := calendar.Of(year, 1, 1)
	notices, err := disclosure.Hung(ctx, q, town, area, from, from.AddYears(1).AddDays(-1))
	if err != nil {
		return nil, nil, err
	}
	reports, err := Reports(ctx, q, town, notices, today)
	return notices, reports, err
}

// sealedOn finds the heartbeat of a day, −1 when there is none.
func sealedOn(ctx context.Context, q db.Querier, town string, day calendar.Date) (int64, error) {
	ids, err := db.All[int64](ctx, q, `SELECT id FROM posting_heartbeat WHERE town = $1 AND day = $2 LIMIT 1`, town, string(day))
	if err != nil || len(ids) == 0 {
		return -1, err
	}
	return ids[0], nil
}

// lastSealed is the last day on which the public board was sealed, "" for never.
func lastSealed(ctx context.Context, q db.Querier, town string) (calendar.Date, error) {
	return db.One[calendar.Date](ctx, q, `SELECT COALESCE(MAX(day), '') FROM posting_heartbeat WHERE town = $1`, town)
}

// openCases are the check-ins and coverings whose sheets wait to be hung again, by notice.
func openCases(ctx context.Context, q db.Querier, town string) (map[int64]int64, error) {
	rows, err := db.All[struct{ Notice, ID int64 }](ctx, q, `SELECT e.notice, m.id FROM matter_matter m CROSS JOIN posting_evidence e
		WHERE m.town = $1 AND m.power = $2 AND m.procedure = $3 AND e.town = $1 AND e.id = m.id
		UNION ALL SELECT c.notice, m.id FROM matter_matter m CROSS JOIN posting_change c
		WHERE m.town = $1 AND m.power = $2 AND m.procedure = $4 AND c.town = $1 AND c.id = m.id AND c.sort = 'covered' ORDER BY 2`,
		town, Procedure.Steps[0].Power, Procedure.Code, Renewals.Code)
	out := map[int64]int64{}
	for _, r := range rows {
		out[r.Notice] = r.ID
	}
	return out, err
}

// spoken are the check-ins and signed lists about a notice, in order.
func spoken(ctx context.Context, q db.Querier, town string, notice int64) ([]int64, error) {
	return db.All[int64](ctx, q, `SELECT DISTINCT id FROM posting_evidence WHERE town = $1 AND notice = $2 AND witness <> 'online' ORDER BY id`, town, notice)
}
