package member

import (
	"context"
	"fmt"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/people"
	"cunju/internal/sheet/layouts"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// waysIn are the ways in which a member comes onto a roster.
var waysIn = []How{Admitted, In, Restored, Opening}

// choicesOf are the roster's words for a column.
func choicesOf(key string) []string {
	var list []string
	for _, o := range layouts.Roster29(layouts.Checks{}).Column(key).Choices {
		list = append(list, o.Value)
	}
	return list
}

// newProps is the form of a new member.
type newProps struct {
	Frame    ui.DeskProps
	Form     *web.Form
	Key      ui.Param
	Branches []ui.Option
	Obstacle *desk.Obstacle
}

func (p *Pages) newForm(r *web.Request) (web.Response, error) {
	return p.showNew(r, web.NewForm("branch", r.Query("unit"), "on", string(p.Today()), "ethnicity", "汉族", "category", string(Probationary), "how", string(Admitted)), nil)
}

func (p *Pages) showNew(r *web.Request, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	t, err := p.treeOf(r, access.MemberEdit, p.Today())
	if err != nil {
		return web.Response{}, err
	}
	props := newProps{Form: f, Key: r.KeyParam(), Branches: t.branchOptions(), Obstacle: o}
	if props.Frame, err = p.Desk(r, desk.Frame{Title: "登记党员", Active: listPath, Crumbs: crumbs()}); err != nil {
		return web.Response{}, err
	}
	return desk.Answer(f, o, newPage(props)), nil
}

// readPerson reads a person's particulars, the nation in the roster's words.
func readPerson(f *web.Form, on calendar.Date) people.Details {
	d := people.ReadDetails(f, on, true)
	d.Ethnicity = f.Choice("ethnicity", "民族", web.Optional, choicesOf("nation")...)
	return d
}

// readEnter reads the membership's part of the form.
func readEnter(f *web.Form) Enter {
	var ways []string
	for _, h := range waysIn {
		ways = append(ways, string(h))
	}
	e := Enter{Category: Category(f.Choice("category", "人员类别", web.Needed, string(Full), string(Probationary))), How: How(f.Choice("how", "登记方式", web.Needed, ways...)),
		Admitted: f.Date("admitted", "入党日期", web.Needed), Full: f.Date("full", "转正日期", web.Optional), From: f.Text("from", "从哪个党组织来", 100), Floating: f.Bool("floating")}
	e.Branch = f.Int64("branch", "所在支部", web.Needed, 0, 1<<62)
	if e.How == In && e.From == "" {
		f.Fail("from", "从哪个党组织来", "转入的请填写转出党组织")
	}
	return e
}

var newLabels = map[string]string{"name": "姓名", "idnumber": "公民身份号码", "sex": "性别", "birth": "出生日期", "branch": "所在支部", "category": "人员类别", "how": "登记方式",
	"admitted": "入党日期", "full": "转正日期", "from": "从哪个党组织来", "on": "登记生效日期"}

func (p *Pages) create(r *web.Request) (web.Response, error) {
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	on := f.Date("on", "登记生效日期", web.Needed)
	if on.After(p.Today()) {
		f.Fail("on", "登记生效日期", "不能晚于今天（"+p.Today().Chinese()+"）")
	}
	d, e := readPerson(f, p.Today()), readEnter(f)
	if f.Err("branch") != "" {
		return p.showNew(r, f, nil)
	}
	via, err := p.May(r, access.MemberEdit, e.Branch)
	if err != nil {
		return web.Response{}, err
	}
	if !f.OK() {
		return p.showNew(r, f, nil)
	}
	person, err := p.same(r, f, d)
	if err != nil || !f.OK() {
		if err == nil {
			return p.showNew(r, f, nil)
		}
		return web.Response{}, err
	}
	var sealed []people.Enrol
	if person == 0 {
		if sealed, err = p.Vault.Enrolments(r.Context(), []people.Details{d}); err != nil {
			return web.Response{}, err
		}
	}
	receipt, err := p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) (err error) {
		e := e
		if e.Person = person; person == 0 {
			if e.Person, err = people.Register(ctx, w, sealed[0], on); err != nil {
				return err
			}
		}
		_, err = Join(ctx, w, e, on)
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, newLabels)
		if err != nil {
			return web.Response{}, err
		}
		return p.showNew(r, f, o)
	}
	flash := ui.Flash{Tone: ui.Success, Text: fmt.Sprintf("已登记，总账第 %d 号。", receipt.Last)}
	if person != 0 {
		flash.Detail = "此人原来已登记为本街道人员，沿用原有的个人信息，没有重复登记。"
	}
	r.SetFlash(flash)
	return web.Redirect(memberPath(receipt.Last)), nil
}

// same finds the person who is registered under the number already, 0 if nobody is. A number under another name is a mistake in
// one of the two; whose number it is, is not told.
func (p *Pages) same(r *web.Request, f *web.Form, d people.Details) (int64, error) {
	ids, err := people.ByBlind(r.Context(), p.DB, p.Town, "id", p.Vault.BlindID(d.IDNumber))
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	row, err := people.Find(r.Context(), p.DB, p.Town, ids[0])
	if err != nil {
		return 0, err
	}
	if row.Name != d.Name {
		f.Fail("name", "姓名", "这个身份号码已登记在另一个姓名之下（第 "+strconv.FormatInt(row.ID, 10)+" 号人员），请核对姓名和号码")
	}
	return row.ID, nil
}
