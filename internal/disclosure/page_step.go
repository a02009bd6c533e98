package disclosure

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// deed is one step of a notice as its form asks for it.
type deed struct {
	power  string
	fields func(*web.Form) // reads the form; faults stay on it
	do     func(ctx context.Context, w *journal.Writer, id int64) error
	said   string
	about  func(*Notice) string // what is said where it depends on the notice
	labels map[string]string    // of its fields, where they are not called as in other steps
}

// step does one step: power, form, record, and back to the notice's page with what happened.
func (p *Pages) step(r *web.Request, d deed) (web.Response, error) {
	id, n, err := p.load(r)
	if err != nil {
		return web.Response{}, err
	}
	via, err := p.MayFor(r, d.power, n.Unit, 0, author(n, r.Who.Person))
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	if d.fields != nil {
		d.fields(f)
	}
	seen, ok := seenIn(f)
	if !ok {
		return web.Response{}, web.BadRequest("这个表单不完整，请从公开事项的页面重新打开。")
	}
	if !f.OK() {
		return p.showWith(r, id, n, f, nil)
	}
	rec, err := p.Record(r, desk.Deed{Via: via, Seen: map[int64]int64{id: seen}, Decide: func(ctx context.Context, w *journal.Writer) error {
		return d.do(ctx, w, id)
	}})
	if err != nil {
		labels := maps.Clone(stepLabels)
		maps.Copy(labels, d.labels)
		o, err := p.Obstacle(r, f, err, labels)
		if err != nil {
			return web.Response{}, err
		}
		return p.showWith(r, id, n, f, o)
	}
	if d.about != nil {
		d.said = d.about(n)
	}
	r.SetFlash(ui.Flash{Tone: ui.Success, Text: d.said, Link: ui.Link{Text: fmt.Sprintf("登记号第 %d 号", rec.First), Href: fmt.Sprintf("/desk/acts/%d", rec.First)}})
	return web.Redirect(fmt.Sprintf("/desk/disclosure/%d", id)), nil
}

// stepLabels are what the fields of the steps are called.
var stepLabels = map[string]string{"note": "说明或理由", "reason": "原因", "place": "张贴地点", "agree": "意见", "reply": "对监督意见的答复", "met": "会议日期",
	"chair": "主持人", "attended": "实到人数", "urgent": "为什么等不及", "number": "档号", "store": "存放处", "holds": "卷内材料"}

func (p *Pages) submit(r *web.Request) (web.Response, error) {
	var answer string
	return p.step(r, deed{power: access.DisclosureDraft, said: "已提交监督委员会审查。", fields: func(f *web.Form) { answer = f.Text("reply", stepLabels["reply"], 1000) },
		do: func(ctx context.Context, w *journal.Writer, id int64) error {
			_, err := HandAnswering(ctx, w, id, answer, w.Today())
			return err
		}})
}

// opinion reads agreement or objection; who objects, or wants an answer, says to what, in a field of that label.
func opinion(f *web.Form, label string, choices ...string) (choice, note string) {
	choice = f.Choice("agree", "意见", web.Needed, choices...)
	note = f.Text("note", label, 500)
	if note == "" && f.Err("agree") == "" && f.Err("note") == "" {
		switch choice {
		case "no":
			f.Fail("note", label, "不同意的，请写明哪里不对、要怎么改")
		case "answer":
			f.Fail("note", label, "要起草单位答复的，请写明是什么意见")
		}
	}
	return choice, note
}

func (p *Pages) check(r *web.Request) (web.Response, error) {
	var c Check
	const label = "监督意见"
	return p.step(r, deed{power: access.DisclosureCheck, said: "审查意见已登记。", labels: map[string]string{"note": label}, fields: func(f *web.Form) {
		choice, note := opinion(f, label, "yes", "answer", "no")
		c = Check{Agree: choice != "no", Answer: choice == "answer", Note: note}
	}, do: func(ctx context.Context, w *journal.Writer, id int64) error {
		_, err := Examine(ctx, w, id, c, w.Today())
		return err
	}})
}

func (p *Pages) answer(r *web.Request) (web.Response, error) {
	var text string
	return p.step(r, deed{power: access.DisclosureDraft, said: "答复已登记，可以上会确认了。", labels: map[string]string{"note": "答复"}, fields: func(f *web.Form) {
		text = f.Required("note", "答复", 1000)
	}, do: func(ctx context.Context, w *journal.Writer, id int64) error {
		_, err := Reply(ctx, w, id, text, w.Today())
		return err
	}})
}

// meeting reads which joint meeting decided; nil when nothing of it was filled in.
func (p *Pages) meeting(f *web.Form) *Meeting {
	given := false
	for _, name := range []string{"met", "chair", "expected", "attended", "decision"} {
		given = given || f.Value(name) != ""
	}
	if !given {
		return nil
	}
	m := &Meeting{Day: f.Date("met", "会议日期", web.Needed), Chair: f.Required("chair", "主持人", 40), Expected: f.Int64("expected", "应到人数", web.Needed, 1, 999),
		Attended: f.Int64("attended", "实到人数", web.Needed, 1, 999), Decision: f.Text("decision", "会议决定", 500)}
	if m.Day > p.Today() {
		f.Fail("met", "会议日期", "还没有到这一天；今天是"+p.Today().Chinese())
	}
	if f.OK() && m.Attended > m.Expected {
		f.Fail("attended", "实到人数", "不能多于应到人数")
	}
	return m
}

func (p *Pages) approve(r *web.Request) (web.Response, error) {
	var a Approve
	return p.step(r, deed{power: access.DisclosureApprove, said: "审批意见已登记。", fields: func(f *web.Form) {
		choice, note := opinion(f, stepLabels["note"], "yes", "no")
		a = Approve{Agree: choice == "yes", Note: note, Meeting: p.meeting(f)}
	}, do: func(ctx context.Context, w *journal.Writer, id int64) error {
		n, err := load(ctx, w, id)
		if err != nil {
			return err
		}
		if n.Urgent != nil {
			_, err = Settle(ctx, w, id, Confirm{Agree: a.Agree, Note: a.Note, Meeting: a.Meeting.held()}, w.Today())
			return err
		}
		_, err = Decide(ctx, w, id, a, w.Today())
		return err
	}})
}

func (p *Pages) urgent(r *web.Request) (web.Response, error) {
	var reason string
	return p.step(r, deed{power: access.DisclosurePublish, said: "已紧急公布。请马上张贴，并在期限内补办审查和确认。", fields: func(f *web.Form) {
		reason = f.Required("urgent", stepLabels["urgent"], 300)
	}, do: func(ctx context.Context, w *journal.Writer, id int64) error {
		_, err := Hurry(ctx, w, id, reason, w.Today())
		return err
	}})
}

func (p *Pages) archive(r *web.Request) (web.Response, error) {
	var a Filed
	return p.step(r, deed{power: access.DisclosureDraft, said: "已归档，此件办结。", labels: map[string]string{"note": "备注"}, fields: func(f *web.Form) {
		a = Filed{Number: f.Required("number", "档号", 60), Place: f.Required("store", "存放处", 60), Volume: f.Text("volume", "卷册", 60), Note: f.Text("note", "备注", 200)}
		for _, x := range papers {
			if slices.Contains(f.Values("holds"), x.Code) {
				a.Holds = append(a.Holds, x.Code)
			}
		}
	}, do: func(ctx context.Context, w *journal.Writer, id int64) error {
		_, err := Archive(ctx, w, id, a, w.Today())
		return err
	}})
}

func (p *Pages) publish(r *web.Request) (web.Response, error) {
	return p.step(r, deed{power: access.DisclosurePublish, about: (*Notice).announced, do: func(ctx context.Context, w *journal.Writer, id int64) error {
		_, err := Release(ctx, w, id, w.Today())
		return err
	}})
}

// announced says who can read what was just published.
func (n *Notice) announced() string {
	if s := n.Content.Reach(); s != ScopePublic {
		return "已公布，只有" + s.Chinese() + "能看到。请打印出来贴在内部。"
	}
	return "已公布，任何人都能在公开栏看到。请打印出来贴上公开栏。"
}

// day reads the day of a deed that may have been done before it is entered, never after.
func (p *Pages) day(f *web.Form, label string) calendar.Date {
	d := f.Date("day", label, web.Needed)
	if today := p.Today(); d > today {
		f.Fail("day", label, "还没有到这一天；今天是"+today.Chinese())
	}
	return d
}

func (p *Pages) post(r *web.Request) (web.Response, error) {
	var on calendar.Date
	var place string
	const label = "贴上的日期"
	return p.step(r, deed{power: access.DisclosurePublish, labels: map[string]string{"on": label, "day": label}, fields: func(f *web.Form) {
		on, place = p.day(f, label), f.Required("place", "张贴地点", 100)
	}, do: func(ctx context.Context, w *journal.Writer, id int64) error {
		_, err := Hang(ctx, w, id, place, on, p.rooms()...)
		return err
	}, about: func(n *Notice) string {
		if n.coveredSince(on) {
			return "上栏张贴已登记。这张公示" + n.Covered.Chinese() + "遮盖过，栏上的纸要换成遮盖以后打印的，请接着办换纸的待办。"
		}
		return "上栏张贴已登记。"
	}})
}

func (p *Pages) takedown(r *web.Request) (web.Response, error) {
	const label = "撤下的日期"
	var on calendar.Date
	var reason string
	return p.step(r, deed{power: access.DisclosureTakedown, said: "撤下已登记。网上仍可查看；请把原件归档。", labels: map[string]string{"day": label}, fields: func(f *web.Form) {
		on, reason = p.day(f, label), f.Required("reason", "原因", 200)
	}, do: func(ctx context.Context, w *journal.Writer, id int64) error {
		_, err := Remove(ctx, w, id, reason, on)
		return err
	}})
}

func (p *Pages) withdraw(r *web.Request) (web.Response, error) {
	var reason string
	return p.step(r, deed{power: access.DisclosureDraft, said: "草稿已撤回，此件办结。", fields: func(f *web.Form) {
		reason = f.Required("reason", "原因", 200)
	}, do: func(ctx context.Context, w *journal.Writer, id int64) error {
		_, err := GiveUp(ctx, w, id, reason, w.Today())
		return err
	}})
}
