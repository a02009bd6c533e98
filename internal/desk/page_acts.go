package desk

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"cunju/internal/access"
	"cunju/internal/db"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// stamp writes an instant in China's time.
func stamp(ms int64) string {
	return time.UnixMilli(ms).In(time.FixedZone("+08", 8*3600)).Format("2006-01-02 15:04")
}

const actsPage = 50

func (p *Pages) acts(r *web.Request) (web.Response, error) {
	if len(p.Anchors(r, access.MatterRead)) == 0 {
		return web.Response{}, web.Forbidden("您的职务不能查看总账。")
	}
	frame, err := p.Desk(r, Frame{Title: "总账", Active: "/desk/acts"})
	if err != nil {
		return web.Response{}, err
	}
	size, err := journal.Size(r.Context(), p.DB, p.Town)
	if err != nil {
		return web.Response{}, err
	}
	end := size
	if n, err := strconv.ParseInt(r.Query("before"), 10, 64); err == nil && n >= 0 && n < size {
		end = n
	}
	from := max(end-actsPage, 0)
	acts, err := journal.Since(r.Context(), p.DB, p.Town, from, int(end-from))
	if err != nil {
		return web.Response{}, err
	}
	for i, j := 0, len(acts)-1; i < j; i, j = i+1, j-1 {
		acts[i], acts[j] = acts[j], acts[i]
	}
	pager := ui.Pager{Text: fmt.Sprintf("第 %d 号至第 %d 号，共 %d 件", from, end-1, size)}
	if from > 0 {
		pager.Next = fmt.Sprintf("/desk/acts?before=%d", from)
	}
	if end < size {
		pager.First = "/desk/acts"
		pager.Prev = fmt.Sprintf("/desk/acts?before=%d", min(end+actsPage, size))
	}
	return web.Render(actsListPage(actsProps{Frame: frame, Size: size, Acts: acts, Title: p.Journal.Book().Title, Pager: pager})), nil
}

// actView is one act as its page shows it.
type actView struct {
	journal.Act
	Title  string
	Who    string
	Body   string     // indented JSON
	Units  []int64    // that it is about
	Later  []ui.Event // corrections of this act
	CanFix bool
	Sealed bool
	Public bool
}

// load reads the act of the path and checks that the person may see it.
func (p *Pages) load(r *web.Request) (actView, error) {
	n, err := r.PathID("n")
	if err != nil {
		return actView{}, err
	}
	a, err := journal.Read(r.Context(), p.DB, p.Town, n)
	if db.Kind(err) == db.NotFound {
		return actView{}, web.NotFound(fmt.Sprintf("没有第 %d 号事项。", n))
	}
	if err != nil {
		return actView{}, err
	}
	v := actView{Act: a, Title: p.Journal.Book().Title(a.Kind), Public: p.Journal.Book().Public(a.Kind)}
	if v.Units, err = p.Units(r.Context(), a.On...); err != nil {
		return v, err
	}
	if !p.CanAny(r, access.MatterRead, v.Units) {
		return v, web.Forbidden("您的职务不能查看这一件：它不属于您所在的村、社区或支部。")
	}
	if v.Who, err = p.who(r, a.By); err != nil {
		return v, err
	}
	var b bytes.Buffer
	if json.Indent(&b, a.Body, "", "  ") == nil {
		v.Body = b.String()
	}
	for _, id := range a.On {
		acts, err := journal.Acts(r.Context(), p.DB, p.Town, id)
		if err != nil {
			return v, err
		}
		for _, other := range acts {
			var t struct{ Target int64 }
			if (other.Kind == journal.Correct.Name || other.Kind == journal.Void.Name) && json.Unmarshal(other.Body, &t) == nil && t.Target == n {
				v.Later = append(v.Later, p.Events([]journal.Act{other})...)
			}
		}
		break // all entities of an act see the same corrections
	}
	cp, err := journal.Published(r.Context(), p.DB, p.Town)
	v.Sealed = err == nil && cp.Size > n
	_, mayFix := p.mayFix(r, v)
	v.CanFix = mayFix == nil && !a.Erased && a.Kind != journal.Correct.Name && a.Kind != journal.Void.Name && a.Kind != journal.Erase.Name
	return v, nil
}

// who names the person and the office that recorded an act.
func (p *Pages) who(r *web.Request, by journal.By) (string, error) {
	if by.System {
		return "系统（建账或到期自动记录）", nil
	}
	return p.Person(r.Context(), p.DB, by.Person)
}

// decideFix is the deed of the two forms.
func decideFix(c journal.Correction, void bool) func(context.Context, *journal.Writer) error {
	return func(ctx context.Context, w *journal.Writer) error {
		if void {
			_, err := w.Void(ctx, journal.Voiding{Target: c.Target, Reason: c.Reason})
			return err
		}
		_, err := w.Correct(ctx, c)
		return err
	}
}

func (p *Pages) act(r *web.Request) (web.Response, error) {
	v, err := p.load(r)
	if err != nil {
		return web.Response{}, err
	}
	frame, err := p.Desk(r, Frame{Title: fmt.Sprintf("第 %d 号", v.N), Active: "/desk/acts", Crumbs: []ui.Link{{Text: "总账", Href: "/desk/acts"}}})
	if err != nil {
		return web.Response{}, err
	}
	return web.Render(actPage(frame, v)), nil
}

// fixForm shows the form of a correction (or, for void, only the reason).
func (p *Pages) fixForm(r *web.Request, v actView, f *web.Form, void bool) (web.Response, error) {
	title := fmt.Sprintf("更正第 %d 号", v.N)
	if void {
		title = fmt.Sprintf("撤销误录的第 %d 号", v.N)
	}
	frame, err := p.Desk(r, Frame{Title: title, Active: "/desk/acts",
		Crumbs: []ui.Link{{Text: "总账", Href: "/desk/acts"}, {Text: fmt.Sprintf("第 %d 号", v.N), Href: fmt.Sprintf("/desk/acts/%d", v.N)}}})
	if err != nil {
		return web.Response{}, err
	}
	page := fixPage(fixProps{Frame: frame, View: v, Form: f, Key: r.KeyParam(), Void: void})
	if f.OK() {
		return web.Render(page), nil
	}
	return web.Invalid(page), nil
}

func (p *Pages) correctForm(r *web.Request) (web.Response, error) { return p.showFix(r, false) }
func (p *Pages) voidForm(r *web.Request) (web.Response, error)    { return p.showFix(r, true) }

func (p *Pages) showFix(r *web.Request, void bool) (web.Response, error) {
	v, err := p.load(r)
	if err != nil {
		return web.Response{}, err
	}
	if !v.CanFix {
		return web.Response{}, web.Forbidden("您的职务不能更正这一件，或这一件不能更正。")
	}
	return p.fixForm(r, v, web.NewForm("effective", string(v.Effective), "body", v.Body), void)
}

func (p *Pages) correct(r *web.Request) (web.Response, error) { return p.fix(r, false) }
func (p *Pages) void(r *web.Request) (web.Response, error)    { return p.fix(r, true) }

// fix records a correction or an annulment. The power is needed for the unit that the act's office belongs to; acts of the
// set-up and of the system are corrected by whoever may correct for the whole town.
func (p *Pages) fix(r *web.Request, void bool) (web.Response, error) {
	v, err := p.load(r)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	via, err := p.mayFix(r, v)
	if err != nil {
		return web.Response{}, err
	}
	reason := f.Required("reason", "更正原因和依据", 500)
	c := journal.Correction{Target: v.N, Reason: reason}
	if !void {
		c.Effective = f.Date("effective", "生效日期", true)
		c.Body = compact(f, f.Required("body", "内容", 200_000))
		if c.Effective == v.Effective {
			c.Effective = ""
		}
	}
	if f.OK() {
		_, err = p.Record(r, Deed{Via: via, Decide: decideFix(c, void)})
		if err == nil {
			r.SetFlash(ui.Flash{Tone: ui.Success, Text: "已更正。原来的记录仍在，可以随时查看。"})
			return web.Redirect(fmt.Sprintf("/desk/acts/%d", v.N)), nil
		}
		if !Refused(f, err) {
			return web.Response{}, err
		}
	}
	return p.fixForm(r, v, f, void)
}

// mayFix asks for the power to correct, for every unit that the act is about.
func (p *Pages) mayFix(r *web.Request, v actView) (d access.Decision, err error) {
	for _, unit := range v.Units {
		if d, err = p.May(r, access.JournalCorrect, unit); err != nil {
			return d, err
		}
	}
	return d, nil
}

// compact reads the corrected body; it must be JSON of the same shape, which the kind's own check holds it to.
func compact(f *web.Form, text string) json.RawMessage {
	var b bytes.Buffer
	if err := json.Compact(&b, []byte(text)); err != nil {
		f.Fail("body", "内容", "内容的格式不对（引号、逗号或括号有误），没有保存。请对照原来的内容修改数值。")
		return nil
	}
	return b.Bytes()
}
