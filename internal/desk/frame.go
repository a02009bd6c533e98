package desk

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"cunju/internal/access"
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
		day, why := h.dayAsked(r)
		if why != "" {
			p.Page.Flash = append(p.Page.Flash, ui.Flash{Tone: ui.Warn, Text: why})
		}
		p.AsOf = ui.AsOf{Action: r.URL.Path, Date: string(day), Params: f.Params, Past: day != h.Today(), Today: r.URL.Path}
	}
	return p, nil
}

// role names one of the person's offices, a Party post before any other, as the office itself would.
func role(r *web.Request) string {
	if len(r.Who.Offices) == 0 {
		return ""
	}
	s := slices.MinFunc(r.Who.Offices, func(a, b access.Office) int { return cmp.Compare(standing(a), standing(b)) }).Title
	if n := len(r.Who.Offices); n > 1 {
		s += "等" + strconv.Itoa(n) + "职"
	}
	return s
}

// standing is the place of an office in the order in which a person's offices are named.
func standing(o access.Office) int {
	roles := access.Roles()
	n := slices.IndexFunc(roles, func(x access.Role) bool { return x.Code == o.Role })
	if n < 0 {
		n = len(roles)
	}
	if !strings.HasPrefix(o.UnitKind, "party-") {
		n += len(roles) + 1
	}
	return n
}

// Day is the day the page is asked for (asof), today when none, none that can be read, or one that has not come.
func (h *House) Day(r *web.Request) calendar.Date {
	day, _ := h.dayAsked(r)
	return day
}

// dayAsked is [House.Day] with a sentence about a day that could not be taken as asked.
func (h *House) dayAsked(r *web.Request) (day calendar.Date, why string) {
	today := h.Today()
	s := strings.TrimSpace(r.Query("asof"))
	if s == "" {
		return today, ""
	}
	d, err := calendar.Parse(s)
	switch {
	case err != nil:
		return today, "“数据截至”的日期看不懂（" + s + "），下面是今天的情况。"
	case d > today:
		return today, d.Chinese() + "还没有到，下面是今天的情况。"
	}
	return d, ""
}
