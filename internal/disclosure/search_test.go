package disclosure

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/db"
)

// However often its words occur, a search finds what holds all of them, the newest first, page by page.
func TestSearchFindsTheSameOnEveryWay(t *testing.T) {
	onBoth(t, searchFindsTheSameOnEveryWay)
}

func searchFindsTheSameOnEveryWay(t *testing.T, y *town) {
	const count = 4 * few
	first := calendar.Of(2020, 1, 1)
	words := make([]string, count)
	var rows, said, in [][]any
	for i := range count {
		words[i] = plainWords(fmt.Sprintf("第%d号道路养护", i))
		if i%3 == 0 {
			words[i] += "店面租金\n"
		}
		if i%700 == 0 {
			words[i] += "租店金面\n" // the same characters, otherwise
		}
		id := int64(1_000_000 + i)
		row := make([]any, len(notices.Columns))
		for k, c := range notices.Columns {
			row[k] = ""
			if c.Type == db.Int {
				row[k] = int64(0)
			}
		}
		set := func(column string, v any) {
			row[slices.IndexFunc(notices.Columns, func(c db.Column) bool { return c.Name == column })] = v
		}
		set("town", y.Code)
		set("id", id)
		set("published", string(first.AddDays(i/3)))
		set("scope", string(ScopePublic))
		rows = append(rows, row)
		said = append(said, []any{y.Code, id, words[i]})
		for _, p := range pairs(words[i]) {
			in = append(in, []any{y.Code, p, id})
		}
	}
	if err := y.DB.Update(y.Ctx, func(tx *db.Tx) error {
		if err := tx.Insert(y.Ctx, notices, rows); err != nil {
			return err
		}
		if err := tx.Insert(y.Ctx, texts, said); err != nil {
			return err
		}
		return tx.Insert(y.Ctx, pairsOf, in)
	}); err != nil {
		t.Fatal(err)
	}
	for _, asked := range []string{"店面租金", "租店", "道路", "路", "租", "没有的事", "第17号", "第17号 租金", "租店 店面", "养护 9", "%", "金面 养护"} {
		var want []int64
		for i := count - 1; i >= 0; i-- {
			if len(terms(asked)) > 0 && !slices.ContainsFunc(terms(asked), func(w string) bool { return !strings.Contains(words[i], w) }) {
				want = append(want, int64(1_000_000+i))
			}
		}
		var got []int64
		f := BoardFilter{Area: -1, Words: asked, Limit: 300}
		for {
			list, err := Board(y.Ctx, y.DB, y.Code, f)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range list {
				got = append(got, r.ID)
				f.Before = Cursor{r.Published, r.ID}
			}
			if len(list) < f.Limit {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %d found, want %d", asked, len(got), len(want))
		}
	}
}
