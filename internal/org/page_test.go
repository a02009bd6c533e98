package org_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/db/dbtest"
	"cunju/internal/desk/desktest"
	"cunju/internal/desk/intake"
	"cunju/internal/journal"
	"cunju/internal/member"
	"cunju/internal/member/membertest"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// office is a furnished town with its pages, and three who come to them.
type office struct {
	*membertest.Town
	site                    *desktest.Site
	clerk, village, nothing *desktest.Browser // the street's clerk, the village's director, somebody without office
}

// open opens the office of a town on both engines.
func open(t *testing.T, f func(o *office)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		y := membertest.New(t, d)
		y.Member(y.Secretary, y.First, "1995-07-01", "2026-01-05")
		o := &office{Town: y, site: desktest.New(y.Town, func(ctx context.Context, person int64) (access.Actor, error) {
			return org.Actor(ctx, d, y.Code, person, y.J.Today())
		})}
		h := o.site.House
		h.Target = func(ctx context.Context, q db.Querier, unit int64, on calendar.Date) (access.Target, error) {
			return org.Target(ctx, q, y.Code, unit, on)
		}
		h.Targets = func(ctx context.Context, q db.Querier, units []int64, on calendar.Date) (map[int64]access.Target, error) {
			return org.Targets(ctx, q, y.Code, units, on)
		}
		h.Name = func(ctx context.Context, q db.Querier, unit int64) (string, error) {
			u, err := org.Find(ctx, q, y.Code, unit)
			return u.Label(), err
		}
		h.Person = func(ctx context.Context, q db.Querier, person int64) (string, error) {
			return people.Name(ctx, q, y.Code, person)
		}
		counter := intake.NewCounter(h)
		counter.Routes(o.site.Server.Router)
		org.NewPages(h, org.Outside{
			Numbers: y.Vault.Find, Mask: people.MaskCell,
			Counts: func(ctx context.Context, on calendar.Date) (map[int64]int64, error) {
				return member.Counts(ctx, d, y.Code)
			},
			Find: func(r *web.Request, typed string) ([]ui.Option, error) {
				rows, err := y.Vault.Search(r.Context(), d, typed, 5)
				var out []ui.Option
				for _, p := range rows {
					out = append(out, ui.Option{Value: fmt.Sprint(p.ID), Text: p.Name, Help: p.Sex})
				}
				return out, err
			},
			FullSince: func(context.Context, int64) (calendar.Date, error) { return "2026-06-01", nil },
		}, counter).Routes(o.site.Server.Router)
		o.clerk = o.site.LogIn("clerk", y.Clerk)
		o.village = o.site.LogIn("director", y.Director)
		o.nothing = o.site.LogIn("villager", y.Person("王桂英", "女", "1950-02-02"))
		f(o)
		y.Sound()
	})
}

// at is a page of a unit.
func at(unit int64, more string) string { return fmt.Sprintf("/desk/org/%d%s", unit, more) }

// last is the number of the last act.
func (o *office) last() int64 { return o.Size() - 1 }

// refused fails when a form that must be refused recorded something.
func (o *office) refused(p *desktest.Page, size int64, status int, texts ...string) {
	o.Helper()
	p.Want(status, texts...)
	if n := o.Size(); n != size {
		o.Errorf("recorded %d acts though it was refused", n-size)
	}
}

// seen is what a form would know of an entity now.
func (o *office) seen(id int64) string {
	acts, err := journal.Acts(o.Ctx, o.DB, o.Code, id)
	if err != nil {
		o.Fatal(err)
	}
	return fmt.Sprint(acts[len(acts)-1].N)
}

func TestWhoMayReachThePages(t *testing.T) {
	open(t, func(o *office) {
		for _, path := range []string{"/desk/org", "/desk/org/print", "/desk/org/export", "/desk/org/new", "/desk/settings", "/desk/settings/new",
			at(o.General, ""), at(o.General, "/rename"), at(o.General, "/attach"), at(o.General, "/dissolve"), at(o.General, "/appoint")} {
			o.site.Visit().Get(path).Want(303, "/login")
			if p := o.nothing.Get(path); p.Code != 403 {
				t.Errorf("%s answers %d to somebody without office", path, p.Code)
			}
			o.clerk.Get(path).Want(200)
		}
		for _, path := range []string{"/desk/org/new", "/desk/settings/new", at(o.General, "/rename"), at(o.Village, "/attach"), at(o.Village, "/dissolve"), at(o.Village, "/appoint")} {
			o.village.Get(path).Want(403)
			size := o.Size()
			o.refused(o.village.Post(path, "seen", "1", "name", "改名", "effective", "2026-11-01", "reason", "试", "person", fmt.Sprint(o.Secretary)), size, 403)
		}
		o.village.Get(at(o.Village, "")).Want(200, "文峰村").Not("/rename", "/appoint")
		o.village.Get(at(o.Street, "")).Want(403)
		o.clerk.Get(at(999999, "")).Want(404)
		o.clerk.Get(at(o.Clerk, "")).Want(404, "没有这个组织")
		o.clerk.Get("/desk/offices/999999/leave").Want(404)
		o.clerk.Get("/desk/org/-1").Want(404)
	})
}

func TestTreeOnAnyDay(t *testing.T) {
	open(t, func(o *office) {
		o.Must(act(org.GiveName, o.Second, org.Rename{Name: "中共文峰街道文峰村老党员支部委员会", Short: "老党员支部"}, "2026-06-01"))
		o.clerk.Get("/desk/org").Want(200, "文峰街道党工委", "老党员支部", "党员（含下级）", `tree-count">1<`, "设立组织").Not("文峰村第二党支部", "与今天不同")
		p := o.clerk.Get("/desk/org?line=party&asof=2026-05-31&unit=" + fmt.Sprint(o.Second))
		p.Want(200, "文峰村第二党支部（今老党员支部）", "今名“中共文峰街道文峰村老党员支部委员会”", "不是今天的情况", "与今天不同的地方")
		o.clerk.Get("/desk/org?asof=2001-01-01").Want(200, "这一天这条线上还没有组织", "当时还没有")
		o.clerk.Get("/desk/org?line=area").Want(200, "文峰村村委会", "文峰街道")
		o.clerk.Get("/desk/org?line=nonsense&asof=nonsense&unit=x").Want(200, "文峰街道党工委")
		o.village.Get("/desk/org?line=area").Want(200, "文峰村村委会").Not("文峰街道办事处", "设立组织")
		o.clerk.Get("/desk/org/print?asof=2026-05-31&paper=a3").Want(200, "　　中共文峰街道文峰村第二支部委员会", "王建国", "sheet-a3").Not("老党员")
	})
}

func TestUnitOnAnyDay(t *testing.T) {
	open(t, func(o *office) {
		o.Must(act(org.GiveName, o.Second, org.Rename{Name: "中共文峰街道文峰村老党员支部委员会", Short: "老党员支部"}, "2026-06-01"))
		o.Must(install(org.Appoint{Unit: o.Second, Role: "branch-secretary", Person: o.Director, Until: "2026-09-01", Title: "代理书记"}, "2025-03-01"))
		o.clerk.Get(at(o.Second, "")).Want(200, "老党员支部", "曾用名", "中共文峰街道文峰村第二支部委员会", "代理书记", "李志强",
			"任期已于2026年8月31日届满，已超 84 天", "更名为“中共文峰街道文峰村老党员支部委员会”", "/appoint", "离任")
		o.clerk.Get(at(o.Second, "?asof=2025-06-01")).Want(200, "今名“中共文峰街道文峰村老党员支部委员会”", "任期至2026年8月31日").Not("/appoint", ">离任<")
		o.clerk.Get(at(o.Second, "?asof=2001-01-01")).Want(200, "这一天它还没有设立", "这一天没有人任职")
		o.clerk.Get(at(o.General, "")).Want(200, "下级组织", "中共文峰街道文峰村第一支部委员会", "2 个", "文峰街道党工委", "文峰村", "决策")
	})
}

func TestExport(t *testing.T) {
	open(t, func(o *office) {
		o.clerk.Get("/desk/org/export/blank").Want(200)
		o.clerk.Post("/desk/org/export", "asof", "2026-11-23").Want(422, "导出原因")
		o.clerk.Post("/desk/org/export", "asof", "三月", "reason", "核对").Want(422, "数据截至")
		o.nothing.Post("/desk/org/export", "asof", "2026-11-23", "reason", "核对").Want(403)
		p := o.clerk.Post("/desk/org/export", "asof", "2026-11-23", "reason", "报区委组织部核对")
		p.Want(200)
		if !strings.HasPrefix(p.Body.String(), "PK") || !strings.Contains(p.Header().Get("Content-Disposition"), "attachment") {
			t.Errorf("not a spreadsheet to save: %v", p.Header())
		}
		views, err := o.site.House.Views.By(o.Ctx, o.DB, o.Clerk, access.Before{}, 5)
		if err != nil || len(views) != 1 || views[0].Reason != "报区委组织部核对" || views[0].Persons != 1 {
			t.Errorf("the export is not in the view log: %+v, %v", views, err)
		}
	})
}
