package journal

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"cunju/internal/db"
)

// sealedTables are those whose every bit verification answers for.
var sealedTables = []db.Table{headTable, actTable, onTable, tileTable, checkpointTable}

// flipped changes one bit of a value, whatever it is. ok is false where a database would not take it.
func flipped(v any, bit int) (_ any, ok bool) {
	switch v := v.(type) {
	case int64:
		return v ^ 1<<(bit%64), true
	case string:
		b, ok := flipped([]byte(v), bit)
		if s := string(b.([]byte)); ok && utf8.ValidString(s) && !strings.Contains(s, "\x00") {
			return s, true
		}
		return nil, false
	case []byte:
		b := slices.Clone(v)
		if len(b) > 0 {
			b[bit/8%len(b)] ^= 1 << (bit % 8)
		}
		return b, len(b) > 0
	}
	return nil, false
}

// unsealed are the columns that nothing in the database seals: when a checkpoint was let out, and that one was, which is known to
// whoever kept it, a witness for one; and until when the journal's clock has come, which only keeps it from going back.
var unsealed = []string{"journal_checkpoint.at", "journal_checkpoint.town", "journal_head.recorded"}

// Whichever bit of whichever other column of whichever row of the journal flips, verification tells.
func TestAnyFlippedBitOfARowIsFound(t *testing.T) {
	each(t, func(y *toy) {
		key := newTamperedJournal(y)
		u := y.remember()
		for _, table := range sealedTables {
			where := ""
			for i, c := range table.Columns {
				if i < table.Key {
					where += fmt.Sprintf(" AND %s = $%d", c.Name, i+1)
				}
			}
			drop := "DELETE FROM " + table.Name + " WHERE " + strings.TrimPrefix(where, " AND ")
			for k, column := range table.Columns {
				if slices.Contains(unsealed, table.Name+"."+column.Name) {
					continue
				}
				text := column.Type == db.Text || column.Type == db.Date
				rapid.Check(y.T, func(rt *rapid.T) {
					row := slices.Clone(u[table.Name][rapid.IntRange(0, len(u[table.Name])-1).Draw(rt, "row")])
					if b, ok := row[k].([]byte); ok && text {
						row[k] = string(b)
					}
					other := slices.Clone(row)
					var ok bool
					if other[k], ok = flipped(row[k], rapid.IntRange(0, 1<<16).Draw(rt, "bit")); !ok {
						rt.Skip("no value of this column")
					}
					err := y.j.DB.Update(y.ctx, func(tx *db.Tx) error {
						if _, err := tx.Exec(y.ctx, drop, row[:table.Key]...); err != nil {
							return err
						}
						return tx.Insert(y.ctx, table, [][]any{other})
					})
					if err != nil {
						rt.Skip("the database refuses it")
					}
					rep, err := y.j.Verify(y.ctx, toyTown, key.verifier, nil)
					if err == nil && rep.OK() {
						rt.Errorf("%s.%s of %v: %v is not noticed", table.Name, column.Name, row[:table.Key], other[k])
					}
					if err := y.j.DB.Update(y.ctx, func(tx *db.Tx) error {
						if _, err := tx.Exec(y.ctx, drop, other[:table.Key]...); err != nil {
							return err
						}
						return tx.Insert(y.ctx, table, [][]any{row})
					}); err != nil {
						rt.Fatal(err)
					}
				})
			}
		}
		if rep, err := y.j.Verify(y.ctx, toyTown, key.verifier, nil); err != nil || !rep.OK() {
			y.Errorf("put back, it is still at fault: %+v %v", rep, err)
		}
	})
}
