package member

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
	"github.com/a-h/templ"
)

// deedKind is one kind of act on a member, as a form.
type deedKind struct {
	slug    string
	Icon    string // of its button; the field is named so that the asset builder finds the icon
	title   func(m *Member) string
	button  func(m *Member) string
	day     string                 // what the effective date is called
	unfit   func(m *Member) string // why the act cannot be meant for this member; "" when it can
	start   func(c *deedCase) *web.Form
	read    func(c *deedCase, f *web.Form, on calendar.Date) decide
	compare func(c *deedCase, f *web.Form) []ui.DiffRow // what stands now against what was typed
	body    func(c *deedCase, f *web.Form) templ.Component
}

type decide func(ctx context.Context, w *journal.Writer) error

// deeds in the order of their buttons.
var deeds = []*deedKind{fullDeed, moveDeed, floatDeed, changeDeed, leaveDeed}

// deedCase is what a form knows: the member, the branches there are, today.
type deedCase struct {
	*file
	Today    calendar.Date
	Branches []ui.Option               // other than the present one, to which the person may move the member
	Stale    bool                      // something was recorded since the form was opened, perhaps by this very form
	Names    map[int64]string          // of all branches, and of the member's former ones
	movers   map[int64]access.Decision // the office that carries a move, by branch
}

func constant(s string) func(*Member) string { return func(*Member) string { return s } }

// onRoster refuses acts on a membership that has ended.
func onRoster(m *Member) string {
	if m.Ended != "" {
		return "此人已于" + m.Life.To.Chinese() + m.Ended.Chinese() + "，不再在册。"
	}
	return ""
}

func (p *Pages) deedCase(r *web.Request) (*deedCase, error) {
	f, err := p.fileOf(r, access.MemberEdit)
	if err != nil {
		return nil, err
	}
	c := &deedCase{file: f, Today: p.Today()}
	if c.Names, err = p.unitNames(r, f.Now); err != nil {
		return nil, err
	}
	all, err := p.allBranches(r.Context())
	if err != nil {
		return nil, err
	}
	return c, p.addBranches(r, c, all)
}

// addBranches offers the branches to which an office of the person may move the member: a move takes power over both ends.
func (p *Pages) addBranches(r *web.Request, c *deedCase, all []ui.Option) error {
	units := []int64{c.Branch}
	for _, o := range all {
		id, err := strconv.ParseInt(o.Value, 10, 64)
		if err != nil {
			return err
		}
		units = append(units, id)
	}
	powers, err := p.Powers(r, units)
	if err != nil {
		return err
	}
	need := func(branch int64) desk.Need {
		return desk.Need{Act: access.MemberEdit, Unit: branch, Person: c.Now.Person}
	}
	c.movers = map[int64]access.Decision{}
	for i, o := range all {
		id := units[i+1]
		c.Names[id] = o.Text
		if offices := powers.Offices(need(c.Branch), need(id)); id != c.Branch && len(offices) > 0 {
			c.Branches = append(c.Branches, o)
			c.movers[id] = offices[0]
		}
	}
	return nil
}

// allBranches are all Party branches of the town.
func (p *Pages) allBranches(ctx context.Context) ([]ui.Option, error) {
	units, err := org.Tree(ctx, p.DB, p.Town, org.Party, p.Today())
	if err != nil {
		return nil, err
	}
	return treeOfUnits(units, func(org.UnitRow) bool { return true }).branchOptions(), nil
}

// deedProps is the form of an act.
type deedProps struct {
	Frame    ui.DeskProps
	Kind     *deedKind
	Case     *deedCase
	Form     *web.Form
	Key      ui.Param
	Obstacle *desk.Obstacle
	Diff     []ui.DiffRow // after a conflict
}

func (p *Pages) deedForm(d *deedKind) web.Page {
	return func(r *web.Request) (web.Response, error) {
		c, err := p.deedCase(r)
		if err != nil {
			return web.Response{}, err
		}
		if why := d.unfit(c.Now); why != "" {
			e := web.Fail(http.StatusConflict, why)
			e.Kept, e.Do = "没有改动任何记录。", "请回到党员的页面看最新情况。"
			return web.Response{}, e
		}
		return p.showDeed(r, deedProps{Kind: d, Case: c, Form: d.start(c)})
	}
}

// showDeed renders the form. The last act that the reader has seen goes with it.
func (p *Pages) showDeed(r *web.Request, props deedProps) (web.Response, error) {
	c := props.Case
	title := props.Kind.title(c.Now)
	frame, err := p.Desk(r, desk.Frame{Title: title, Active: listPath, Crumbs: crumbs(ui.Link{Text: c.Person.Name, Href: memberPath(c.ID)})})
	if err != nil {
		return web.Response{}, err
	}
	props.Frame, props.Key = frame, r.KeyParam()
	return desk.Answer(props.Form, props.Obstacle, deedPage(props)), nil
}

func (p *Pages) deed(d *deedKind) web.Page {
	return func(r *web.Request) (web.Response, error) {
		c, err := p.deedCase(r)
		if err != nil {
			return web.Response{}, err
		}
		f, err := r.Form()
		if err != nil {
			return web.Response{}, err
		}
		seen := f.Int64("seen", "表单", web.Needed, 0, 1<<62)
		c.Stale = seen != lastSeen(c.Acts)
		on := f.Date("on", d.day, web.Needed)
		if on.After(c.Today) {
			f.Fail("on", d.day, "不能晚于今天（"+c.Today.Chinese()+"）")
		}
		do := d.read(c, f, on)
		props := deedProps{Kind: d, Case: c, Form: f}
		if !f.OK() {
			return p.showDeed(r, props)
		}
		receipt, err := p.Record(r, desk.Deed{Via: c.Via, Seen: map[int64]int64{c.ID: seen}, Decide: do})
		if err == nil {
			r.SetFlash(recorded(receipt))
			return web.Redirect(memberPath(c.ID)), nil
		}
		if props.Obstacle, err = p.Obstacle(r, f, err, deedLabels(d)); err != nil {
			return web.Response{}, err
		}
		if props.Obstacle.Clash() {
			if props.Case, err = p.deedCase(r); err != nil { // what stands now, after the others' acts
				return web.Response{}, err
			}
			props.Diff = d.compare(props.Case, f)
		}
		return p.showDeed(r, props)
	}
}

// recorded is the message after a deed.
func recorded(receipt journal.Receipt) ui.Flash {
	return ui.Flash{Tone: ui.Success, Text: fmt.Sprintf("已办理，总账第 %d 号。", receipt.First), Link: ui.Link{Text: "查看", Href: fmt.Sprintf("/desk/acts/%d", receipt.First)}}
}

// deedLabels names the fields that a refusal may be about.
func deedLabels(d *deedKind) map[string]string {
	return map[string]string{"on": d.day, "admitted": "入党日期", "full": "转正日期", "branch": "转入支部", "to": "转往哪个党组织", "reason": "说明和依据", "place": "外出地点"}
}

func deedHref(c *deedCase, d *deedKind) string { return memberPath(c.ID) + "/" + d.slug }
