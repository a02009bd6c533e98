package journal

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/ledger"
)

// sealedRow is what the tree needs of an act.
type sealedRow struct {
	N          int64
	Kind       string
	Recorded   int64
	Effective  calendar.Date
	Commitment []byte
}

func (r sealedRow) entry(town string) []byte {
	return Entry(town, r.N, r.Kind, r.Recorded, r.Effective, r.Commitment)
}

// actRow is an act as stored, without seal.
type actRow struct {
	N         int64
	Kind      string
	Recorded  int64
	Effective calendar.Date
	Payload   []byte
}

const actColumns = `a.n, a.kind, a.recorded, a.effective, a.payload`

func (r actRow) act(town string) (Act, error) {
	a := Act{Town: town, N: r.N, Kind: r.Kind, Recorded: r.Recorded, Effective: r.Effective}
	var err error
	if a.Envelope, err = openEnvelope(r.Payload); err != nil {
		return a, fmt.Errorf("payload of act %d of %s: %w", r.N, town, err)
	}
	a.Erased = len(a.Body) == 0
	return a, nil
}

func toActs(town string, rows []actRow) ([]Act, error) {
	acts := make([]Act, len(rows))
	for i, r := range rows {
		var err error
		if acts[i], err = r.act(town); err != nil {
			return nil, err
		}
	}
	return acts, nil
}

// LastAct is the number of the last act of an entity's history: a form remembers it, so that a change made meanwhile by someone
// else is noticed.
func LastAct(ctx context.Context, q db.Querier, town string, entity int64) (int64, error) {
	return db.One[int64](ctx, q, `SELECT last FROM journal_entity WHERE town = $1 AND id = $2`, town, entity)
}

// Read returns one act as it was recorded.
func Read(ctx context.Context, q db.Querier, town string, n int64) (Act, error) {
	r, err := db.One[actRow](ctx, q, `SELECT `+actColumns+` FROM journal_act a WHERE a.town = $1 AND a.n = $2`, town, n)
	if err != nil {
		return Act{}, err
	}
	return r.act(town)
}

// ReadEach returns acts by their numbers as they were recorded; those that do not exist are not in it.
func ReadEach(ctx context.Context, q db.Querier, town string, ns []int64) (map[int64]Act, error) {
	list, args := db.In(2, ns)
	rows, err := db.All[actRow](ctx, q, `SELECT `+actColumns+` FROM journal_act a WHERE a.town = $1 AND a.n IN (`+list+`)`, append([]any{town}, args...)...)
	if err != nil {
		return nil, err
	}
	out := make(map[int64]Act, len(rows))
	for _, r := range rows {
		if out[r.N], err = r.act(town); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// OfKind returns all acts of a kind, in order. It reads the whole journal through: it is for audits, and for kinds of few acts.
func OfKind(ctx context.Context, q db.Querier, town, kind string) ([]Act, error) {
	rows, err := db.All[actRow](ctx, q, `SELECT `+actColumns+` FROM journal_act a WHERE a.town = $1 AND a.kind = $2 ORDER BY a.n`, town, kind)
	if err != nil {
		return nil, err
	}
	return toActs(town, rows)
}

// Acts returns the acts of an entity's history in the order in which they were recorded, corrections among them.
func Acts(ctx context.Context, q db.Querier, town string, entity int64) ([]Act, error) {
	rows, err := db.All[actRow](ctx, q, `SELECT `+actColumns+` FROM journal_on o CROSS JOIN journal_act a
		WHERE o.town = $1 AND o.entity = $2 AND a.town = $1 AND a.n = o.n ORDER BY o.n`, town, entity)
	if err != nil {
		return nil, err
	}
	return toActs(town, rows)
}

// loadRows is how many histories one statement reads.
const loadRows = 64

// actsOf reads the histories of at most loadRows entities, given in order.
func actsOf(ctx context.Context, q db.Querier, town string, entities []int64) (map[int64][]Act, error) {
	args := make([]any, 1+loadRows)
	args[0] = town
	for i := range loadRows { // the last is repeated: one text serves all
		args[1+i] = entities[min(i, len(entities)-1)]
	}
	rows, err := db.All[struct {
		Entity    int64
		N         int64
		Kind      string
		Recorded  int64
		Effective calendar.Date
		Payload   []byte
	}](ctx, q, actsOfSQL, args...)
	if err != nil {
		return nil, err
	}
	m := make(map[int64][]Act, len(entities))
	for _, r := range rows {
		a, err := actRow{r.N, r.Kind, r.Recorded, r.Effective, r.Payload}.act(town)
		if err != nil {
			return nil, err
		}
		m[r.Entity] = append(m[r.Entity], a)
	}
	return m, nil
}

var actsOfSQL = func() string {
	var b strings.Builder
	for i := range loadRows {
		fmt.Fprintf(&b, ", $%d", i+2)
	}
	return `SELECT o.entity, ` + actColumns + ` FROM journal_on o CROSS JOIN journal_act a
		WHERE o.town = $1 AND o.entity IN (` + b.String()[2:] + `) AND a.town = $1 AND a.n = o.n ORDER BY o.entity, o.n`
}()

// Naming returns the acts of some kinds whose sealed payload has a field with a number, such as that of a person, in order. It
// reads the journal through, for what is asked seldom and must be whole: projections know nothing of what was voided. The field
// may be any of the payload's: the caller decodes the bodies.
func Naming(ctx context.Context, q db.Querier, town, field string, id int64, kinds ...string) ([]Act, error) {
	piece := fmt.Sprintf(`%%"%s":%d`, field, id)
	args := []any{town, piece + ",%", piece + "}%"}
	marks := make([]string, len(kinds))
	for i, k := range kinds {
		args = append(args, k)
		marks[i] = fmt.Sprintf("$%d", len(args))
	}
	rows, err := db.All[actRow](ctx, q, `SELECT `+actColumns+` FROM journal_act a
		WHERE a.town = $1 AND (a.payload LIKE $2 OR a.payload LIKE $3) AND a.kind IN (`+strings.Join(marks, ", ")+`) ORDER BY a.n`, args...)
	if err != nil {
		return nil, err
	}
	return toActs(town, rows)
}

// Since returns up to limit acts of the journal from number n on, in order: the feed for exports and late readers.
func Since(ctx context.Context, q db.Querier, town string, n int64, limit int) ([]Act, error) {
	rows, err := db.All[actRow](ctx, q, `SELECT `+actColumns+` FROM journal_act a WHERE a.town = $1 AND a.n >= $2 ORDER BY a.n LIMIT $3`, town, n, int64(limit))
	if err != nil {
		return nil, err
	}
	return toActs(town, rows)
}

// Latest returns the last limit acts, newest first.
func Latest(ctx context.Context, q db.Querier, town string, limit int) ([]Act, error) {
	rows, err := db.All[actRow](ctx, q, `SELECT `+actColumns+` FROM journal_act a WHERE a.town = $1 ORDER BY a.n DESC LIMIT $2`, town, int64(limit))
	if err != nil {
		return nil, err
	}
	return toActs(town, rows)
}

// Range is a part of the journal, by number and by kind.
type Range struct {
	Kind string // "" for all
	From int64  // the first number
	End  int64  // the first number after it
}

// Newest returns the last limit acts of a part of the journal, newest first. Acts have no index by kind, which every act would
// pay for: who asks for a kind asks for a part that can be read through.
func Newest(ctx context.Context, q db.Querier, town string, r Range, limit int) ([]Act, error) {
	args := []any{town, r.From, r.End, int64(limit)}
	kind := ""
	if r.Kind != "" {
		kind, args = ` AND a.kind = $5`, append(args, r.Kind)
	}
	rows, err := db.All[actRow](ctx, q, `SELECT `+actColumns+` FROM journal_act a
		WHERE a.town = $1 AND a.n >= $2 AND a.n < $3`+kind+` ORDER BY a.n DESC LIMIT $4`, args...)
	if err != nil {
		return nil, err
	}
	return toActs(town, rows)
}

// NumberAt is the number of the first act that was recorded at an instant (unix milliseconds) or later, the journal's size when
// there is none. Acts are recorded in order of time, so it halves the journal until it has the place.
func NumberAt(ctx context.Context, q db.Querier, town string, at int64) (int64, error) {
	low := int64(0)
	high, err := Size(ctx, q, town)
	for err == nil && low < high {
		mid := low + (high-low)/2
		var recorded int64
		if recorded, err = db.One[int64](ctx, q, `SELECT recorded FROM journal_act WHERE town = $1 AND n = $2`, town, mid); recorded < at {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low, err
}

// Size returns how many acts the town's journal holds.
func Size(ctx context.Context, q db.Querier, town string) (int64, error) {
	return db.One[int64](ctx, q, `SELECT size FROM journal_head WHERE town = $1`, town)
}

// At is a point of view: states as they hold at the end of a day, as far as they were known when an act was recorded.
type At struct {
	Day   calendar.Date // "" for all acts, whatever their date
	Known int64         // number of the last act that is taken into account; negative for all
}

// Now is the point of view of someone who knows all acts.
var Now = At{Known: -1}

// AsOf is the state at the end of a day as we know it today.
func AsOf(d calendar.Date) At { return At{Day: d, Known: -1} }

// StateOf folds an entity's acts into its state as seen from at. ok is false when the entity does not exist from there.
func StateOf[S any](ctx context.Context, q db.Querier, b *Book, town string, entity int64, at At) (s *S, ok bool, err error) {
	acts, err := Acts(ctx, q, town, entity)
	if err != nil {
		return nil, false, err
	}
	return stateAt[S](b, town, entity, acts, at)
}

// StatesOf is [StateOf] for many entities, in few statements. Those that do not exist from there are left out.
func StatesOf[S any](ctx context.Context, q db.Querier, b *Book, town string, entities []int64, at At) (map[int64]*S, error) {
	out := make(map[int64]*S, len(entities))
	return out, eachHistory(ctx, q, town, entities, func(id int64, acts []Act) error {
		s, ok, err := stateAt[S](b, town, id, acts, at)
		if ok {
			out[id] = s
		}
		return err
	})
}

// eachHistory reads the histories of many entities in few statements. Entities that do not exist have none.
func eachHistory(ctx context.Context, q db.Querier, town string, entities []int64, do func(id int64, acts []Act) error) error {
	for part := range slices.Chunk(slices.Compact(slices.Sorted(slices.Values(entities))), loadRows) {
		histories, err := actsOf(ctx, q, town, part)
		if err != nil {
			return err
		}
		for id, acts := range histories {
			if err := do(id, acts); err != nil {
				return err
			}
		}
	}
	return nil
}

func stateAt[S any](b *Book, town string, entity int64, acts []Act, at At) (s *S, ok bool, err error) {
	if len(acts) == 0 {
		return nil, false, nil
	}
	f, err := newFolding(b, town, entity, acts[0])
	if err != nil {
		return nil, false, err
	}
	ordered := effectiveOrder(acts, at.Known)
	if at.Day != "" {
		i := sort.Search(len(ordered), func(i int) bool { return ordered[i].Effective > at.Day })
		ordered = ordered[:i]
	}
	for _, a := range ordered {
		if err := f.apply(a); err != nil {
			return nil, false, err
		}
	}
	if f.state == nil {
		return nil, false, nil
	}
	s, ok = f.state.(*S)
	return s, ok, nil
}

// Lines returns what an entity's acts moved in the ledger, in effective order.
func Lines(ctx context.Context, q db.Querier, b *Book, town string, entity int64) ([]ledger.Line, error) {
	acts, err := Acts(ctx, q, town, entity)
	if err != nil || len(acts) == 0 {
		return nil, err
	}
	f, err := foldAll(b, town, entity, acts)
	return f.lines, err
}

// UsesOf returns what entities need of others, as their acts say. The table of uses answers only who needs whom the other way
// round: to answer both would cost every act a second index.
func UsesOf(ctx context.Context, q db.Querier, b *Book, town string, entities []int64) (map[int64][]Use, error) {
	out := map[int64][]Use{}
	return out, eachHistory(ctx, q, town, entities, func(id int64, acts []Act) error {
		f, err := foldAll(b, town, id, acts)
		out[id] = (&entity{id: id, fold: f}).print().Uses
		return err
	})
}
