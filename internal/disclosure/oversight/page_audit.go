package oversight

import (
	"context"

	"cunju/internal/access"
	"cunju/internal/desk"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
	"cunju/internal/law/notice"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// committees are the villagers' and residents' committees.
func committees(u org.UnitRow) bool {
	body := disclosure.BodyOf(u.Kind)
	return body == notice.Village || body == notice.Community
}

func (p *Pages) newAudit(r *web.Request) (web.Response, error) {
	return p.auditForm(r, web.NewForm("unit", r.Query("unit"), "handed", string(p.Today()), "signers", Villagers), nil)
}

func (p *Pages) auditForm(r *web.Request, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	if !p.mayStreet(r) {
		return web.Response{}, web.Forbidden("审计要求由街道党建办登记。")
	}
	ctx := r.Context()
	s := newProps{Sort: SortAudit, Title: newTitles[SortAudit]}
	s.Form, s.Obstacle, s.Key = f, o, r.KeyParam()
	var err error
	if s.Desk, err = p.newFrame(r, SortAudit); err != nil {
		return web.Response{}, err
	}
	units, err := p.bodies(ctx)
	if err != nil {
		return web.Response{}, err
	}
	s.Units = unitOptions(units, committees)
	if unit := number(f.Value("unit")); unit > 0 {
		roll, err := p.rollOf(ctx, unit)
		if err != nil {
			return web.Response{}, err
		}
		if roll.All > 0 {
			s.Rolls = []ui.KV{{Key: "住户登记里的人数", Value: itoa(roll.All) + " 人"}, {Key: "其中年满十八周岁", Value: itoa(roll.Adults) + " 人"}}
			if f.Value("all") == "" {
				f.Set("all", itoa(roll.Adults))
			}
		}
	}
	return desk.Answer(f, o, auditPage(s)), nil
}

// roll is what the household register counts.
type roll struct{ Adults, All int64 }

// rollOf counts the residents of the village or community for which a committee works.
func (p *Pages) rollOf(ctx context.Context, unit int64) (roll, error) {
	area, err := p.board.AreaOf(ctx, unit)
	if err != nil || area == nil {
		return roll{}, err
	}
	today := p.Today()
	adults, all, err := p.roll(ctx, area.ID, string(today), string(today.AddYears(-18)))
	return roll{adults, all}, err
}

func (p *Pages) enterAudit(r *web.Request) (web.Response, error) {
	if !p.mayStreet(r) {
		return web.Response{}, web.Forbidden("审计要求由街道党建办登记。")
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	const people = 10_000_000
	c := Call{Unit: f.Int64("unit", "审计哪个单位", web.Needed, 1, 1<<53), Title: f.Required("title", "审计什么", 60), Text: f.Required("text", "要求审计的事项", longest),
		Signers: f.Choice("signers", "由谁签名", web.Needed, Villagers, Residents, Delegates),
		Asked:   f.Int64("asked", "签名人数", web.Needed, 1, people), All: f.Int64("all", "总人数", web.Needed, 1, people),
		Basis: f.Text("basis", "总人数的依据", 200), Handed: f.Date("handed", "收到日期", web.Needed)}
	future(f, "handed", "收到日期", c.Handed, p.Today())
	if !f.OK() {
		return p.auditForm(r, f, nil)
	}
	if c.Signers != Delegates {
		roll, err := p.rollOf(r.Context(), c.Unit)
		if err != nil {
			return web.Response{}, err
		}
		c.Roll = roll.Adults
	}
	via, err := p.May(r, access.DisclosureOnBehalf, street)
	if err != nil {
		return web.Response{}, err
	}
	rec, err := p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Require(ctx, w, c, w.Today())
		return err
	}})
	if err != nil {
		o, err := p.Obstacle(r, f, err, labels)
		if err != nil {
			return web.Response{}, err
		}
		return p.auditForm(r, f, o)
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: "审计要求已登记，等街道受理。", Detail: "有签名的原件请归档保存，系统里不登记签名人。"})
	return web.Redirect(path(SortAudit, rec.First)), nil
}
