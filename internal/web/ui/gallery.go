package ui

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// GalleryPage is one page of the gallery.
type GalleryPage struct {
	Name  string // part of the address
	Title string
	Icon  string
	view  func(Page, []NavGroup) templ.Component
}

// GalleryPages are all pages of the gallery: every component in every state.
// Persons and figures in them are made up.
func GalleryPages() []GalleryPage {
	return []GalleryPage{
		{Name: "desk", Title: "工作台样张", Icon: "layout-dashboard", view: galleryDesk},
		{Name: "parts", Title: "零件", Icon: "components", view: onDesk("零件", galleryParts())},
		{Name: "form", Title: "表单", Icon: "forms", view: onDesk("表单", galleryForms())},
		{Name: "table", Title: "表格", Icon: "table", view: onDesk("表格", galleryTables())},
		{Name: "procedure", Title: "办理过程", Icon: "gavel", view: onDesk("办理过程", galleryProcedure())},
		{Name: "chart", Title: "图表", Icon: "chart-bar", view: onDesk("图表", galleryCharts())},
		{Name: "empty", Title: "空白页", Icon: "inbox", view: galleryEmpty},
		{Name: "board", Title: "公开栏", Icon: "speakerphone", view: galleryBoard},
		{Name: "notice", Title: "公示页", Icon: "file-text", view: galleryNotice},
		{Name: "phone", Title: "手机页", Icon: "phone", view: galleryPhone},
		{Name: "plain", Title: "登录页", Icon: "user", view: galleryPlain},
		{Name: "error", Title: "出错页", Icon: "alert-circle", view: galleryError},
		{Name: "a4", Title: "A4 打印", Icon: "printer", view: gallerySheet(A4)},
		{Name: "a3", Title: "A3 打印", Icon: "printer", view: gallerySheet(A3)},
	}
}

// Gallery renders the page of this name; base is the address of the gallery.
// Name "" is the first page. It says whether there is such a page.
func Gallery(p Page, name, base string) (templ.Component, bool) {
	pages := GalleryPages()
	if name == "" {
		name = pages[0].Name
	}
	nav := NavGroup{Title: "样张"}
	var found *GalleryPage
	for i, g := range pages {
		nav.Items = append(nav.Items, NavItem{Text: g.Title, Href: base + "/" + g.Name, Icon: g.Icon, Active: g.Name == name})
		if g.Name == name {
			found = &pages[i]
		}
	}
	if found == nil {
		return nil, false
	}
	p.Title = found.Title
	return found.view(p, []NavGroup{nav}), true
}

// onDesk puts sections on a desk page.
func onDesk(title string, body templ.Component) func(Page, []NavGroup) templ.Component {
	return func(p Page, nav []NavGroup) templ.Component {
		d := galleryFrame(p, nav)
		d.Crumbs = []Link{{Text: "样张", Href: "#"}, {Text: title}}
		return with(Desk(d), body)
	}
}

// galleryFrame is the frame of the clerk of the samples.
func galleryFrame(p Page, nav []NavGroup) DeskProps {
	return DeskProps{
		Page:   p,
		Nav:    nav,
		Search: Search{Action: "#"},
		AsOf:   AsOf{Action: "#", Date: "2026-11-23"},
		Bell:   Bell{Href: "#", Count: 5},
		User:   User{Name: "陈晓梅", Role: "文峰村党总支 · 组织委员", Href: "#", LogoutAction: "#"},
	}
}

// with renders a layout around its children, as a templ block does.
func with(layout, children templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return layout.Render(templ.WithChildren(ctx, children), w)
	})
}

// sampleMember is a row of the sample register.
type sampleMember struct {
	Name, Sex, ID, Branch, Kind, Joined, State string
	Tone, KindTone                             Tone
}

func sampleMembers() []sampleMember {
	return []sampleMember{
		{"王建国", "男 68", "321002********1234", "第一党支部", "正式党员", "1986-07-01", "在册", Success, Neutral},
		{"李秀英", "女 79", "321002********5628", "老党员党支部", "正式党员", "1974-10-12", "在册", Success, Neutral},
		{"陈志强", "男 41", "321002********0917", "流动党员党支部", "正式党员", "2009-06-30", "外出", Warn, Neutral},
		{"张雨欣", "女 26", "321002********302X", "第二党支部", "预备党员", "2026-03-18", "在册", Success, Info},
		{"周国平", "男 55", "321002********7715", "农贸市场党支部", "正式党员", "1998-07-01", "在册", Success, Neutral},
		{"赵蕻", "男 37", "321002********4013", "第一党支部", "正式党员", "2015-12-05", "转出中", Info, Neutral},
		{"吴桂兰", "女 83", "321002********8842", "老党员党支部", "正式党员", "1969-09-09", "在册", Success, Neutral},
		{"孙浩然", "男 29", "321002********6319", "第二党支部", "发展对象", "", "培养中", Info, Warn},
		{"徐海燕", "女 44", "321002********1126", "流动党员党支部", "正式党员", "2012-06-22", "外出", Warn, Neutral},
		{"朱明亮", "男 50", "321002********9931", "农贸市场党支部", "正式党员", "2003-07-01", "在册", Success, Neutral},
	}
}

func sampleColumns() []Column[sampleMember] {
	return []Column[sampleMember]{
		TextCol("姓名", func(m sampleMember) string { return m.Name }).Strong(),
		TextCol("性别年龄", func(m sampleMember) string { return m.Sex }),
		TextCol("公民身份号码", func(m sampleMember) string { return m.ID }).Muted(),
		TextCol("所在支部", func(m sampleMember) string { return m.Branch }),
		Col("类别", func(m sampleMember) templ.Component { return Badge(m.KindTone, m.Kind) }),
		TextCol("入党日期", func(m sampleMember) string { return m.Joined }),
		Col("状态", func(m sampleMember) templ.Component { return Dot(m.Tone, m.State) }),
	}
}

// sampleRegister is the register as the desk shows it.
func sampleRegister() TableProps[sampleMember] {
	return TableProps[sampleMember]{
		ID: "members", Title: "党员名册", Count: "216 人",
		Filters: sampleFilters(), Filter: "#",
		Columns: sampleColumns(), Rows: sampleMembers(),
		Key:  func(m sampleMember) string { return m.Name },
		Href: func(sampleMember) string { return "#" },
		Bulk: &Bulk{Action: "#", Buttons: []ButtonProps{{Text: "转接组织关系", Icon: "arrows-exchange"}, {Text: "打印名单", Icon: "printer"}}},
		Pager: Pager{Text: "第 1–10 条，共 216 条", Next: "#", Pages: []PageLink{
			{Text: "1", Href: "#", Active: true}, {Text: "2", Href: "#"}, {Text: "3", Href: "#"}}},
	}
}

// longRegister is many rows, sorted, with long text, a late row and a total.
func longRegister() TableProps[sampleMember] {
	t := sampleRegister()
	t.ID, t.Title, t.Count, t.Filters, t.Bulk = "long", "三百行", "300 人", nil, nil
	base := sampleMembers()
	t.Rows = make([]sampleMember, 300)
	for i := range t.Rows {
		t.Rows[i] = base[i%len(base)]
		t.Rows[i].Name = fmt.Sprintf("%s%d", base[i%len(base)].Name, i+1)
	}
	t.Rows[3].Branch = strings.Repeat("宝塔社区文峰路商业街联合", 4) + "党支部"
	t.Columns[0] = t.Columns[0].SortBy("name")
	t.Columns[3] = t.Columns[3].Wide()
	t.Columns[5] = t.Columns[5].SortBy("joined")
	t.Sort = Sort{Key: "joined", Desc: true, Href: func(key string, desc bool) string {
		return fmt.Sprintf("?sort=%s&desc=%t", key, desc)
	}}
	t.Late = func(m sampleMember) bool { return m.State == "外出" }
	t.Foot = []string{"合计", "", "", "", "", "", "300 人"}
	t.Pager = Pager{Text: "第 301–600 条", First: "#", Prev: "#", Next: "#"}
	return t
}
