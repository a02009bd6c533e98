package desk

import (
	"strconv"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// Frame is the desk around a page: navigation by powers, crumbs, search, the day shown.
type Frame struct {
	Title  string
	Active string     // address of the navigation entry
	Crumbs []ui.Link  // after the town; the page itself is added
	AsOf   bool       // offer the field 数据截至
	Params []ui.Param // carried along by it
}

// Desk fills the desk's layout for a request.
func (h *House) Desk(r *web.Request, f Frame) (ui.DeskProps, error) {
	p := ui.DeskProps{Page: r.Page(f.Title), Search: ui.Search{Action: "/desk/search", Value: r.Query("q")}}
	badges := map[string]int{}
	if h.Badges != nil {
		var err error
		if badges, err = h.Badges(r.Context(), r.Who); err != nil {
			return p, err
		}
	}
	for _, e := range h.Nav {
		if e.Act != "" && len(h.Anchors(r, e.Act)) == 0 {
			continue
		}
		if n := len(p.Nav); n == 0 || p.Nav[n-1].Title != e.Group {
			p.Nav = append(p.Nav, ui.NavGroup{Title: e.Group})
		}
		g := &p.Nav[len(p.Nav)-1]
		item := ui.NavItem{Text: e.Text, Href: e.Href, Icon: e.Icon, Active: e.Href == f.Active}
		if n := badges[e.Href]; n > 0 {
			item.Badge = strconv.Itoa(n)
		}
		g.Items = append(g.Items, item)
	}
	p.Bell = ui.Bell{Href: "/desk", Count: badges["/desk"]}
	p.Crumbs = append(p.Crumbs, f.Crumbs...)
	p.Crumbs = append(p.Crumbs, ui.Link{Text: f.Title})
	p.User = ui.User{Name: r.Who.Name, Role: role(r), Href: "/me/security", LogoutAction: "/logout"}
	if f.AsOf {
		day := h.Day(r)
		p.AsOf = ui.AsOf{Action: r.URL.Path, Date: string(day), Params: f.Params, Past: day != h.Today(), Today: r.URL.Path}
	}
	return p, nil
}

// role names the first of the person's offices.
func role(r *web.Request) string {
	if len(r.Who.Offices) == 0 {
		return ""
	}
	s := r.Who.Offices[0].Title
	if n := len(r.Who.Offices); n > 1 {
		s += "等" + strconv.Itoa(n) + "职"
	}
	return s
}

// Day is the day the page is asked for (asof), today when none or none that can be read.
func (h *House) Day(r *web.Request) calendar.Date {
	if s := strings.TrimSpace(r.Query("asof")); s != "" {
		if d, err := calendar.Parse(s); err == nil {
			return d
		}
	}
	return h.Today()
}
