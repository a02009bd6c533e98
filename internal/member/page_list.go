package member

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/people/keyring"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

const (
	listPage = 15 // lines on a page of the register: what a screen shows without scrolling
	// searchMost is the number of persons a search may find before it is asked to be more exact.
	searchMost = 200
)

// offeredBranches is up to how many branches a filter offers.
const offeredBranches = 120

// view is what the register is asked to show; it is all in the address.
type view struct {
	Unit     int64
	Branch   int64 // narrower than Unit; −1 for none
	Text     string
	Category Category
	Floating bool
	Day      calendar.Date
	After    string
	today    calendar.Date
}

// viewOf reads the address. What cannot be read counts as absent.
func viewOf(r *web.Request, unit int64, day, today calendar.Date) view {
	v := view{Unit: unit, Branch: -1, Text: r.Query("q"), Floating: r.Query("floating") == "1", Day: day, After: r.Query("after"), today: today}
	switch c := Category(r.Query("category")); c {
	case Full, Probationary:
		v.Category = c
	}
	if n, err := strconv.ParseInt(r.Query("branch"), 10, 64); err == nil && n >= 0 {
		v.Branch = n
	}
	return v
}

func (v view) past() bool { return v.Day != v.today }

// narrowed says that not the whole unit is shown.
func (v view) narrowed() bool {
	return v.Text != "" || v.Category != "" || v.Floating || v.Branch >= 0
}

// href is the address of the view as f changes it, from its first page on.
func (v view) href(f func(*view)) string {
	v.After = ""
	f(&v)
	q := url.Values{"unit": {strconv.FormatInt(v.Unit, 10)}}
	for name, value := range map[string]string{"q": v.Text, "category": string(v.Category), "after": v.After} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if v.Branch >= 0 {
		q.Set("branch", strconv.FormatInt(v.Branch, 10))
	}
	if v.Floating {
		q.Set("floating", "1")
	}
	if v.past() {
		q.Set("asof", string(v.Day))
	}
	return listPath + "?" + q.Encode()
}

// under is the address of a page beside the register (export, print) for what is shown now.
func (v view) under(path string) string {
	q := url.Values{"unit": {strconv.FormatInt(v.shown(), 10)}}
	if v.past() {
		q.Set("asof", string(v.Day))
	}
	return path + "?" + q.Encode()
}

// shown is the unit whose members are listed.
func (v view) shown() int64 {
	if v.Branch >= 0 {
		return v.Branch
	}
	return v.Unit
}

// listProps is the register.
type listProps struct {
	Frame    ui.DeskProps
	View     view
	Title    string
	Sub      string
	Actions  []ui.Link
	Stats    []ui.Stat
	Tree     []ui.TreeNode
	Branches []ui.Option
	Lines    []line
	Total    string
	Pager    ui.Pager
	Ages     ui.ChartProps
	Unknown  int64
	Flow     []ui.KV // opening and movements of the year
	Now      int64   // its closing
	At       string  // when figures of a large unit were counted
	TooMany  bool
	Export   *ui.Bulk
}

func (p *Pages) list(r *web.Request) (web.Response, error) {
	day := p.Day(r)
	t, err := p.treeOf(r, access.MemberRead, day)
	if err != nil {
		return web.Response{}, err
	}
	unit, via, err := p.unitOf(r, t, day)
	if err != nil {
		return web.Response{}, err
	}
	v := viewOf(r, unit, day, p.Today())
	var branches []org.UnitRow
	if t.heads[unit] <= offeredBranches { // more are too many to choose from: the tree leads there
		branches = t.branches(unit)
	}
	if !slices.ContainsFunc(branches, func(u org.UnitRow) bool { return u.ID == v.Branch }) {
		v.Branch = -1
	}
	props := listProps{View: v, Title: "党员名册"}
	if v.Floating {
		props.Title = "流动党员"
	}
	for _, b := range branches {
		props.Branches = append(props.Branches, ui.Option{Value: strconv.FormatInt(b.ID, 10), Text: t.short(b.ID)})
	}
	if err := p.listSides(r, t, v, &props); err != nil {
		return web.Response{}, err
	}
	if err := p.note(r, via, access.View{Act: access.MemberRead, What: "党员名册（号码已隐去）", Persons: int64(len(props.Lines))}); err != nil {
		return web.Response{}, err
	}
	frame := desk.Frame{Title: props.Title, Active: listPath, AsOf: true, Params: []ui.Param{{Name: "unit", Value: strconv.FormatInt(unit, 10)}}}
	for _, u := range t.path(unit) {
		frame.Crumbs = append(frame.Crumbs, ui.Link{Text: u.Label(), Href: v.href(func(v *view) { v.Unit, v.Branch = u.ID, -1 })})
	}
	if props.Frame, err = p.Desk(r, frame); err != nil {
		return web.Response{}, err
	}
	props.Frame.Search.Value = "" // q is the register's own filter here
	props.Frame.AsOf.Today = v.href(func(v *view) { v.Day = v.today })
	return web.Render(listPageOf(props)), nil
}

// count is how many members a unit had on a day, full and probationary.
func (p *Pages) count(ctx context.Context, t *tree, unit int64, day calendar.Date) (full, probationary int64, err error) {
	if day == p.Today() {
		return CountNow(ctx, p.DB, p.Town, unit)
	}
	n, _, err := keep(ctx, p, p.counts, figureKey{unit, day}, func() (n [2]int64, keep bool, err error) {
		n[0], n[1], err = Count(ctx, p.DB, p.Town, unit, day)
		return n, len(t.units) > wholeTree, err
	})
	return n[0], n[1], err
}

// listSides fills what the register shows: its lines, the figures above and beside them, the tree and the buttons.
func (p *Pages) listSides(r *web.Request, t *tree, v view, props *listProps) error {
	ctx := r.Context()
	full, probationary, err := p.count(ctx, t, v.Unit, v.Day)
	if err != nil {
		return err
	}
	f, at, err := p.figuresFor(ctx, v.Unit, v.Day, full+probationary)
	if err != nil {
		return err
	}
	if !at.IsZero() {
		props.At = calendar.Clock(at.UnixMilli())
	}
	props.Stats = p.stats(v, [2]int64{full, probationary}, f)
	props.Ages, props.Unknown = ages(f), f.Unknown
	props.Flow, props.Now = flowLines(f.Flow, f.Size), f.Size
	u := t.units[v.Unit]
	props.Sub = u.Label()
	if n := t.heads[v.Unit]; n > 1 {
		props.Sub += fmt.Sprintf(" · 下辖 %d 个党支部", n)
	}
	props.Sub += fmt.Sprintf(" · 共 %d 名党员", full+probationary)

	show := t.drawn(v.Unit)
	counts, err := p.countsOn(ctx, t, show, v.Day)
	if err != nil {
		return err
	}
	props.Tree = t.nodes(t.roots, treeView{v.Unit, counts, show, func(id int64) string { return v.href(func(v *view) { v.Unit, v.Branch = id, -1 }) }})
	p.listButtons(r, v, props)

	total := full + probationary
	if v.Branch >= 0 {
		if full, probationary, err = p.count(ctx, t, v.Branch, v.Day); err != nil {
			return err
		}
		total = full + probationary
	}
	size := total
	known := v.Text == "" && !(v.Floating && (v.Branch >= 0 || v.Category != "")) // only then is the number of lines known without counting them
	switch {
	case v.Floating:
		total = f.Floating
	case v.Category == Full:
		total = full
	case v.Category == Probationary:
		total = probationary
	}
	if err := p.listLines(ctx, v, props, total, size, known); err != nil {
		return err
	}
	for i, l := range props.Lines {
		props.Lines[i].BranchName = t.column(l.Branch, v.Unit)
	}
	return nil
}

// listLines reads one page of the register: one line more than it shows, to know whether there is a next page.
func (p *Pages) listLines(ctx context.Context, v view, props *listProps, total, size int64, known bool) error {
	after := parseCursor(v.After)
	f := Filter{Unit: v.shown(), Category: v.Category, Floating: v.Floating, After: after.Cursor, Limit: listPage + 1}
	if v.Text != "" {
		f.Only = []int64{}
		found, err := p.Vault.Search(ctx, p.DB, v.Text, searchMost+1)
		if err != nil {
			return err
		}
		props.TooMany = len(found) > searchMost
		for _, person := range found[:min(len(found), searchMost)] {
			f.Only = append(f.Only, person.ID)
		}
	}
	var rows []Row
	var err error
	switch {
	case v.past() && v.Floating: // not known for a past day without folding everyone
	case v.past():
		rows, err = pastPage(ctx, p.DB, p.Town, f, v.Day, size)
		for i := range rows {
			if err == nil {
				err = settle(ctx, p.DB, p.Journal.Book(), p.Town, &rows[i], v.Day)
			}
		}
	case known && total == 0:
	default:
		rows, err = Today(ctx, p.DB, p.Town, f, size)
	}
	if err != nil {
		return err
	}
	more := len(rows) > listPage
	rows = rows[:min(len(rows), listPage)]
	if props.Lines, err = p.lines(ctx, keyring.FaceDesk, rows, v.Day); err != nil {
		return err
	}
	if known {
		props.Total = fmt.Sprintf("%d 人", total)
	}
	props.Pager = listPager(v, after, rows, more, total, known)
	return nil
}

// listPager leads to the first and the next page: keys know no page numbers.
func listPager(v view, after pageCursor, rows []Row, more bool, total int64, known bool) (g ui.Pager) {
	if len(rows) == 0 {
		return g
	}
	g.Text = fmt.Sprintf("第 %d–%d 条", after.N+1, after.N+int64(len(rows)))
	if known {
		g.Text += fmt.Sprintf("，共 %d 条", total)
	}
	if after.N > 0 {
		g.First = v.href(func(*view) {})
	}
	if more {
		last := rows[len(rows)-1]
		next := pageCursor{Cursor{last.Sortkey, last.ID}, after.N + int64(len(rows))}
		if v.past() {
			next.ID = last.Person
		}
		g.Next = v.href(func(v *view) { v.After = next.String() })
	}
	return g
}

// listButtons offers what the person may do here.
func (p *Pages) listButtons(r *web.Request, v view, props *listProps) {
	if p.roster.May(r) {
		props.Actions = append(props.Actions, ui.Link{Text: "批量导入", Icon: "file-import", Href: importPath})
	}
	if p.moves.May(r) {
		props.Actions = append(props.Actions, ui.Link{Text: "导入变动", Icon: "arrows-exchange", Href: movementsPath})
	}
	if p.Can(r, access.SheetExport, v.shown(), 0, 0) {
		props.Actions = append(props.Actions, ui.Link{Text: "导出台账", Icon: "file-export", Href: v.under(listPath + "/export")})
		props.Export = &ui.Bulk{Action: listPath + "/export", Params: append([]ui.Param{r.KeyParam(), {Name: "unit", Value: strconv.FormatInt(v.shown(), 10)}}, asOfParam(v)...),
			Buttons: []ui.ButtonProps{{Text: "导出所选", Icon: "file-export"}}}
	}
	if !v.past() && p.Can(r, access.MemberEdit, v.Unit, 0, 0) {
		props.Actions = append(props.Actions, ui.Link{Text: "登记党员", Icon: "plus", Href: fmt.Sprintf("%s/new?unit=%d", listPath, v.shown())})
	}
}

func asOfParam(v view) []ui.Param {
	if v.past() {
		return []ui.Param{{Name: "asof", Value: string(v.Day)}}
	}
	return nil
}

// stats are the figures above the register.
func (p *Pages) stats(v view, now [2]int64, f figures) []ui.Stat {
	list := []ui.Stat{
		{Label: "正式党员", Value: fmt.Sprint(now[0]), Note: against(now[0] - f.Before[0]), Icon: "users", Tone: ui.Accent,
			Href: v.href(func(v *view) { v.Category, v.Floating, v.Text = Full, false, "" })},
		{Label: "预备党员", Value: fmt.Sprint(now[1]), Note: fmt.Sprintf("%s，%d 人本季度期满", against(now[1]-f.Before[1]), f.Due), Icon: "user-plus", Tone: ui.Info,
			Href: v.href(func(v *view) { v.Category, v.Floating, v.Text = Probationary, false, "" })},
	}
	away := ui.Stat{Label: "流动党员", Value: fmt.Sprint(f.Floating), Note: fmt.Sprintf("另有 %d 人失联", f.Lost), Icon: "arrows-exchange", Tone: ui.Warn,
		Href: v.href(func(v *view) { v.Category, v.Floating, v.Text = "", true, "" })}
	if v.past() {
		away = ui.Stat{Label: "流动党员", Value: "—", Note: "历史日期请看各人的记录", Icon: "arrows-exchange", Tone: ui.Warn}
	}
	year := f.Flow.total()
	return append(list, away, ui.Stat{Label: "本年增减", Value: signed(year), Note: fmt.Sprintf("年初 %d 人", f.Size-year), Icon: "report", Tone: ui.Success})
}

// against compares with the end of last month.
func against(n int64) string {
	if n == 0 {
		return "与上月持平"
	}
	return "较上月 " + signed(n)
}

func signed(n int64) string {
	if n < 0 {
		return "−" + strconv.FormatInt(-n, 10)
	}
	return "+" + strconv.FormatInt(n, 10)
}

func ages(f figures) ui.ChartProps {
	c := ui.ChartProps{Title: "年龄结构", Unit: "人", Label: "年龄"}
	for i, label := range []string{"35岁以下", "36–45", "46–55", "56–65", "66岁以上"} {
		c.Points = append(c.Points, ui.Point{Label: label, Value: f.Ages[i]})
	}
	return c
}

// flowLines is the year's account: opening and each way in and out. With the closing they add up, because they are one ledger.
func flowLines(f flow, now int64) []ui.KV {
	list := []ui.KV{{Key: "年初", Value: strconv.FormatInt(now-f.total(), 10)}}
	for _, how := range []How{Opening, Admitted, In, Restored, Out, Died, Left} {
		if how == Out && f.Within != 0 {
			list = append(list, ui.KV{Key: "街道内转接", Value: signed(f.Within)})
		}
		if n := f.By[how]; n != 0 {
			list = append(list, ui.KV{Key: how.Chinese(), Value: signed(n)})
		}
	}
	return list
}

// stateOf is a line's state in a word.
func stateOf(l line) (ui.Tone, string) {
	switch {
	case l.Lost != 0:
		return ui.Error, "失联"
	case l.Floating != 0:
		return ui.Warn, "外出"
	}
	return ui.Success, "在册"
}

func categoryTone(c Category) ui.Tone {
	if c == Probationary {
		return ui.Info
	}
	return ui.Neutral
}

// lastSeen is what a form remembers of an entity, so that a change made meanwhile is noticed.
func lastSeen(acts []journal.Act) int64 {
	if len(acts) == 0 {
		return -1
	}
	return acts[len(acts)-1].N
}
