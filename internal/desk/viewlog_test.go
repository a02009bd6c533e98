package desk_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/desk"
	"cunju/internal/desk/desktest"
	"cunju/internal/journal/journaltest"
)

// viewed is a toy town in which people have looked at each other's data.
type viewed struct {
	*desktest.Toy
	clerk, old, young int64
	auditor, watch    *desktest.Browser
	nobody            *desktest.Browser
}

func looks(t *testing.T, f func(v *viewed)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		v := &viewed{Toy: desktest.NewToy(journaltest.New(t, d, desktest.ToySlice()))}
		(&desk.Pages{House: v.House}).Routes(v.Server.Router)
		v.clerk = v.Someone("陈晓梅", v.Street, "street-clerk")
		v.old, v.young = v.Someone("王建国", v.East), v.Someone("张雨欣", v.West)
		v.auditor = v.LogIn("auditor", v.Someone("赵审计", v.Street, "auditor"))
		v.watch = v.LogIn("watch", v.Someone("朱明亮", v.East, "supervision-head"))
		v.nobody = v.LogIn("director", v.Someone("李志强", v.East, "village-director"))
		f(v)
	})
}

func (v *viewed) look(views ...access.View) {
	v.Helper()
	for i := range views {
		views[i].Viewer, views[i].Office, views[i].Page = v.clerk, "文峰街道党建办干事", "/desk/people"
	}
	if err := v.DB.Update(v.Ctx, func(tx *db.Tx) error { return v.House.Views.Record(v.Ctx, tx, views...) }); err != nil {
		v.Fatal(err)
	}
}

func TestViewlog(t *testing.T) {
	looks(t, func(v *viewed) {
		v.auditor.Get("/desk/viewlog").Want(200, "没有查阅记录")
		v.look(access.View{Subject: v.old, Act: access.PeopleReveal, What: "身份号码全文", Reason: "办理转接"},
			access.View{Subject: v.young, Act: access.PeopleRead, What: "基本信息"},
			access.View{Act: access.MemberRead, What: "党员名册", Persons: 50})
		v.Visit().Get("/desk/viewlog").Want(303, "/login")
		v.nobody.Get("/desk/viewlog").Want(403, "不能查看个人信息查阅记录")
		v.nobody.Get("/desk/viewlog/export").Want(403)
		all := v.auditor.Get("/desk/viewlog").Want(200, "陈晓梅", "王建国", "张雨欣", "名册，50 人", "办理转接", "看得最多的", "本页 3 条", "row-late")
		if n := strings.Count(all.Body.String(), "row-late"); n != 1 {
			t.Errorf("%d rows are marked, want the one with full numbers", n)
		}
		// A village's supervisor sees the looks at the village's people and nobody else's.
		v.watch.Get("/desk/viewlog").Want(200, "王建国", "办理转接", "本页 1 条").Not("张雨欣", "名册，50 人", "看得最多的")
		v.watch.Get(fmt.Sprintf("/desk/viewlog?subject=%d", v.young)).Want(200, "没有查阅记录")
		v.auditor.Get(fmt.Sprintf("/desk/viewlog?subject=%d", v.young)).Want(200, "查看过张雨欣的", "基本信息").Not("办理转接")
		v.auditor.Get(fmt.Sprintf("/desk/viewlog?viewer=%d", v.clerk)).Want(200, "陈晓梅查看过的", "本页 3 条")
		v.auditor.Get(fmt.Sprintf("/desk/viewlog?viewer=%d", v.old)).Want(200, "没有查阅记录")
		v.auditor.Get("/desk/viewlog?viewer=x&subject=-3&before=soon").Want(200, "本页 3 条")
		// Taking it away is itself a look.
		p := v.auditor.Get("/desk/viewlog/export").Want(http.StatusOK)
		if !strings.HasPrefix(p.Body.String(), "PK") || !strings.Contains(p.Header().Get("Content-Disposition"), "attachment") {
			t.Errorf("not a spreadsheet to save: %v", p.Header())
		}
		v.auditor.Get("/desk/viewlog").Want(200, "导出查阅记录", "本页 4 条")
	})
}

func TestViewlogPagesBack(t *testing.T) {
	looks(t, func(v *viewed) {
		var views []access.View
		for i := range 130 {
			subject := v.old
			if i%2 == 1 {
				subject = v.young
			}
			views = append(views, access.View{Subject: subject, Act: access.PeopleRead, What: fmt.Sprintf("第%d次", i)})
		}
		v.look(views...)
		for _, c := range []struct {
			who  *desktest.Browser
			rows int
		}{{v.auditor, 130}, {v.watch, 65}} {
			seen, path := map[string]bool{}, "/desk/viewlog"
			for range 10 {
				body := c.who.Get(path).Want(200).Body.String()
				for i := range 130 {
					if s := fmt.Sprintf(">第%d次<", i); strings.Contains(body, s) {
						if seen[s] {
							t.Errorf("%s stands on two pages", s)
						}
						seen[s] = true
					}
				}
				_, _, more := strings.Cut(body, `rel="next"`)
				if !more {
					break
				}
				before := body[:strings.Index(body, `rel="next"`)]
				before = before[strings.LastIndex(before, `href="`)+6:]
				path = before[:strings.Index(before, `"`)]
			}
			if len(seen) != c.rows {
				t.Errorf("%d rows on all pages, want %d", len(seen), c.rows)
			}
		}
	})
}

func TestGalleryIsForDevelopment(t *testing.T) {
	d := dbtest.SQLite(t)
	v := desktest.NewToy(journaltest.New(t, d, desktest.ToySlice()))
	(&desk.Pages{House: v.House, Gallery: true}).Routes(v.Server.Router)
	b := v.LogIn("clerk", v.Someone("陈晓梅", v.Street, "street-clerk"))
	b.Get("/desk/gallery").Want(200, "党员名册", "文峰村党总支")
	b.Get("/desk/gallery/table").Want(200, "三百行")
	b.Get("/desk/gallery/nothing").Want(404)
	b.Get("/desk/powers").Want(200).Not("/desk/gallery")
	looks(t, func(v *viewed) { v.auditor.Get("/desk/gallery").Want(404) })
}
