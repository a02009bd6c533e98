package disclosure

import (
	"context"
	"strconv"
	"strings"

	"cunju/internal/db"
)

// officeRow is the seat in which an act was done.
type officeRow struct {
	Unit int64
	Role string
}

func officeOf(ctx context.Context, q db.Querier, town string, id int64) (officeRow, error) {
	return db.One[officeRow](ctx, q, `SELECT unit, role FROM org_office WHERE town = $1 AND id = $2`, town, id)
}

// Filter narrows the register at the desk.
type Filter struct {
	Anchors []int64 // units under which the reader may see notices; none sees nothing
	Area    int64   // a unit with everything below it; −1 for all
	Subject string  // "" for all
	Next    string  // step that is next; "closed" for ended matters; "" for all
	Words   string  // in title or number
	Before  int64   // notices with smaller ids only; 0 from the newest
	Limit   int
}

// where builds the condition of a filter.
func (f Filter) where(town string) (string, []any) {
	args := []any{town}
	arg := func(a any) string {
		args = append(args, a)
		return "$" + strconv.Itoa(len(args))
	}
	var in []string
	for _, a := range f.Anchors {
		in = append(in, arg(a))
	}
	cond := `n.town = $1 AND EXISTS (SELECT 1 FROM org_closure c WHERE c.town = $1 AND c.line = 'any' AND c.descendant = n.unit AND c.ancestor IN (` + strings.Join(in, ", ") + `))`
	if f.Area >= 0 {
		cond += ` AND EXISTS (SELECT 1 FROM org_closure c WHERE c.town = $1 AND c.line = 'any' AND c.descendant = n.unit AND c.ancestor = ` + arg(f.Area) + `)`
	}
	if f.Subject != "" {
		cond += ` AND n.subject = ` + arg(f.Subject)
	}
	switch f.Next {
	case "":
	case "closed":
		cond += ` AND n.next = ''`
	default:
		cond += ` AND n.next = ` + arg(f.Next)
	}
	if f.Words != "" {
		cond += ` AND (n.title LIKE ` + arg(db.Contains(f.Words)) + ` ESCAPE '!' OR n.number LIKE ` + arg(db.Contains(numberAsTyped(f.Words))) + ` ESCAPE '!')`
	}
	return cond, args
}

// Register lists notices of every state, newest first, and how many there are in all.
func Register(ctx context.Context, q db.Querier, town string, f Filter) (rows []Row, total int64, err error) {
	if len(f.Anchors) == 0 {
		return nil, 0, nil
	}
	cond, args := f.where(town)
	if total, err = db.One[int64](ctx, q, `SELECT count(*) FROM disclosure_notice n WHERE `+cond, args...); err != nil {
		return nil, 0, err
	}
	if f.Before > 0 {
		args = append(args, f.Before)
		cond += ` AND n.id < $` + strconv.Itoa(len(args))
	}
	args = append(args, int64(f.Limit))
	rows, err = db.All[Row](ctx, q, `SELECT `+columns+` FROM disclosure_notice n WHERE `+cond+` ORDER BY n.id DESC LIMIT $`+strconv.Itoa(len(args)), args...)
	return rows, total, err
}

// ByLeaf finds published notices by the first digits of their sealed entry's hash; lo is that beginning, hi the first hash
// after all that share it.
func ByLeaf(ctx context.Context, q db.Querier, town string, lo, hi []byte) ([]Row, error) {
	return db.All[Row](ctx, q, `SELECT `+columns+` FROM disclosure_notice n CROSS JOIN journal_act a
		WHERE n.town = $1 AND n.published <> '' AND n.scope = 'public' AND a.town = $1 AND a.n = n.publish_act AND a.leaf >= $2 AND a.leaf <= $3 ORDER BY n.id`, town, lo, hi)
}

// publicActs lists the acts about a notice that the log publishes, oldest first.
func publicActs(ctx context.Context, q db.Querier, town string, id int64) ([]int64, error) {
	return db.All[int64](ctx, q, `SELECT a.n FROM journal_on o CROSS JOIN journal_act a WHERE o.town = $1 AND o.entity = $2 AND a.town = $1 AND a.n = o.n
		AND a.kind IN ($3, $4, $5, $6, $7, $8) ORDER BY a.n`, town, id, KindPublish.Name, KindPost.Name, KindTakeDown.Name, KindConfirm.Name, KindCorrected.Name, KindRedact.Name)
}

// Coverings lists the acts that covered parts of a notice, oldest first.
func Coverings(ctx context.Context, q db.Querier, town string, id int64) ([]int64, error) {
	return db.All[int64](ctx, q, `SELECT a.n FROM journal_on o CROSS JOIN journal_act a WHERE o.town = $1 AND o.entity = $2 AND a.town = $1 AND a.n = o.n
		AND a.kind IN ($3, $4) ORDER BY a.n`, town, id, KindRedact.Name, KindRedactIn.Name)
}

// byFileNumber is the title of a unit's notice that was filed under a number, "" for none.
func byFileNumber(ctx context.Context, q db.Querier, town string, unit int64, number string) (string, error) {
	titles, err := db.All[string](ctx, q, `SELECT title FROM disclosure_notice WHERE town = $1 AND unit = $2 AND file_number = $3 ORDER BY id LIMIT 1`, town, unit, number)
	if err != nil || len(titles) == 0 {
		return "", err
	}
	return titles[0], nil
}

// refersTo reports whether a payload still names a file. It reads the journal through: files are taken out seldom.
func refersTo(ctx context.Context, q db.Querier, town, hash string) (bool, error) {
	n, err := db.One[int64](ctx, q, `SELECT COUNT(*) FROM journal_act WHERE town = $1 AND payload LIKE $2`, town, `%"sha256":"`+hash+`"%`)
	return n > 0, err
}
