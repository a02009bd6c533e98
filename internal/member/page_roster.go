package member

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/people/keyring"
)

// pastPage returns a page of the roster as it stood at the end of a day, in order of name. A cursor's ID is the person's.
func pastPage(ctx context.Context, q db.Querier, town string, f Filter, on calendar.Date, size int64) ([]Row, error) {
	args := []any{town, string(org.Any), f.Unit, f.After.Sortkey, f.After.ID, int64(f.Limit), string(on)}
	where := `p.town = $1 AND (p.sortkey, p.id) > ($4, $5) AND s.town = $1 AND s.from_day <= $7 AND s.to_day > $7`
	if f.Category != "" {
		args = append(args, string(f.Category))
		where += ` AND s.category = ` + arg(len(args))
	}
	if f.Only != nil {
		if len(f.Only) == 0 {
			return nil, nil
		}
		in, ids := db.In(len(args)+1, f.Only)
		args = append(args, ids...)
		where += ` AND p.id IN (` + in + `)`
	}
	const columns = `SELECT s.id, s.person, s.branch, s.category, p.name, p.sortkey, p.sex, p.birth, p.handle, p.idnumber `
	closure := `c.town = $1 AND c.line = $2 AND c.ancestor = $3 AND c.from_day <= $7 AND c.to_day > $7 AND c.descendant = s.branch`
	page := columns + `FROM people_person p CROSS JOIN member_span s WHERE ` + where + ` AND s.person = p.id
		AND EXISTS (SELECT 1 FROM org_closure c WHERE ` + closure + `)`
	if size < wide && f.Only == nil {
		page = columns + `FROM org_closure c CROSS JOIN member_span s CROSS JOIN people_person p WHERE ` + closure + ` AND ` + where + ` AND p.id = s.person`
	}
	return db.All[Row](ctx, q, `SELECT m.id, m.person, m.branch, n.short, m.category, m.name, m.sortkey, m.sex, m.birth, r.admitted,
			CAST(0 AS BIGINT), CAST(0 AS BIGINT), m.handle, m.idnumber
		FROM (`+page+` ORDER BY p.sortkey, p.id LIMIT $6) m
		JOIN member_record r ON r.town = $1 AND r.id = m.id
		JOIN org_name n ON n.town = $1 AND n.id = m.branch AND n.from_day <= $7 AND n.to_day > $7
		ORDER BY m.sortkey, m.person`, args...)
}

// settle puts what a member's acts said on a day into a row of a past page: the tables hold today's columns only.
func settle(ctx context.Context, q db.Querier, b *journal.Book, town string, row *Row, on calendar.Date) error {
	m, ok, err := journal.StateOf[Member](ctx, q, b, town, row.ID, journal.AsOf(on))
	if err != nil || !ok {
		return err
	}
	row.Admitted, row.Floating, row.Lost = m.Admitted, flag(m.Floating), flag(m.Lost)
	return nil
}

// line is a row of the register as it is shown.
type line struct {
	Row
	Age    string
	Number string // masked
}

// lines opens rows for a list.
func (p *Pages) lines(ctx context.Context, face keyring.Face, rows []Row, on calendar.Date) ([]line, error) {
	handles := make([]keyring.Handle, len(rows))
	for i, r := range rows {
		handles[i] = keyring.Handle(r.Handle)
	}
	if err := p.Vault.Ring.Load(ctx, p.Town, handles); err != nil {
		return nil, err
	}
	out := make([]line, len(rows))
	for i, r := range rows {
		out[i] = line{Row: r}
		if r.Birth != "" {
			out[i].Age = strconv.Itoa(calendar.Age(r.Birth, on))
		}
		var err error
		if out[i].Number, err = p.shown(ctx, face, keyring.IDNumber, r.Handle, r.IDNumber); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// shown opens one sealed field for a face. A field that cannot be opened is named as such; it does not hide the other rows.
func (p *Pages) shown(ctx context.Context, face keyring.Face, f keyring.Field, key int64, sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	s, err := p.Vault.Show(ctx, face, f, key, sealed)
	switch {
	case errors.Is(err, keyring.ErrErased):
		return "（已依法删除）", nil
	case errors.Is(err, keyring.ErrDamaged), errors.Is(err, keyring.ErrUnknown):
		return "（无法读取，请告诉管理员）", nil
	}
	return s, err
}

// pageCursor is where a page of the register begins: after a name, as the n-th line.
type pageCursor struct {
	Cursor
	N int64 // lines before
}

func (c pageCursor) String() string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d %d %s", c.N, c.ID, c.Sortkey))
}

// parseCursor reads a cursor; one that cannot be read is the first page.
func parseCursor(s string) (c pageCursor) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return c
	}
	parts := strings.SplitN(string(b), " ", 3)
	if len(parts) != 3 {
		return c
	}
	n, err1 := strconv.ParseInt(parts[0], 10, 64)
	id, err2 := strconv.ParseInt(parts[1], 10, 64)
	if err1 != nil || err2 != nil || n < 0 || !validText(parts[2]) {
		return pageCursor{}
	}
	return pageCursor{Cursor{parts[2], id}, n}
}

// validText keeps out what a database would refuse as a text.
func validText(s string) bool { return strings.ToValidUTF8(s, "") == s && !strings.ContainsRune(s, 0) }
