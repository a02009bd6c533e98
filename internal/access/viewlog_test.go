package access

import (
	"context"
	"errors"
	"testing"
	"time"

	"cunju/internal/db"
	"cunju/internal/db/dbtest"
)

func TestViewLog(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		if err := d.Migrate(ctx, "access", Migrations()); err != nil {
			t.Fatal(err)
		}
		now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
		log := Log{Town: "321002003", Clock: func() time.Time { now = now.Add(time.Minute); return now }}
		record := func(views ...View) error {
			return d.Update(ctx, func(tx *db.Tx) error { return log.Record(ctx, tx, views...) })
		}
		reveal := View{Subject: 42, Viewer: 7, Office: "文峰村党总支书记", Act: PeopleReveal, What: "身份证号、手机号",
			Page: "/desk/people/42", Reason: "核对转正材料"}
		list := View{Viewer: 7, Office: "文峰村党总支书记", Act: MemberRead, What: "党员名册", Page: "/desk/member", Persons: 50}
		export := View{Viewer: 8, Office: "街道党建办干事", Act: SheetExport, What: "花名册29列", Page: "/desk/member/export", Reason: "年报"}
		if err := record(reveal); err != nil {
			t.Fatal(err)
		}
		if err := record(list); err != nil {
			t.Fatal(err)
		}
		if err := record(export.Each([]int64{41, 42, 43})...); err != nil {
			t.Fatal(err)
		}

		mine, err := log.Of(ctx, d, 42, Before{}, 10)
		if err != nil || len(mine) != 2 || mine[0].Viewer != 8 || mine[1].Reason != "核对转正材料" || mine[1].Persons != 1 {
			t.Errorf("42 sees %+v, %v", mine, err)
		}
		older, err := log.Of(ctx, d, 42, Before{mine[0].At, mine[0].ID}, 10)
		if err != nil || len(older) != 1 || older[0] != mine[1] {
			t.Errorf("older than the first: %+v, %v", older, err)
		}
		if none, err := log.Of(ctx, d, 99, Before{}, 10); err != nil || len(none) != 0 {
			t.Errorf("99 was never looked at: %+v, %v", none, err)
		}
		all, err := log.Newest(ctx, d, Before{}, 3)
		if err != nil || len(all) != 3 || all[2].Viewer != 8 {
			t.Errorf("newest: %+v, %v", all, err)
		}
		rest, err := log.Newest(ctx, d, Before{all[2].At, all[2].ID}, 10)
		if err != nil || len(rest) != 2 || rest[0].Subject != 0 || rest[0].Persons != 50 || rest[1].Subject != 42 {
			t.Errorf("rest: %+v, %v", rest, err)
		}
		by, err := log.By(ctx, d, 7, Before{}, 10)
		if err != nil || len(by) != 2 {
			t.Errorf("by 7: %+v, %v", by, err)
		}
		sums, err := log.Viewers(ctx, d, 0, now.UnixMilli()+1)
		if err != nil || len(sums) != 2 || sums[0] != (Viewer{7, 2, 1, 51}) || sums[1] != (Viewer{8, 3, 3, 3}) {
			t.Errorf("viewers: %+v, %v", sums, err)
		}
		elsewhere := Log{Town: "321002004", Clock: time.Now}
		if foreign, err := elsewhere.Of(ctx, d, 42, Before{}, 10); err != nil || len(foreign) != 0 {
			t.Errorf("another town sees %+v, %v", foreign, err)
		}

		for name, change := range map[string]func(*View){
			"no reason": func(v *View) { v.Reason = "" },
			"no viewer": func(v *View) { v.Viewer = 0 },
			"no page":   func(v *View) { v.Page = "" },
			"no act":    func(v *View) { v.Act = "people.stare" },
		} {
			bad := reveal
			change(&bad)
			err := record(reveal, bad)
			if err == nil || (name == "no reason") != errors.Is(err, ErrReason) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if mine, err := log.Of(ctx, d, 42, Before{}, 10); err != nil || len(mine) != 2 {
			t.Errorf("a refused view left a trace: %+v, %v", mine, err)
		}
	})
}
