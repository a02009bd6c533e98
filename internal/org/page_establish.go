package org

import (
	"context"
	"strconv"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/branch"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// establishProps is the form of a new unit.
type establishProps struct {
	formProps
	Parents map[Line][]ui.Option
}

var establishLabels = map[string]string{"kind": "组织类别", "name": "全称", "short": "简称", "code": "代码", "effective": "设立日期"}

func (p *Pages) establishForm(r *web.Request) (web.Response, error) {
	if len(p.Anchors(r, access.OrgEdit)) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能设立组织。")
	}
	f := web.NewForm("kind", r.Query("kind"), "effective", string(p.Today()), "parent-party", r.Query("parent"))
	return p.showEstablish(r, f, nil)
}

func (p *Pages) showEstablish(r *web.Request, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	frame, err := p.Desk(r, desk.Frame{Title: "设立组织", Active: treePath, Crumbs: []ui.Link{{Text: "组织机构", Href: treePath}}})
	if err != nil {
		return web.Response{}, err
	}
	props := establishProps{formProps: formProps{Frame: frame, Title: "设立组织", Sub: "设立之后，编号永不改变；名称、代码、隶属以后都可以变更",
		Action: "/desk/org/new", Back: treePath, Form: f, Params: []ui.Param{r.KeyParam()}, Trial: o, Help: []string{
			"党组织隶属上级党组织；村、社区的党组织、村委会、监委会、合作社，同时填它所在的村或社区。",
			"还没有确定的人数和批准情况可以空着，系统会记下缺少哪一项。"}}, Parents: map[Line][]ui.Option{}}
	for _, line := range lineOrder {
		if props.Parents[line], err = p.parentOptions(r, line, -1); err != nil {
			return web.Response{}, err
		}
	}
	return answer(props.formProps, establishPage(props)), nil
}

func (p *Pages) establish(r *web.Request) (web.Response, error) {
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	if len(p.Anchors(r, access.OrgEdit)) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能设立组织。")
	}
	e := Establish{Kind: f.Choice("kind", "组织类别", true, codesOf(kindOptions())...), Name: f.Required("name", "全称", 60),
		Short: f.Text("short", "简称", 60), Code: f.Text("code", "代码", 30), Contact: f.Phone("contact", "办公电话", false),
		Note: f.Text("note", "说明", 300)}
	on := f.Date("effective", "设立日期", true)
	var units []int64
	for _, line := range lineOrder {
		options, err := p.parentOptions(r, line, -1)
		if err != nil {
			return web.Response{}, err
		}
		if v := f.Choice("parent-"+string(line), lineTitles[line]+"上级", false, codesOf(options)...); v != "" {
			id, err := strconv.ParseInt(v, 10, 64)
			if err != nil {
				return web.Response{}, err
			}
			if e.Parents == nil {
				e.Parents = map[Line]int64{}
			}
			e.Parents[line] = id
			units = append(units, id)
		}
	}
	if len(units) == 0 {
		f.Fail("parent-"+string(kindLine(e.Kind)), lineTitles[kindLine(e.Kind)]+"上级", "至少选择一个上级组织")
	}
	facts := readSize(f, e.Kind)
	if !f.OK() {
		return p.showEstablish(r, f, nil)
	}
	via, err := p.mayAll(r, access.OrgEdit, units)
	if err != nil {
		return web.Response{}, err
	}
	local, err := Settings(r.Context(), p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	receipt, err := p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := SetUp(ctx, w, e, on, facts.verdicts(on, local)...)
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, establishLabels)
		if err != nil {
			return web.Response{}, err
		}
		return p.showEstablish(r, f, o)
	}
	return p.done(r, "已设立“"+e.Name+"”", receipt, unitPath(receipt.First)), nil
}

// kindLine is the line on which a kind is usually managed; the area line for one that is not known.
func kindLine(code string) Line {
	if k, ok := kinds[code]; ok {
		return k.Line
	}
	return Area
}

// size is what the rules on Party organisations ask about a new one. Fields left empty are unknown, and the rules say so.
type size struct {
	kind                           string
	full, all, committee, deputies law.Opt[int64]
	approved                       law.Opt[bool]
}

func readSize(f *web.Form, kind string) size {
	s := size{kind: kind}
	if !kinds[kind].Party {
		return s
	}
	read := func(name, label string) law.Opt[int64] {
		if f.Value(name) == "" {
			return law.Opt[int64]{}
		}
		return law.Some(f.Int64(name, label, true, 0, 100_000))
	}
	s.full, s.all = read("full", "正式党员人数"), read("members", "党员人数")
	s.committee, s.deputies = read("committee", "支部委员人数"), read("deputies", "副书记人数")
	switch f.Choice("approved", "上级批准", false, "yes", "no") {
	case "yes":
		s.approved = law.Some(true)
	case "no":
		s.approved = law.Some(false)
	}
	if f.OK() && s.full.Known() && s.all.Known() && s.full.Value() > s.all.Value() {
		f.Fail("full", "正式党员人数", "正式党员不能多于党员总数")
	}
	return s
}

// verdicts judges a Party organisation's size and approval (PO-01, PO-02, PO-04) on the day of its set-up.
func (s size) verdicts(on calendar.Date, local law.Settings) []law.Verdict {
	switch s.kind {
	case "party-branch", "party-joint-branch":
		return []law.Verdict{branch.Members.Judge(branch.Size{Full: s.full, Members: s.all}, on, local),
			branch.Committee.Judge(branch.Lead{Full: s.full, Size: s.committee, Deputies: s.deputies}, on, local)}
	case "party-general-branch":
		return []law.Verdict{branch.Higher.Judge(branch.Raise{Rank: branch.GeneralBranch, Members: s.all, Approved: s.approved}, on, local)}
	case "party-committee":
		return []law.Verdict{branch.Higher.Judge(branch.Raise{Rank: branch.PartyCommittee, Members: s.all, Approved: s.approved}, on, local)}
	}
	return nil
}
