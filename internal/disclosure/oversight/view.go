package oversight

import (
	"context"
	"strings"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/law/codes"
	"cunju/internal/matter"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// view is one case as its page at the desk reads it.
type view struct {
	Row    Row
	Owner  int64 // the unit whose powers reach it
	State  matter.Progress
	Asker  Asker
	Facts  []ui.KV
	Words  []Said // in order: the question, the answer, and so on
	Veiled string // why the words are not shown to this reader; "" when they are

	question *Question
	finding  *Found
	order    *Ordered
	link     int64 // the case that belongs to this one, −1 for none
}

func stateOf[S any](ctx context.Context, p *Pages, id int64) (*S, error) {
	s, ok, err := journal.StateOf[S](ctx, p.DB, p.Journal.Book(), p.Town, id, journal.Now)
	if err == nil && !ok {
		err = web.NotFound("没有这一件。")
	}
	return s, err
}

// look finds the case of the path that the reader may open.
func (p *Pages) look(r *web.Request, sort string) (v view, err error) {
	id, err := r.PathID("id")
	if err != nil {
		return v, err
	}
	v.Row, err = find(r.Context(), p.DB, p.Town, sort, id)
	if db.Kind(err) == db.NotFound {
		return v, web.NotFound("没有这一件" + sortTitles[sort] + "。")
	}
	if err != nil {
		return v, err
	}
	if v.Owner = v.Row.Unit; sort == SortComplaint {
		v.Owner = street
	}
	allowed := false
	for _, power := range openers[sort] {
		allowed = allowed || p.Can(r, power, v.Owner, v.hidden(), 0)
	}
	if !allowed {
		return v, web.Forbidden("这一件不属于您的职责范围。")
	}
	v.link = -1
	unit, err := p.Name(r.Context(), p.DB, v.Row.Unit)
	if err != nil {
		return v, err
	}
	v.Facts = []ui.KV{{Key: unitWord[sort], Value: unit}, {Key: "关于", Value: v.Row.Title, Wide: true}}
	return v, p.fill(r, &v)
}

// hidden is the person whom powers are asked about: nobody handles what he complained of himself.
func (v view) hidden() int64 {
	if v.Row.Sort == SortComplaint {
		return v.Row.Asker
	}
	return 0
}

var unitWord = map[string]string{SortQuestion: "由谁答复", SortFinding: "向谁提出", SortAudit: "审计谁", SortComplaint: "反映谁", SortOrder: "责令谁改正"}

// fill reads what a case of its sort says.
func (p *Pages) fill(r *web.Request, v *view) error {
	switch v.Row.Sort {
	case SortQuestion:
		return p.fillQuestion(r, v)
	case SortFinding:
		return p.fillFinding(r, v)
	case SortAudit:
		return p.fillAudit(r, v)
	case SortComplaint:
		return p.fillComplaint(r, v)
	}
	return p.fillOrder(r, v)
}

func (p *Pages) fillQuestion(r *web.Request, v *view) error {
	ctx, id := r.Context(), v.Row.ID
	q, err := stateOf[Question](ctx, p, id)
	if err != nil {
		return err
	}
	v.question, v.State, v.Asker = q, q.Progress, q.Asker
	v.Facts = append(v.Facts, ui.KV{Key: "提出", Value: q.Opened.Chinese() + "，" + channelText(q.Channel)}, ui.KV{Key: "答复", Value: openness(q.Private)})
	v.Words = []Said{{Act: id, On: q.Opened, What: "问题", Text: codes.Mask(q.Text)}}
	line, err := p.lineText(ctx, v.Row)
	if err != nil {
		return err
	}
	if line != "" {
		v.Facts = append(v.Facts, ui.KV{Key: "哪一行", Value: line, Wide: true})
	}
	if q.Answered != "" {
		v.Words = append(v.Words, Said{q.By, q.Answered, "答复", q.Words})
	}
	if q.Doubted != "" {
		v.Words = append(v.Words, Said{0, q.Doubted, "提问人不满意", q.Doubt})
	}
	if q.Private && !p.Can(r, access.DisclosureAnswer, v.Owner, 0, 0) && q.Doubted == "" {
		v.Veiled, v.Words = "提问人要求不公开，只有负责答复的单位能看问题和答复。", nil
	}
	v.link, err = relatedTo(ctx, p.DB, p.Town, SortFinding, id)
	return err
}

func (p *Pages) fillFinding(r *web.Request, v *view) error {
	f, err := stateOf[Found](r.Context(), p, v.Row.ID)
	if err != nil {
		return err
	}
	v.finding, v.State = f, f.Progress
	v.Words = append([]Said{{v.Row.ID, f.Opened, "发现的问题", f.Text}}, f.Said...)
	if d, ok, err := dueItem(r.Context(), p.DB, p.Town, f.Item); err != nil {
		return err
	} else if ok {
		v.Facts = append(v.Facts, ui.KV{Key: "应公开事项", Value: "最迟" + d.Day.Chinese() + "公开，现在" + d.Words(p.Today())})
	}
	if f.Question > 0 {
		return p.doubtOf(r, v, f.Question)
	}
	return nil
}

func (p *Pages) fillAudit(r *web.Request, v *view) error {
	a, err := stateOf[Asked](r.Context(), p, v.Row.ID)
	if err != nil {
		return err
	}
	v.State = a.Progress
	who := "村民"
	for _, s := range signers {
		if s.Code == a.Signers {
			who = s.Title
		}
	}
	v.Facts = append(v.Facts, ui.KV{Key: "签名", Value: who + " " + itoa(a.Call.Asked) + " 人，共 " + itoa(a.All) + " 人"}, ui.KV{Key: "收到日期", Value: a.Handed.Chinese()})
	if a.Basis != "" {
		v.Facts = append(v.Facts, ui.KV{Key: "总人数的依据", Value: a.Basis, Wide: true})
	}
	v.Words = append([]Said{{v.Row.ID, a.Opened, "要求审计的事项", a.Text}}, a.Said...)
	return nil
}

func (p *Pages) fillComplaint(r *web.Request, v *view) error {
	c, err := stateOf[Complaint](r.Context(), p, v.Row.ID)
	if err != nil {
		return err
	}
	v.State, v.Asker = c.Progress, c.Asker
	v.Facts = append(v.Facts, ui.KV{Key: "提出", Value: c.Opened.Chinese() + "，" + channelText(c.Channel)})
	v.Words = append([]Said{{v.Row.ID, c.Opened, "反映内容", codes.Mask(c.Text)}}, c.Said...)
	if c.Words != "" {
		v.Words = append(v.Words, Said{0, c.Closed, "答复反映人", c.Words})
	}
	if c.Order > 0 {
		v.link = c.Order
	}
	return nil
}

func (p *Pages) fillOrder(r *web.Request, v *view) error {
	o, err := stateOf[Ordered](r.Context(), p, v.Row.ID)
	if err != nil {
		return err
	}
	v.order, v.State = o, o.Progress
	v.Facts = append(v.Facts, ui.KV{Key: "改正期限", Value: o.Order.Due.Chinese()})
	v.Words = append([]Said{{v.Row.ID, o.Opened, "责令内容", o.Text}}, o.Said...)
	if p.Can(r, access.ComplaintHandle, street, 0, 0) {
		v.link, err = relatedTo(r.Context(), p.DB, p.Town, SortComplaint, v.Row.ID)
	}
	return err
}

// doubtOf shows, with a finding that an answer led to, the question, the answer and why it did not satisfy: to the supervisors
// and to the office that answered.
func (p *Pages) doubtOf(r *web.Request, v *view, question int64) error {
	q, err := stateOf[Question](r.Context(), p, question)
	if err != nil {
		return err
	}
	v.link = question
	if !p.Can(r, access.DisclosureFind, v.Owner, 0, 0) && !p.Can(r, access.DisclosureAnswer, v.Owner, 0, 0) && !p.Can(r, access.DisclosureStreet, v.Owner, 0, 0) {
		v.Veiled, v.Words = "只有监督委员会、有关单位和街道能看询问的内容。", v.Words[1:]
		return nil
	}
	v.Words = append([]Said{{question, q.Opened, "原来的问题", codes.Mask(q.Text)}, {q.By, q.Answered, "原来的答复", q.Words}, {v.Row.ID, q.Doubted, "不满意的原因", q.Doubt}}, v.Words[1:]...)
	return nil
}

func openness(private bool) string {
	if private {
		return "不公开，只答复本人"
	}
	return "公开"
}

// history is a case's way: steps, timeline and verdicts.
func (p *Pages) history(r *web.Request, v view) (m matter.View, events []ui.Event, acts []journal.Act, err error) {
	ctx := r.Context()
	if acts, err = journal.Acts(ctx, p.DB, p.Town, v.Row.ID); err != nil {
		return m, nil, nil, err
	}
	who := map[int64]string{}
	for _, a := range acts {
		if who[a.N], err = p.doer(ctx, a); err != nil {
			return m, nil, nil, err
		}
	}
	href := func(n int64) string { return "/desk/acts/" + itoa(n) }
	none := func(journal.Act) string { return "" }
	events = matter.Events(acts, p.Journal.Book().Title, func(a journal.Act) string { return who[a.N] }, none, func(a journal.Act) string { return href(a.N) })
	m = matter.View{Procedure: procedures[v.Row.Sort], Today: p.Today(), Who: func(act int64) string { return who[act] }, Href: href}
	if m.Row, err = matter.Find(ctx, p.DB, p.Town, v.Row.ID); err != nil {
		return m, nil, nil, err
	}
	m.Done, err = matter.Steps(ctx, p.DB, p.Town, v.Row.ID)
	return m, events, acts, err
}

// doer names who recorded an act, as the desk may read it; what villagers sent themselves has no name.
func (p *Pages) doer(ctx context.Context, a journal.Act) (string, error) {
	if a.By == (journal.By{}) {
		return "村（居）民本人", nil
	}
	office, err := p.board.OfficeName(ctx, a.By, a.Effective)
	if err != nil || a.By.Person == 0 {
		return office, err
	}
	name, err := p.Person(ctx, p.DB, a.By.Person)
	return strings.TrimSpace(office + " " + name), err
}

// late says in words how long something waits or is over its date.
func late(row Row, today calendar.Date) (tone ui.Tone, text string) {
	switch {
	case row.Closed != "":
		return ui.Success, row.Outcome
	case row.Due != "" && row.Due < today:
		return ui.Error, "已超期 " + itoa(int64(calendar.Days(row.Due, today))) + " 天"
	case row.Due != "":
		return ui.Info, "还有 " + itoa(int64(calendar.Days(today, row.Due))) + " 天"
	}
	return ui.Warn, "待办理"
}
