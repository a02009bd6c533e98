package people

import (
	"context"
	"fmt"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/law/codes"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// readDetails reads the fields of a person from a form; the ID number fills and is held against birth and sex.
func readDetails(f *web.Form, on calendar.Date, needNumber bool) Details {
	d := Details{Name: f.Required("name", "姓名", 30), Sex: f.Choice("sex", "性别", false, "男", "女"), Birth: f.Date("birth", "出生日期", false),
		Ethnicity: f.Text("ethnicity", "民族", 20), Education: f.Text("education", "学历", 20), Degree: f.Text("degree", "学位", 20),
		Registered: f.Text("registered", "户籍所在地", 60), Phone: f.Phone("phone", "手机号码", false), Address: f.Text("address", "现居住地", 100)}
	d.IDNumber = f.Text("idnumber", "公民身份号码", 18)
	if d.IDNumber == "" {
		if needNumber {
			f.Fail("idnumber", "公民身份号码", "请填写公民身份号码。")
		}
		return d
	}
	info, problem := codes.IDNumberOn(d.IDNumber, on)
	if problem != nil {
		f.Fail("idnumber", "公民身份号码", problem.Text())
		return d
	}
	d.IDNumber = info.Number
	if d.Birth == "" {
		d.Birth = info.Birth
	} else if d.Birth != info.Birth {
		f.Fail("birth", "出生日期", fmt.Sprintf("与身份号码中的出生日期（%s）不一致，请核对。", info.Birth.Chinese()))
	}
	if d.Sex == "" {
		d.Sex = info.Sex
	} else if d.Sex != info.Sex {
		f.Fail("sex", "性别", fmt.Sprintf("与身份号码（%s）不一致，请核对。", info.Sex))
	}
	return d
}

func (p *Pages) newForm(r *web.Request) (web.Response, error) {
	if len(p.Anchors(r, access.PeopleEdit)) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能登记人员。")
	}
	return p.editForm(r, nil, web.NewForm("ethnicity", "汉族"))
}

func (p *Pages) editForm(r *web.Request, row *Row, f *web.Form) (web.Response, error) {
	title := "登记人员"
	if row != nil {
		title = "变更 " + row.Name + " 的信息"
	}
	frame, err := p.Desk(r, deskFrame(title, "/desk/people", ui.Link{Text: "人员", Href: "/desk/people"}))
	if err != nil {
		return web.Response{}, err
	}
	page := editPage(editProps{Frame: frame, Row: row, Form: f, Key: r.KeyParam()})
	if f.OK() {
		return web.Render(page), nil
	}
	return web.Invalid(page), nil
}

func (p *Pages) create(r *web.Request) (web.Response, error) {
	anchors := p.Anchors(r, access.PeopleEdit)
	if len(anchors) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能登记人员。")
	}
	via, err := p.May(r, access.PeopleEdit, anchors[0])
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	d := readDetails(f, p.Today(), true)
	if !f.OK() {
		return p.editForm(r, nil, f)
	}
	sealed, err := p.Vault.Enrolments(r.Context(), []Details{d})
	if err != nil {
		return web.Response{}, err
	}
	receipt, err := p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Register(ctx, w, sealed[0], p.Today())
		return err
	}})
	if desk.Refused(f, err) {
		return p.editForm(r, nil, f)
	}
	if err != nil {
		return web.Response{}, err
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: fmt.Sprintf("已登记，总账第 %d 号。", receipt.First)})
	return web.Redirect(fmt.Sprintf("/desk/people/%d", receipt.First)), nil
}

func (p *Pages) changeForm(r *web.Request) (web.Response, error) {
	row, _, err := p.one(r, access.PeopleEdit)
	if err != nil {
		return web.Response{}, err
	}
	last, err := p.lastAct(r, row.ID)
	if err != nil {
		return web.Response{}, err
	}
	return p.editForm(r, &row, web.NewForm("name", row.Name, "sex", row.Sex, "birth", string(row.Birth), "ethnicity", row.Ethnicity,
		"education", row.Education, "degree", row.Degree, "registered", row.Registered, "seen", fmt.Sprint(last)))
}

// lastAct is what the form remembers, so that a change made meanwhile by someone else is noticed.
func (p *Pages) lastAct(r *web.Request, id int64) (int64, error) {
	return db.One[int64](r.Context(), p.DB, `SELECT last FROM journal_entity WHERE town = $1 AND id = $2`, p.Town, id)
}

func (p *Pages) change(r *web.Request) (web.Response, error) {
	row, via, err := p.one(r, access.PeopleEdit)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	seen := f.Int64("seen", "表单", true, 0, 1<<62)
	d := readDetails(f, p.Today(), false)
	if !f.OK() {
		return p.editForm(r, &row, f)
	}
	c, err := p.changeOf(r.Context(), row, d)
	if err != nil {
		return web.Response{}, err
	}
	_, err = p.Record(r, desk.Deed{Via: via, Seen: map[int64]int64{row.ID: seen}, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Amend(ctx, w, row.ID, c, p.Today())
		return err
	}})
	if desk.Refused(f, err) {
		return p.editForm(r, &row, f)
	}
	if err != nil {
		return web.Response{}, err
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: "已变更。原来的信息仍在记录里。"})
	return web.Redirect(fmt.Sprintf("/desk/people/%d", row.ID)), nil
}

// changeOf holds a form against the person: only fields that differ change; a number or telephone left empty stays.
func (p *Pages) changeOf(ctx context.Context, row Row, d Details) (Change, error) {
	c := Change{Name: differs(row.Name, d.Name), Sex: differs(row.Sex, d.Sex), Birth: differs(row.Birth, d.Birth),
		Ethnicity: differs(row.Ethnicity, d.Ethnicity), Education: differs(row.Education, d.Education), Degree: differs(row.Degree, d.Degree),
		Registered: differs(row.Registered, d.Registered)}
	for _, s := range []struct {
		plain string
		to    **Sealed
		seal  func(context.Context, int64, string) (Sealed, error)
	}{{d.IDNumber, &c.ID, p.Vault.ID}, {d.Phone, &c.Phone, p.Vault.Phone}, {d.Address, &c.Address, p.Vault.Address}} {
		if s.plain == "" {
			continue
		}
		sealed, err := s.seal(ctx, row.Key, s.plain)
		if err != nil {
			return c, err
		}
		*s.to = &sealed
	}
	return c, nil
}

func differs[T comparable](was, is T) *T {
	if was == is {
		return nil
	}
	return &is
}

// fields of the form, in order, for the template.
func field(f *web.Form, name, label string, need web.Need, width ui.Width, help string) ui.Field {
	x := f.Field(name, label, need)
	x.Width, x.Help = width, help
	return x
}
