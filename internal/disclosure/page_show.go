package disclosure

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/notice"
	"cunju/internal/matter"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// showProps is the page of one notice at the desk.
type showProps struct {
	Frame    ui.DeskProps
	ID       int64
	Row      Row
	Unit     string
	Sheet    ui.Notice
	Beside   []templ.Component // what other rooms show under it
	Drawn    []ui.SidesProps   // its figures as bars
	Content  Content
	Matter   matter.View
	Events   []ui.Event
	Verdicts []law.Verdict
	Doubts   []ui.Flash
	Next     string // step that the reader may do now, "" for none
	Waits    string // who may do it when the reader may not
	MayEdit  bool   // draft: rewrite, withdraw
	MayFix   bool   // published: draft a correction
	Newer    *Row
	Older    *Row
	Form     *web.Form // of the next step
	Withdraw *web.Form
	Hang     *web.Form // putting up an urgent notice, while another step is next
	Rush     *web.Form // publishing at once
	MayHang  bool
	MayCover bool // propose to cover parts, or decide on it
	MayRush  bool
	Opinions []Opinion
	Filed    *Filed
	Obstacle *desk.Obstacle
	sent     *web.Form           // the one that the obstacle is about
	Key      ui.Param            // of the next step's form; the others have their own, because a key stands for one deed
	Keys     map[string]ui.Param // of the forms beside it, by path
	Seen     int64
	Last     calendar.Date // last day it must hang; "" before posting
	Reckoned string
	Today    calendar.Date
}

// load finds a notice that the reader may see.
func (p *Pages) load(r *web.Request) (int64, *Notice, error) {
	id, err := r.PathID("id")
	if err != nil {
		return 0, nil, err
	}
	_, n, err := p.content(r.Context(), id)
	if err != nil {
		return 0, nil, err
	}
	for _, power := range powers {
		if p.Can(r, power, n.Unit, 0, 0) {
			return id, n, nil
		}
	}
	return 0, nil, web.Forbidden("这件公开事项不属于您的职责范围。")
}

// author is the person whom separation of duties is asked about: the reader himself when he had a hand in it.
func author(n *Notice, reader int64) int64 {
	if slices.Contains(n.Authors, reader) || n.Urgent != nil && n.Next == StepApprove && n.Published != nil && n.Published.Person == reader {
		return reader
	}
	return n.Author
}

func (p *Pages) show(r *web.Request) (web.Response, error) {
	id, n, err := p.load(r)
	if err != nil {
		return web.Response{}, err
	}
	return p.showWith(r, id, n, p.blank(n), nil)
}

// blank is the next step's form before anything was typed.
func (p *Pages) blank(n *Notice) *web.Form {
	return web.NewForm("day", string(p.Today()), "place", n.Place, "reason", "")
}

// showWith shows the page with a step's form as it was typed.
func (p *Pages) showWith(r *web.Request, id int64, n *Notice, f *web.Form, o *desk.Obstacle) (web.Response, error) {
	ctx := r.Context()
	s := showProps{ID: id, Content: n.Content, Sheet: n.Content.view(), Form: f, sent: f, Obstacle: o, Key: r.KeyParam(), Today: p.Today(), Keys: map[string]ui.Param{},
		Opinions: n.Opinions, Filed: n.Filed}
	s.Withdraw, s.Rush = p.blank(n), p.blank(n)
	if s.Hang = p.blank(n); n.Next == StepPost {
		s.Hang = f
	}
	for path, aside := range map[string]**web.Form{"/withdraw": &s.Withdraw, "/urgent": &s.Rush, "/post": &s.Hang} {
		if path == "/post" && n.Next == StepPost {
			continue
		}
		s.Keys[path] = ui.Param{Name: s.Key.Name, Value: r.NewKey()}
		if r.URL.Path == s.path(path) {
			*aside, s.Form = f, p.blank(n)
		}
	}
	var err error
	if s.Frame, err = p.Desk(r, desk.Frame{Title: n.Content.Title, Active: "/desk/disclosure", Crumbs: []ui.Link{{Text: "三务公开", Href: "/desk/disclosure"}}}); err != nil {
		return web.Response{}, err
	}
	if s.Row, err = Find(ctx, p.DB, p.Town, id); err != nil {
		return web.Response{}, err
	}
	if s.Beside, err = p.besideRow(r, s.Row, atDesk); err != nil {
		return web.Response{}, err
	}
	if s.Drawn, err = p.drawings(ctx, n.Content); err != nil {
		return web.Response{}, err
	}
	u, err := org.Find(ctx, p.DB, p.Town, n.Unit)
	if err != nil {
		return web.Response{}, err
	}
	s.Unit, s.Sheet.Unit, s.Sheet.Number, s.Sheet.Place = u.Label(), u.Name, n.Number, n.Place
	if s.Newer, s.Older, err = p.chain(r, s.Row); err != nil {
		return web.Response{}, err
	}
	local, err := org.Settings(ctx, p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	if n.Published != nil {
		up, term := n.Published.On, n.Term
		if n.Posted != nil {
			up = n.Posted.On
		} else {
			term = termOf(n.Body, up, local.For(n.Unit))
		}
		s.Last, s.Reckoned = term.Last, term.Text
		s.Sheet.Posted, s.Sheet.Until = string(up), string(s.Last)
	}
	if err := p.history(r, &s, n); err != nil {
		return web.Response{}, err
	}
	if n.Published == nil && n.Closed == "" {
		if s.Doubts, err = p.reminders(ctx, n.Unit, id, n.Content, n.Replaces); err != nil {
			return web.Response{}, err
		}
	}
	p.mayDo(r, &s, n)
	known, ok := o.Known(id)
	if s.Seen = known; !ok {
		if s.Seen, err = journal.LastAct(ctx, p.DB, p.Town, id); err != nil {
			return web.Response{}, err
		}
	}
	return desk.Answer(f, o, showPage(s)), nil
}

// history fills in steps, timeline and verdicts.
func (p *Pages) history(r *web.Request, s *showProps, n *Notice) error {
	ctx := r.Context()
	acts, err := journal.Acts(ctx, p.DB, p.Town, s.ID)
	if err != nil {
		return err
	}
	who := map[int64]string{}
	for _, a := range acts {
		name, err := p.OfficeName(ctx, a.By, a.Effective)
		if err != nil {
			return err
		}
		if a.By.Person != 0 {
			person, err := p.Person(ctx, p.DB, a.By.Person)
			if err != nil {
				return err
			}
			name = strings.TrimSpace(name + " " + person)
		}
		who[a.N] = name
	}
	href := func(n int64) string { return fmt.Sprintf("/desk/acts/%d", n) }
	s.Events = matter.Events(acts, p.Journal.Book().Title, func(a journal.Act) string { return who[a.N] }, told, func(a journal.Act) string { return href(a.N) })
	s.Verdicts = matter.Verdicts(acts)
	s.Matter = matter.View{Procedure: n.way(), Today: s.Today, Who: func(act int64) string { return who[act] }, Href: href, Notes: map[string]string{}}
	if s.Matter.Row, err = matter.Find(ctx, p.DB, p.Town, s.ID); err != nil {
		return err
	}
	if s.Matter.Done, err = matter.Steps(ctx, p.DB, p.Town, s.ID); err != nil {
		return err
	}
	if n.Urgent != nil { // nobody handed it in: it was published as it was drafted
		s.Matter.Done = slices.Insert(s.Matter.Done, 0, matter.Done{Step: StepSubmit, Act: n.Act, On: n.Life.From})
	}
	if s.Matter.Before, err = n.planned(ctx, p.DB, p.Town, s.ID, s.Today); err != nil {
		return err
	}
	if n.Posted != nil && s.Last != "" {
		s.Matter.Notes[StepTakeDown] = s.Last.AddDays(1).Chinese() + "起才可以撤下。" + s.Reckoned
	}
	return nil
}

// told says what an act held, beyond its title.
func told(a journal.Act) string {
	var b struct {
		Agree  *bool    `json:"agree"`
		Note   string   `json:"note"`
		Number string   `json:"number"`
		Place  string   `json:"place"`
		Reason string   `json:"reason"`
		Text   string   `json:"text"`
		Reply  any      `json:"reply"` // a text, or that one is wanted
		Places []string `json:"places"`
		Urgent *Urgent  `json:"urgent"`
	}
	if json.Unmarshal(a.Body, &b) != nil {
		return ""
	}
	var parts []string
	if b.Agree != nil && *b.Agree {
		parts = append(parts, "同意")
	} else if b.Agree != nil {
		parts = append(parts, "不同意，退回")
	}
	if want, ok := b.Reply.(bool); ok && want {
		parts[0] = "同意，意见须先答复"
	}
	reply, _ := b.Reply.(string)
	if b.Urgent != nil {
		b.Reason = b.Urgent.Reason
	}
	for _, s := range []string{b.Number, b.Place, b.Note, b.Reason, b.Text, reply, strings.Join(b.Places, "、")} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "：")
}

// mayDo finds what the reader may do now.
func (p *Pages) mayDo(r *web.Request, s *showProps, n *Notice) {
	s.MayFix = n.Published != nil && s.Newer == nil && p.Can(r, access.DisclosureDraft, n.Unit, 0, 0)
	s.MayCover = n.Published != nil && (p.Can(r, access.DisclosureDraft, n.Unit, 0, 0) || n.Proposal != nil && p.Can(r, access.DisclosureApprove, n.Unit, 0, 0))
	s.MayEdit = n.Published == nil && n.Closed == "" && p.Can(r, access.DisclosureDraft, n.Unit, 0, 0)
	if n.Closed != "" {
		return
	}
	publish := p.Can(r, access.DisclosurePublish, n.Unit, 0, 0)
	s.MayHang = publish && n.Urgent != nil && n.Posted == nil && n.Next != StepPost
	s.MayRush = publish && n.Next == StepSubmit && n.unanswered() == 0 && n.Content.Reach() == ScopePublic && !slices.Contains(n.Authors, r.Who.Person)
	d, err := p.MayFor(r, n.Power, n.Unit, 0, author(n, r.Who.Person))
	if err == nil {
		s.Next = n.Next
		if n.Next == StepTakeDown && s.Obstacle == nil {
			s.Verdicts = mergeVerdicts(s.Verdicts, stayVerdict(n, s.Today))
		}
		return
	}
	s.Waits = n.waits(d)
}

// waits says whose step it is, by the step's own name: powers are called after the first of the steps that they let someone take.
func (n *Notice) waits(d access.Decision) string {
	step, ok := n.procedure().Step(n.Next)
	if !ok || d.Policy != "" { // a sentence of the policy says why
		return d.Reason
	}
	return "现在等“" + step.Title + "”。可以办理的职务：" + strings.Join(d.Need, "、") + "。"
}

func mergeVerdicts(old, now []law.Verdict) []law.Verdict {
	for _, v := range now {
		i := slices.IndexFunc(old, func(o law.Verdict) bool { return o.Rule == v.Rule })
		if i >= 0 {
			old[i] = v
		} else {
			old = append(old, v)
		}
	}
	return old
}

// sheet is a notice's content as a spreadsheet, whatever its state.
func (p *Pages) sheet(r *web.Request) (web.Response, error) {
	_, n, err := p.load(r)
	if err != nil {
		return web.Response{}, err
	}
	u, err := org.Find(r.Context(), p.DB, p.Town, n.Unit)
	if err != nil {
		return web.Response{}, err
	}
	return workbook(u.Name, n.Content)
}

// draftFile hands out an attachment to those who may see the notice.
func (p *Pages) draftFile(r *web.Request) (web.Response, error) {
	_, n, err := p.load(r)
	if err != nil {
		return web.Response{}, err
	}
	return p.attachment(n.Content.forOffices(), r.PathValue("hash"))
}

func (s showProps) path(rest string) string {
	return "/desk/disclosure/" + strconv.FormatInt(s.ID, 10) + rest
}

// physical says whether the law asks this body for a board of its own.
func (s showProps) physical() bool { return jointly(notice.Body(s.Row.Body)) }

// asked is what stands in the way of a form, nil for the one that was not sent.
func (s showProps) asked(f *web.Form) *desk.Obstacle {
	if f == s.sent {
		return s.Obstacle
	}
	return nil
}

// form is the form of a step's address, with its key.
func (s showProps) form(path string) (*web.Form, ui.Param) {
	key, aside := s.Keys[path]
	switch {
	case !aside:
		return s.Form, s.Key
	case path == "/withdraw":
		return s.Withdraw, key
	case path == "/urgent":
		return s.Rush, key
	}
	return s.Hang, key
}
