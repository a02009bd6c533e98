package member

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/people"
	"cunju/internal/people/keyring"
	"cunju/internal/sheet/layouts"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// file is all that is recorded of one member, as the pages of a member read it.
type file struct {
	ID     int64
	Branch int64 // the last one
	Person people.Row
	Now    *Member // with every act, also those that take effect later
	Acts   []journal.Act
	Via    access.Decision
}

// fileOf reads the member of the path and checks the power over his branch.
func (p *Pages) fileOf(r *web.Request, act string) (*file, error) {
	id, err := r.PathID("id")
	if err != nil {
		return nil, err
	}
	ctx := r.Context()
	m, ok, err := journal.StateOf[Member](ctx, p.DB, p.Journal.Book(), p.Town, id, journal.Now)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, web.NotFound("没有这名党员。")
	}
	c := &file{ID: id, Branch: m.Now().Branch, Now: m}
	if c.Via, err = p.MayFor(r, act, c.Branch, m.Person, 0); err != nil {
		return nil, err
	}
	if c.Person, err = people.Find(ctx, p.DB, p.Town, m.Person); err != nil {
		return nil, err
	}
	if c.Person.Erased != 0 {
		c.Person.Name = "（个人信息已依法删除）"
	}
	c.Acts, err = journal.Acts(ctx, p.DB, p.Town, id)
	return c, err
}

// seenFrom is the point of view that the page is asked for.
type seenFrom struct {
	Day   calendar.Date
	Known int64 // −1 for all that is known
	past  bool
}

func (p *Pages) seenFrom(r *web.Request) seenFrom {
	s := seenFrom{Day: p.Day(r), Known: -1}
	s.past = s.Day != p.Today()
	if n, err := strconv.ParseInt(r.Query("known"), 10, 64); err == nil && n >= 0 {
		s.Known = n
	}
	return s
}

// now says that the page shows the member as he is.
func (s seenFrom) now() bool { return !s.past && s.Known < 0 }

// memberProps is a member's page.
type memberProps struct {
	Frame   ui.DeskProps
	File    *file
	From    seenFrom
	State   *Member // nil when there was no membership yet from there
	Status  ui.Stat
	Sub     string
	Facts   []ui.KV
	Private []ui.KV
	Spans   []ui.Event
	Acts    []ui.Event
	Lines   []posting
	Views   []ui.Event
	Viewed  string
	Actions []ui.Link
	Reveal  bool // may ask for the whole numbers, on the person's page
	Edit    bool // may correct the person's particulars
}

func (p *Pages) member(r *web.Request) (web.Response, error) {
	c, err := p.fileOf(r, access.MemberRead)
	if err != nil {
		return web.Response{}, err
	}
	if err := p.note(r, c.Via, access.View{Subject: c.Now.Person, Act: access.MemberRead, What: "党员信息（号码已隐去）"}); err != nil {
		return web.Response{}, err
	}
	ctx := r.Context()
	from := p.seenFrom(r)
	props := memberProps{File: c, From: from}
	if props.State, _, err = journal.StateOf[Member](ctx, p.DB, p.Journal.Book(), p.Town, c.ID, journal.At{Day: from.Day, Known: from.Known}); err != nil {
		return web.Response{}, err
	}
	names, err := p.unitNames(r, c.Now, props.State)
	if err != nil {
		return web.Response{}, err
	}
	if m := props.State; m != nil {
		props.Sub = names[m.Now().Branch] + " · " + m.Now().Category.Chinese() + " · " + condition(m)
		props.Facts = facts(m, names, from.Day)
		props.Spans = spanEvents(m, names)
	}
	if props.Private, err = p.private(r, c.Person, keyring.FaceDesk); err != nil {
		return web.Response{}, err
	}
	if err := p.history(r, c, &props); err != nil {
		return web.Response{}, err
	}
	if props.Lines, err = p.postings(r, c.ID); err != nil {
		return web.Response{}, err
	}
	live := c.Person.Erased == 0
	props.Reveal = live && p.Can(r, access.PeopleReveal, c.Branch, c.Now.Person, 0)
	props.Edit = live && p.Can(r, access.PeopleEdit, c.Branch, c.Now.Person, 0)
	if from.now() && p.Can(r, access.MemberEdit, c.Branch, c.Now.Person, 0) {
		for _, d := range deeds {
			if d.unfit(c.Now) == "" {
				props.Actions = append(props.Actions, ui.Link{Text: d.button(c.Now), Icon: d.Icon, Href: memberPath(c.ID) + "/" + d.slug})
			}
		}
	}
	frame := desk.Frame{Title: c.Person.Name, Active: listPath, AsOf: true, Crumbs: crumbs(ui.Link{Text: names[c.Branch], Href: fmt.Sprintf("%s?unit=%d", listPath, c.Branch)})}
	if from.Known >= 0 {
		frame.Params = []ui.Param{{Name: "known", Value: strconv.FormatInt(from.Known, 10)}}
	}
	if props.Frame, err = p.Desk(r, frame); err != nil {
		return web.Response{}, err
	}
	return web.Render(memberPage(props)), nil
}

// unitNames names the branches in the states.
func (p *Pages) unitNames(r *web.Request, states ...*Member) (map[int64]string, error) {
	names := map[int64]string{}
	for _, m := range states {
		if m == nil {
			continue
		}
		for _, s := range m.Spans {
			if _, ok := names[s.Branch]; !ok {
				u, err := org.Find(r.Context(), p.DB, p.Town, s.Branch)
				if err != nil {
					return nil, err
				}
				names[s.Branch] = u.Label()
			}
		}
	}
	return names, nil
}

// condition is a membership's state in a word.
func condition(m *Member) string {
	switch {
	case m.Ended != "":
		return m.Ended.Chinese()
	case m.Lost:
		return "失联"
	case m.Floating:
		return "外出"
	}
	return "在册"
}

// facts are the membership's columns.
func facts(m *Member, names map[int64]string, day calendar.Date) []ui.KV {
	last := m.Now()
	list := []ui.KV{{Key: "所在支部", Value: names[last.Branch]}, {Key: "人员类别", Value: last.Category.Chinese()},
		{Key: "入党日期", Value: dateText(m.Admitted)}, {Key: "转正日期", Value: dateText(m.Full)}}
	if years := m.partyAge(day); years != "" {
		list = append(list, ui.KV{Key: "党龄", Value: years + " 年"})
	}
	list = append(list, ui.KV{Key: "状态", Value: condition(m)})
	if m.Floating {
		list = append(list, ui.KV{Key: "外出地点", Value: m.Place})
	}
	if m.Ended != "" {
		list = append(list, ui.KV{Key: "自何日起不在册", Value: m.Life.To.Chinese()})
	}
	for _, c := range recordColumns {
		if v := m.Record[c.key]; !nothing(v) {
			list = append(list, ui.KV{Key: c.title, Value: v})
		}
	}
	return list
}

// nothing says that a roster's cell only states that there is nothing to state.
func nothing(v string) bool { return v == "" || v == "无" || v == "0" || v == "否" }

func dateText(d calendar.Date) string {
	if d == "" {
		return ""
	}
	return d.Chinese()
}

// recordColumn is a column of the roster that belongs to the membership and is no personal number or address.
type recordColumn struct {
	key, title string
	choices    []string
}

// recordColumns are the roster's columns that have no field of their own in an act, with their headings.
var recordColumns = func() []recordColumn {
	l := layouts.Roster29(layouts.Checks{})
	var list []recordColumn
	for _, key := range recordKeys {
		c := l.Column(key)
		col := recordColumn{key: key, title: c.Title}
		for _, o := range c.Choices {
			col.choices = append(col.choices, o.Value)
		}
		list = append(list, col)
	}
	return list
}()

// private are the person's particulars as a face may see them.
func (p *Pages) private(r *web.Request, row people.Row, face keyring.Face) ([]ui.KV, error) {
	if row.Erased != 0 {
		return []ui.KV{{Key: "个人信息", Value: "已依法删除", Wide: true}}, nil
	}
	list := []ui.KV{{Key: "性别", Value: row.Sex}, {Key: "出生日期", Value: dateText(row.Birth)}, {Key: "民族", Value: row.Ethnicity},
		{Key: "学历", Value: row.Education}, {Key: "户籍所在地", Value: row.Registered}}
	if !nothing(row.Degree) {
		list = append(list, ui.KV{Key: "学位", Value: row.Degree})
	}
	for _, s := range []struct {
		label  string
		field  keyring.Field
		sealed string
		wide   bool
	}{{"公民身份号码", keyring.IDNumber, row.IDNumber, false}, {"手机号码", keyring.Phone, row.Phone, false}, {"现居住地", keyring.Address, row.Address, true}} {
		v, err := p.shown(r.Context(), face, s.field, row.Key, s.sealed)
		if err != nil {
			return nil, err
		}
		list = append(list, ui.KV{Key: s.label, Value: v, Wide: s.wide})
	}
	return list, nil
}

// spanEvents is the way through branches and categories, the last first.
func spanEvents(m *Member, names map[int64]string) []ui.Event {
	var list []ui.Event
	for i, s := range m.Spans {
		e := ui.Event{When: s.From.Chinese() + "起", Title: names[s.Branch] + " · " + s.Category.Chinese(), Act: s.Act, Href: fmt.Sprintf("/desk/acts/%d", s.Act)}
		if s.To != calendar.Forever {
			e.When = s.From.Chinese() + "至" + s.To.AddDays(-1).Chinese()
		} else if i == len(m.Spans)-1 {
			e.Tone = ui.Success
		}
		list = append(list, e)
	}
	if m.Ended != "" {
		list = append(list, ui.Event{When: m.Life.To.Chinese(), Title: m.Ended.Chinese(), Tone: ui.Neutral})
	}
	slices.Reverse(list)
	return list
}

// history fills the acts, newest first, and who looked.
func (p *Pages) history(r *web.Request, c *file, props *memberProps) error {
	props.Acts = p.Events(c.Acts)
	for i, a := range c.Acts {
		e := &props.Acts[i]
		e.Text = "生效 " + a.Effective.Chinese()
		e.Links = []ui.Link{{Text: fmt.Sprintf("按第 %d 号时所知查看", a.N), Href: fmt.Sprintf("%s?known=%d", memberPath(c.ID), a.N)}}
		if a.By.System {
			e.Who = "系统（建账）"
			continue
		}
		name, err := p.House.Person(r.Context(), p.DB, a.By.Person)
		if err != nil {
			return err
		}
		e.Who = name
	}
	slices.Reverse(props.Acts)
	const most = 50
	views, err := p.Views.Of(r.Context(), p.DB, c.Now.Person, access.Before{}, most+1)
	if err != nil {
		return err
	}
	props.Viewed = fmt.Sprintf("%d 次", len(views))
	if len(views) > most {
		props.Viewed = fmt.Sprintf("%d 次以上", most)
	}
	for _, v := range views[:min(len(views), 5)] {
		props.Views = append(props.Views, viewEvent(v))
	}
	return nil
}

func viewEvent(v access.View) ui.Event {
	e := ui.Event{When: calendar.Instant(v.At), Title: v.What, Who: v.Office}
	if v.Reason != "" {
		e.Text = "原因：" + v.Reason
	}
	return e
}

// posting is one head moved in the ledger, from account to account in words.
type posting struct {
	Act       int64
	From, To  string
	Effective calendar.Date
}

// postings are the ledger's lines of one membership. Each move has two lines; the one that receives is shown.
func (p *Pages) postings(r *web.Request, id int64) ([]posting, error) {
	lines, err := journal.Lines(r.Context(), p.DB, p.Journal.Book(), p.Town, id)
	if err != nil {
		return nil, err
	}
	var list []posting
	for _, l := range lines {
		if l.Commodity != Head || l.Amount < 0 {
			continue
		}
		move := posting{Act: l.Act, Effective: l.Effective}
		if move.From, err = p.accountName(r, l.Contra); err != nil {
			return nil, err
		}
		if move.To, err = p.accountName(r, l.Account); err != nil {
			return nil, err
		}
		list = append(list, move)
	}
	return list, nil
}

// accountName says an account in words.
func (p *Pages) accountName(r *web.Request, account string) (string, error) {
	if name := How(account).Chinese(); name != "" {
		return name, nil
	}
	parts := strings.Split(account, "/")
	unit, err := strconv.ParseInt(parts[0], 10, 64)
	if err != nil || len(parts) != 3 {
		return account, nil
	}
	u, err := org.Find(r.Context(), p.DB, p.Town, unit)
	return u.Label() + " · " + Category(parts[2]).Chinese(), err
}
