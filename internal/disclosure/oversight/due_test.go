package oversight

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"cunju/internal/calendar"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/journal"
)

// What is late is found by the supervisors on its own page; each leads to the other, and the street's page of what is late says so.
func TestAFindingAboutWhatIsLate(t *testing.T) {
	each(t, func(t *testing.T, y *town) {
		for _, day := range []string{"2027-01-01", "2027-04-02"} {
			y.Set(calendar.Date(day))
			if err := catalogue.Daily(y.Ctx, y.J, y.Code, y.J.Today()); err != nil {
				t.Fatal(err)
			}
		}
		list, err := catalogue.DueOf(y.Ctx, y.DB, y.Code, catalogue.DueFilter{Under: []int64{y.Committee}, Limit: 200})
		if err != nil {
			t.Fatal(err)
		}
		var late, waiting catalogue.Due
		for _, d := range list {
			if d.Missed(y.J.Today()) && d.Scope == catalogue.Public {
				late = d
			} else if d.Day >= y.J.Today() {
				waiting = d
			}
		}
		if late.ID == 0 {
			t.Fatalf("nothing is late among %d", len(list))
		}
		watch, director, street := y.site.LogIn("watch", y.Watch), y.site.LogIn("director", y.Director), y.site.LogIn("clerk", y.Clerk)
		form := "/desk/oversight/findings/new?item=" + itoa(late.ID)
		watch.Get(catalogue.Href(late.ID)).Want(http.StatusOK, "提出监督发现", "findings/new?item="+itoa(late.ID))
		director.Get(catalogue.Href(late.ID)).Want(http.StatusOK).Not("提出监督发现")
		director.Get(form).Want(http.StatusForbidden)
		watch.Get(form).Want(http.StatusOK, late.Title, "本项逾期未公开", late.Day.Chinese())
		const at = "/desk/oversight/findings/new"
		watch.Post(at, "item", itoa(late.ID), "text", "").Want(http.StatusUnprocessableEntity, "发现的问题", late.Title)
		watch.Post(at, "item", "99999999", "text", "迟了").Want(http.StatusUnprocessableEntity, "没有这件应公开事项", "迟了")
		if waiting.ID != 0 {
			watch.Post(at, "item", itoa(waiting.ID), "text", "迟了").Want(http.StatusUnprocessableEntity, "还没有逾期")
		}
		where := watch.Post(at, "item", itoa(late.ID), "text", "本项逾期未公开，请说明。").Want(http.StatusSeeOther).Where()
		director.Get(where).Want(http.StatusOK, late.Title, "有关的应公开事项", catalogue.Href(late.ID))
		watch.Get(catalogue.Href(late.ID)).Want(http.StatusOK, "查看监督发现", where, "2027年4月2日提出").Not("提出监督发现")
		street.Get("/desk/disclosure/late").Want(http.StatusOK, "监督发现", "2027年4月2日提出")
		street.Get("/desk/disclosure/late/print").Want(http.StatusOK, "2027年4月2日提出")
		street.Get("/desk/disclosure/late/export").Want(http.StatusOK)
		id := number(strings.TrimPrefix(where, "/desk/oversight/findings/"))
		if r := y.row(SortFinding, id); r.Item != late.ID || r.Unit != y.Committee || r.Title != late.Title {
			t.Errorf("%+v", r)
		}
		y.As(y.Watch)
		y.Refused(found(Finding{Unit: y.other, Item: late.ID, Text: "别的单位"}))
		y.by(y.Director, textOf(id, KindRespond, Respond{"已经补公布"}))
		y.by(y.Watch, func(ctx context.Context, w *journal.Writer) error {
			_, err := CheckUp(ctx, w, id, Done, "核对过", w.Today())
			return err
		})
		watch.Get(catalogue.Href(late.ID)).Want(http.StatusOK, "已办结", "提出监督发现")
	})
}
