package people

import (
	"context"
	"fmt"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/law/codes"
	"cunju/internal/people/keyring"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// ReadDetails reads the fields of a person from a form; the ID number fills and is held against birth and sex.
func ReadDetails(f *web.Form, on calendar.Date, needNumber bool) Details {
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

// labels of the fields that a refusal may name.
var editLabels = map[string]string{"name": "姓名", "sex": "性别", "idnumber": "公民身份号码", "relation": "与户主关系", "number": "户号"}

func (p *Pages) newForm(r *web.Request) (web.Response, error) {
	if len(p.Anchors(r, access.PeopleEdit)) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能登记人员。")
	}
	return p.editForm(r, nil, web.NewForm("ethnicity", "汉族"), nil)
}

// editForm shows the form of a new person, or of one who is known.
func (p *Pages) editForm(r *web.Request, row *Row, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	props := editProps{Row: row, Form: f, Trial: o, Params: []ui.Param{r.KeyParam()}}
	title := "登记人员"
	if row == nil {
		street, err := p.forStreet(r)
		if err != nil {
			return web.Response{}, err
		}
		props.Settle = !street
	} else {
		title = "变更 " + row.Name + " 的信息"
		seen := f.Value("seen")
		if last, ok := o.Known(row.ID); ok {
			seen = fmt.Sprint(last)
		}
		props.Params = append(props.Params, ui.Param{Name: "seen", Value: seen})
	}
	var err error
	if props.Frame, err = p.Desk(r, deskFrame(title, "/desk/people", ui.Link{Text: "人员和住户", Href: "/desk/people"})); err != nil {
		return web.Response{}, err
	}
	return desk.Answer(f, o, editPage(props)), nil
}

// forStreet reports whether the person may register people of the whole street, who need not live in a household that is
// registered yet. Who registers for a village must say where: else nobody of the village could see the person again.
func (p *Pages) forStreet(r *web.Request) (bool, error) {
	root, err := p.Units(r.Context())
	return err == nil && p.CanAny(r, access.PeopleEdit, root), err
}

// dwelling is the household that a new person joins; 0 for none.
type dwelling struct {
	id   int64
	unit int64
	Resident
}

// readHome reads the household's number and the relation to its head.
func (p *Pages) readHome(r *web.Request, f *web.Form) (h dwelling, err error) {
	street, err := p.forStreet(r)
	if err != nil {
		return h, err
	}
	number := f.Text("number", editLabels["number"], 20)
	switch {
	case number == "" && street:
		return h, nil
	case number == "":
		f.Fail("number", editLabels["number"], "请填写所在住户的户号")
		return h, nil
	}
	h.Relation = f.Required("relation", editLabels["relation"], 20)
	for _, unit := range p.Anchors(r, access.PeopleEdit) {
		found, err := numbered(r.Context(), p.DB, p.Town, unit, number, p.Today())
		if err != nil {
			return h, err
		}
		for _, x := range found {
			if h.id != 0 && h.id != x.ID {
				f.Fail("number", editLabels["number"], "有几户都是这个户号，请到住户页核对")
				return h, nil
			}
			h.id, h.unit = x.ID, x.Unit
		}
	}
	if h.id == 0 {
		f.Fail("number", editLabels["number"], "您的职责范围内没有这个户号，请核对；新住户请先从名册导入")
	}
	return h, nil
}

func (p *Pages) create(r *web.Request) (web.Response, error) {
	anchors := p.Anchors(r, access.PeopleEdit)
	if len(anchors) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能登记人员。")
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	d := ReadDetails(f, p.Today(), true)
	at, err := p.readHome(r, f)
	if err != nil {
		return web.Response{}, err
	}
	if !f.OK() {
		return p.editForm(r, nil, f, nil)
	}
	over := anchors[0]
	if at.id != 0 {
		over = at.unit
	}
	via, err := p.May(r, access.PeopleEdit, over)
	if err != nil {
		return web.Response{}, err
	}
	sealed, err := p.Vault.Enrolments(r.Context(), []Details{d})
	if err != nil {
		return web.Response{}, err
	}
	receipt, err := p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error {
		id, err := Register(ctx, w, sealed[0], p.Today())
		if err == nil && at.id != 0 {
			stay := Resident{Person: id, Relation: at.Relation}
			_, err = journal.Add(ctx, w, KindJoin, p.Today(), []int64{at.id}, Join{Resident: stay, Reason: "登记人员"})
		}
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, editLabels)
		if err != nil {
			return web.Response{}, err
		}
		return p.editForm(r, nil, f, o)
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: fmt.Sprintf("已登记，总账第 %d 号。", receipt.First)})
	return web.Redirect(fmt.Sprintf("/desk/people/%d", receipt.First)), nil
}

// editable is [Pages.one] for a person whose data were not erased.
func (p *Pages) editable(r *web.Request, act string) (Row, access.Decision, error) {
	row, d, err := p.one(r, act)
	if err == nil && row.Erased != 0 {
		err = web.NotNow("此人的个人信息已依法删除，不能再查看或变更。")
	}
	return row, d, err
}

func (p *Pages) changeForm(r *web.Request) (web.Response, error) {
	row, _, err := p.editable(r, access.PeopleEdit)
	if err != nil {
		return web.Response{}, err
	}
	last, err := journal.LastAct(r.Context(), p.DB, p.Town, row.ID)
	if err != nil {
		return web.Response{}, err
	}
	return p.editForm(r, &row, web.NewForm("name", row.Name, "sex", row.Sex, "birth", string(row.Birth), "ethnicity", row.Ethnicity,
		"education", row.Education, "degree", row.Degree, "registered", row.Registered, "seen", fmt.Sprint(last)), nil)
}

func (p *Pages) change(r *web.Request) (web.Response, error) {
	row, via, err := p.editable(r, access.PeopleEdit)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	seen, err := web.ParseInt(f.Value("seen"))
	if err != nil || seen < 0 {
		return web.Response{}, web.BadRequest("这张表单不完整。")
	}
	d := ReadDetails(f, p.Today(), false)
	if err := p.holdAgainst(r.Context(), f, row, &d); err != nil {
		return web.Response{}, err
	}
	if !f.OK() {
		return p.editForm(r, &row, f, nil)
	}
	c, err := p.changeOf(r.Context(), row, d)
	if err != nil {
		return web.Response{}, err
	}
	if c == (Change{}) {
		f.FailForm("没有改动任何内容。")
		return p.editForm(r, &row, f, nil)
	}
	_, err = p.Record(r, desk.Deed{Via: via, Seen: map[int64]int64{row.ID: seen}, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Amend(ctx, w, row.ID, c, p.Today())
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, editLabels)
		if err != nil {
			return web.Response{}, err
		}
		return p.editForm(r, &row, f, o)
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: "已变更。原来的信息仍在记录里。"})
	return web.Redirect(fmt.Sprintf("/desk/people/%d", row.ID)), nil
}

// holdAgainst compares another birth or sex with the number that is registered, when the form brings no number; what was emptied
// is filled from it. The number is opened for the comparison only: neither it nor what it says is shown.
func (p *Pages) holdAgainst(ctx context.Context, f *web.Form, row Row, d *Details) error {
	if f.Value("idnumber") != "" || row.IDNumber == "" || d.Birth == row.Birth && d.Sex == row.Sex {
		return nil
	}
	number, err := p.Vault.Ring.Open(ctx, p.Town, keyring.Handle(row.Key), keyring.IDNumber, row.IDNumber)
	if err != nil {
		return err
	}
	info, problem := codes.IDNumber(number)
	if problem != nil { // an old number that was taken over as it stood says nothing
		return nil
	}
	switch {
	case d.Birth == "" && f.Err("birth") == "":
		d.Birth = info.Birth
	case d.Birth != row.Birth && d.Birth != info.Birth:
		f.Fail("birth", "出生日期", "与已登记的身份号码不一致，请核对证件；号码登记错了的，请一并填写正确的号码。")
	}
	switch {
	case d.Sex == "" && f.Err("sex") == "":
		d.Sex = info.Sex
	case d.Sex != row.Sex && d.Sex != info.Sex:
		f.Fail("sex", "性别", "与已登记的身份号码不一致，请核对证件；号码登记错了的，请一并填写正确的号码。")
	}
	return nil
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
