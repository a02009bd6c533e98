package disclosure

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"cunju/internal/db"
	"cunju/internal/journal"
)

func TestACorrectionOnRecordIsNoFalseAlarm(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		id := y.out(october(), 0)
		y.sign()
		body, err := json.Marshal(Draft{Unit: y.Committee, Body: "village", Content: func() Content { c := october(); c.Title = "改过的标题"; return c }()})
		if err != nil {
			t.Fatal(err)
		}
		// Written past the door that refuses it today, as an older journal may hold it.
		n := y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := journal.Add(ctx, w, journal.Correct, w.Today(), []int64{id}, journal.Correction{Target: id, Body: body, Reason: "标题写错"})
			return err
		})
		y.sign()
		page, b := fmt.Sprintf("/n/%d/verify", id), y.site.Visit()
		b.Get(page).Want(200, "查验通过", fmt.Sprintf("此公示登记有更正记录，见第 %d 号", n), `download="`).Not("不对</span>")
		if err := y.DB.Update(y.Ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(y.Ctx, `UPDATE disclosure_notice SET title = '别的标题' WHERE town = $1 AND id = $2`, y.Code, id)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		b.Get(page).Want(200, "查验没有通过", "检索用的表被改动过")
	})
}
