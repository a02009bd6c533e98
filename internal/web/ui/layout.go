package ui

import "github.com/a-h/templ"

// NavItem is one entry of a navigation.
type NavItem struct {
	Text   string
	Href   string
	Icon   string
	Badge  string // count of what waits; empty shows none
	Active bool
}

// NavGroup is a run of entries under a small heading; the first group usually has none.
type NavGroup struct {
	Title string
	Items []NavItem
}

// User is the person at the desk.
type User struct {
	Name         string
	Role         string // unit and office, "文峰村党总支 · 组织委员"
	Href         string // own account page
	LogoutAction string // POST address; empty hides the button
}

// Search is the box in the head of the desk; it submits by GET as q.
type Search struct {
	Action      string // empty hides the box
	Value       string
	Placeholder string
}

// AsOf is the date field 数据截至: the page is shown as of that day. It submits
// by GET as asof to Action, with Params carried along.
type AsOf struct {
	Action string // empty hides the field
	Date   string // YYYY-MM-DD
	Params []Param
	Past   bool   // Date is not today: a strip says so
	Today  string // address of the same page today
}

// Bell is the sign of unread messages.
type Bell struct {
	Href  string // empty hides it
	Count int
}

// DeskProps is the frame of a clerk's page.
type DeskProps struct {
	Page
	Brand   string // 村居 when empty
	Tagline string // 基层治理工作台 when empty
	Home    string // address of the desk; /desk when empty
	Nav     []NavGroup
	Crumbs  []Link // last one is this page
	Search  Search
	AsOf    AsOf
	Bell    Bell
	User    User
}

// Desk is the layout of clerks' pages; its children are the page.
func Desk(p DeskProps) templ.Component {
	p.Brand = or(p.Brand, "村居")
	p.Tagline = or(p.Tagline, "基层治理工作台")
	p.Home = or(p.Home, "/desk")
	p.Search.Placeholder = or(p.Search.Placeholder, "检索人员、组织、事项编号")
	return withPage(p.Page, desk(p))
}

// BoardProps is the frame of the public notice board.
type BoardProps struct {
	Page
	Village string // 渡江村
	Town    string // 文峰街道 · 公开栏
	Home    string // / when empty
	Nav     []NavItem
	Login   Link // empty hides it
	Foot    string
	Links   []Link // at the foot, for what few look for
}

// Board is the layout of public pages; its children are the page.
func Board(p BoardProps) templ.Component {
	p.Home = or(p.Home, "/")
	return withPage(p.Page, board(p))
}

// PhoneProps is the frame of a villager's own pages.
type PhoneProps struct {
	Page
	Village string
	Sub     string // 文峰街道 · 村民服务
	Tabs    []NavItem
	Back    Link // shown above the page; empty hides it
}

// Phone is the layout of villagers' own pages; its children are the page.
func Phone(p PhoneProps) templ.Component { return withPage(p.Page, phone(p)) }

// WallProps is the frame of a screen in a hall: nobody touches it, it turns its pages by itself after Page.Refresh seconds.
type WallProps struct {
	Page
	Place string // 文峰村公开栏
	Day   string // the day, with its weekday
	Clock string // hour of the last answer of the server
	Foot  string // which screen of how many
	Tall  bool   // the screen stands upright
}

// Wall is the layout of a screen in a hall; its children are the page.
func Wall(p WallProps) templ.Component { return withPage(p.Page, wall(p)) }

// PlainProps is the frame of log-in and error pages.
type PlainProps struct {
	Page
	Brand   string
	Tagline string
	Wide    bool // for text longer than a form
}

// Plain is the layout of log-in and error pages; its children are the page.
func Plain(p PlainProps) templ.Component {
	p.Brand = or(p.Brand, "村居")
	p.Tagline = or(p.Tagline, "基层治理工作台")
	return withPage(p.Page, plain(p))
}

// Paper is the size of a print sheet.
type Paper string

// Paper sizes: registers print on A4, notices for the board on A3.
const (
	A4 Paper = "a4"
	A3 Paper = "a3"
)

// SheetProps is the frame of a page meant for paper.
type SheetProps struct {
	Page
	Paper Paper // A4 when empty
	Back  Link  // shown on the screen only
	Note  string
}

// Sheet is the layout of print sheets. The type is that of GB/T 9704-2012; the margins are narrower than
// those of an official document, so that a month of a village fits one A4 with its code; its children are the sheet.
func Sheet(p SheetProps) templ.Component {
	if p.Paper == "" {
		p.Paper = A4
	}
	return withPage(p.Page, sheet(p))
}

func (p SheetProps) css() string {
	if p.Paper == A3 {
		return p.Assets.SheetA3
	}
	return p.Assets.SheetA4
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
