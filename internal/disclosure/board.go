package disclosure

import (
	"context"
	"fmt"
	"strings"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/law/notice"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// townUnit is the unit that the town's first act establishes: the town itself.
const townUnit = 0

// BoardFrame is the board around a public page: the village's name, or the street's.
func (p *Pages) BoardFrame(r *web.Request, title string, village *org.UnitRow, active string) (ui.BoardProps, error) {
	town, err := org.Find(r.Context(), p.DB, p.Town, townUnit)
	if db.Kind(err) == db.NotFound {
		town, err = org.UnitRow{Name: "街道"}, nil // a town just founded has no unit yet
	}
	if err != nil {
		return ui.BoardProps{}, err
	}
	f := ui.BoardProps{Page: r.Page(title), Village: town.Label(), Town: "村务、居务、党务、财务公开栏", Home: "/",
		Nav: []ui.NavItem{{Text: "首页", Href: "/", Active: active == "/"}, {Text: "查验", Href: "/verify", Active: active == "/verify"},
			{Text: "公开总账", Href: "/log", Active: active == "/log"}, {Text: "依据的规定", Href: "/rules", Active: active == "/rules"}},
		Login: ui.Link{Text: "登录", Href: "/login"},
		Foot:  town.Name + "主办。公开的内容登记以后不能悄悄改动，每张公示都可以扫码查验；有错只能另发更正，原来的那张仍然看得到。"}
	for _, b := range p.beside {
		f.Links = append(f.Links, b.Foot...)
	}
	if r.LoggedIn() {
		f.Login = ui.Link{Text: "工作台", Href: "/desk"}
		if len(r.Who.Offices) == 0 {
			f.Login = ui.Link{Text: "我的", Href: "/me"}
		}
	}
	if village != nil {
		f.Village, f.Town, f.Home = village.Label(), town.Label()+" · 公开栏", fmt.Sprintf("/v/%d", village.ID)
	}
	return f, nil
}

// AreaOf is the village or community for which a unit works, nil for those of the whole street.
func (p *Pages) AreaOf(ctx context.Context, unit int64) (*org.UnitRow, error) {
	path, err := org.Path(ctx, p.DB, p.Town, org.Any, unit, p.Today())
	if err != nil {
		return nil, err
	}
	for _, id := range path {
		u, err := org.Find(ctx, p.DB, p.Town, id)
		if err != nil {
			return nil, err
		}
		if u.Kind == "village" || u.Kind == "community" {
			return &u, nil
		}
	}
	return nil, nil
}

// OfficeName names the office in which an act was done, as the public may read it: never a person.
func (p *Pages) OfficeName(ctx context.Context, by journal.By, on calendar.Date) (string, error) {
	if by.System {
		return "系统", nil
	}
	o, err := officeOf(ctx, p.DB, p.Town, by.Office)
	if db.Kind(err) == db.NotFound {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	seat, err := org.Seat(ctx, p.DB, p.Town, o.Unit, o.Role, on)
	return seat.Title, err
}

// url is the full address of a path, for paper.
func (p *Pages) url(r *web.Request, path string) string {
	if p.base != "" {
		return p.base + path
	}
	scheme := "http://"
	if r.HTTPS {
		scheme = "https://"
	}
	return scheme + r.Host + path
}

// asked says where a reader turns to with a question.
func asked(body notice.Body) string {
	return map[notice.Body]string{notice.Village: "村务监督委员会，或者村民委员会（有权要求当场或限期答复）", notice.Community: "居务监督委员会，或者居民委员会",
		notice.Collective: "集体经济组织监事会（监事），成员有权查阅、复制账目", notice.Party: "本党组织书记，或者上级党组织"}[body]
}

// item is a notice in a list of the board.
func (p *Pages) item(row Row, unit string) ui.NoticeItem {
	s, _ := SubjectOf(row.Subject)
	it := ui.NoticeItem{Title: row.Title, Href: fmt.Sprintf("/n/%d", row.ID), Unit: unit, Date: string(row.Published), Kind: s.Title, Tone: ui.Neutral}
	switch today := p.Today(); {
	case row.TakenDown != "":
		it.State = "张贴期满，网上长期可查"
	case row.Posted == "":
		it.State, it.Tone = "网上已公布", ui.Info
	case row.Last == "" || row.Last >= today:
		it.State, it.Tone = "公开栏张贴中", ui.Success
		if row.Last != "" {
			it.State += "，到" + row.Last.Chinese()
		}
	default:
		it.State, it.Tone = "公开栏张贴中", ui.Success
	}
	if caution := row.Caution(); caution != "" {
		it.State, it.Tone = caution, ui.Warn
	}
	return it
}

// items are rows of the board with their units' names.
func (p *Pages) items(ctx context.Context, rows []Row) ([]ui.NoticeItem, error) {
	names, err := p.names(ctx, rows)
	if err != nil {
		return nil, err
	}
	out := make([]ui.NoticeItem, len(rows))
	for i, row := range rows {
		out[i] = p.item(row, names[row.Unit])
	}
	return out, nil
}

func (p *Pages) names(ctx context.Context, rows []Row) (map[int64]string, error) {
	return desk.UnitNames(ctx, p.House, rows, unitOf)
}

func unitOf(row Row) int64 { return row.Unit }

// numberAsTyped brings a document number into the form in which it is kept: people type other brackets and digits.
func numberAsTyped(s string) string {
	s = strings.NewReplacer("[", "〔", "]", "〕", "【", "〔", "】", "〕", "(", "〔", ")", "〕", "（", "〔", "）", "〕", "﹝", "〔", "﹞", "〕", " ", "", "　", "").Replace(s)
	return strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, s)
}

// powers that let someone see a notice that is not published.
var powers = []string{access.MatterRead, access.DisclosureDraft, access.DisclosureCheck, access.DisclosureApprove, access.DisclosurePublish, access.DisclosureTakedown}
