package catalogue

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/org"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// inWords says in one sentence when, for how long, to whom and by whom an item is published.
func (it Item) inWords() string {
	s := it.When() + "公开"
	if it.Days > 0 {
		s += fmt.Sprintf("，至少张贴 %d 日", it.Days)
	}
	s += "，" + it.Reach() + "，由" + it.Office + "负责。"
	switch {
	case it.always():
		s += "每期都应当有，说明“本期无此事项”要写清原因。"
	case it.Certain:
		s += "每期都应当有，不能说明“本期无此事项”。"
	}
	if it.Latest != "" {
		s += it.Latest + "。"
	}
	return s + it.Detail
}

// last is the last day on which a change holds, "" for open.
func (c changeRow) last() calendar.Date {
	if c.Until == "" {
		return ""
	}
	return c.Until.AddDays(-1)
}

// said tells what a change does.
func (p catalogueProps) said(c changeRow) string {
	if c.Item == "" {
		return "另加：" + c.Title
	}
	var terms []string
	if c.Rhythm != "" {
		terms = append(terms, Rhythm(c.Rhythm).Chinese())
	}
	if it, ok := find(p.Items, c.Item); ok && c.Day > 0 {
		it.Month, it.Day = int(c.Month), int(c.Day)
		terms = append(terms, it.dayText()+"以前")
	}
	if c.Days > 0 {
		terms = append(terms, fmt.Sprintf("至少张贴 %d 日", c.Days))
	}
	if c.Office != "" {
		terms = append(terms, "由"+c.Office+"负责")
	}
	return "“" + Title(c.Item) + "”改为" + strings.Join(terms, "，")
}

// changeProps is the form of a change.
type changeProps struct {
	Frame    ui.DeskProps
	Unit     org.UnitRow
	Item     *Item // that is made stricter, nil for a further one
	Form     *web.Form
	Obstacle *desk.Obstacle
	Params   []ui.Param
	Over     []ui.Option
	Subjects []ui.Option
	Scopes   []ui.Option
}

// changing reads unit and item of a form or an address, for those who may change that unit's catalogue.
func (p *Pages) changing(r *web.Request, unit, code string) (changeProps, error) {
	var props changeProps
	id, err := strconv.ParseInt(unit, 10, 64)
	if err != nil || id < 0 {
		return props, web.NotFound("请从公开目录里打开这张表单。")
	}
	if props.Unit, err = org.Find(r.Context(), p.DB, p.Town, id); db.Kind(err) == db.NotFound || err == nil && BodyOf(props.Unit.Kind) == "" {
		return props, web.NotFound("没有这个公开单位。")
	} else if err != nil {
		return props, err
	}
	if _, err := p.May(r, access.DisclosureCatalogue, id); err != nil {
		return props, err
	}
	props.Params = []ui.Param{{Name: "unit", Value: unit}, {Name: "item", Value: code}}
	if code != "" {
		it, ok, err := FindItem(r.Context(), p.DB, p.Town, id, code, p.Today())
		if err != nil {
			return props, err
		}
		if !ok || it.Local {
			return props, web.NotFound("公开目录里没有这一项，或者它是本地另加的：请终止以后重新登记。")
		}
		props.Item = &it
	}
	props.Over = []ui.Option{{Value: unit, Text: "只适用于" + props.Unit.Name}}
	body := BodyOf(props.Unit.Kind)
	path, err := org.Path(r.Context(), p.DB, p.Town, org.Any, id, p.Today())
	if err != nil {
		return props, err
	}
	for _, over := range path {
		u, err := org.Find(r.Context(), p.DB, p.Town, over)
		if err != nil {
			return props, err
		}
		if u.Kind == "town" && p.Can(r, access.DisclosureCatalogue, over, 0, 0) {
			props.Over = append(props.Over, ui.Option{Value: strconv.FormatInt(over, 10), Text: "适用于" + u.Label() + "所有的" + body.Chinese()})
		}
	}
	for _, it := range Defaults(body) {
		if !slices.ContainsFunc(props.Subjects, func(o ui.Option) bool { return o.Value == it.Subject }) {
			props.Subjects = append(props.Subjects, ui.Option{Value: it.Subject, Text: subjectTitle[it.Subject]})
		}
		if !slices.ContainsFunc(props.Scopes, func(o ui.Option) bool { return o.Value == string(it.Scope) }) {
			props.Scopes = append(props.Scopes, ui.Option{Value: string(it.Scope), Text: it.Scope.Chinese()})
		}
	}
	return props, nil
}

// subjectTitle names the columns of the board.
var subjectTitle = map[string]string{"finance": "财务公开", "village": "村（居）务公开", "collective": "集体财务公开", "party": "党务公开"}

func (p *Pages) changeForm(r *web.Request) (web.Response, error) {
	props, err := p.changing(r, r.Query("unit"), r.Query("item"))
	if err != nil {
		return web.Response{}, err
	}
	props.Form = web.NewForm("over", r.Query("unit"), "from", string(p.Today()), "scope", string(Public))
	return p.showChange(r, props)
}

func (p *Pages) showChange(r *web.Request, props changeProps) (web.Response, error) {
	title := "另加一项"
	if props.Item != nil {
		title = "加严“" + props.Item.Title + "”"
	}
	var err error
	props.Frame, err = p.Desk(r, desk.Frame{Title: title, Active: duePath, Crumbs: []ui.Link{{Text: "公开目录", Href: fmt.Sprintf("%s?unit=%d", cataloguePath, props.Unit.ID)}}})
	props.Params = append(props.Params, r.KeyParam())
	return desk.Answer(props.Form, props.Obstacle, changePage(props)), err
}

// labels name the fields that refusals are about.
var labels = map[string]string{"over": "适用于", "title": "事项名称", "detail": "包括哪些内容", "subject": "类别", "scope": "公开范围", "form": "公开形式", "rhythm": "多久公开一次",
	"month": "期满后第几个月", "day_of_month": "几日以前", "within": "发生后几日以内", "days": "至少张贴多少天", "office": "由谁负责", "from": "自哪一天起", "until": "最后一天", "citation": "依据文件"}

// change records a further item, or stricter terms for one.
func (p *Pages) change(r *web.Request) (web.Response, error) {
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	props, err := p.changing(r, f.Value("unit"), f.Value("item"))
	if err != nil {
		return web.Response{}, err
	}
	props.Form = f
	c := Change{Body: string(BodyOf(props.Unit.Kind)), Item: f.Value("item")}
	over := f.Choice("over", labels["over"], web.Needed, values(props.Over)...)
	if props.Item == nil {
		c.Title = f.Required("title", labels["title"], 60)
		c.Detail = f.Text("detail", labels["detail"], 300)
		c.Subject = f.Choice("subject", labels["subject"], web.Needed, values(props.Subjects)...)
		c.Scope = f.Choice("scope", labels["scope"], web.Needed, values(props.Scopes)...)
		c.Form = f.Choice("form", labels["form"], web.Needed, values(formOptions())...)
		c.Within = f.Int64("within", labels["within"], web.Optional, 0, 90)
	}
	c.Rhythm = f.Choice("rhythm", labels["rhythm"], web.Need(props.Item == nil), values(rhythmOptions(props.Item))...)
	c.Month = f.Int64("month", labels["month"], web.Optional, 1, 12)
	c.Day = f.Int64("day_of_month", labels["day_of_month"], web.Optional, 1, 31)
	c.Days = f.Int64("days", labels["days"], web.Optional, 1, 365)
	c.Office = f.Text("office", labels["office"], 40)
	c.From = f.Date("from", labels["from"], web.Needed)
	if last := f.Date("until", labels["until"], web.Optional); last != "" {
		c.Until = last.AddDays(1)
	}
	c.Citation = f.Required("citation", labels["citation"], 200)
	if f.OK() {
		if err := checkChange(&c); err != nil {
			if props.Obstacle, err = p.Obstacle(r, f, err, labels); err != nil {
				return web.Response{}, err
			}
		}
	}
	if !f.OK() {
		return p.showChange(r, props)
	}
	if c.Over, err = strconv.ParseInt(over, 10, 64); err != nil {
		return web.Response{}, err
	}
	via, err := p.May(r, access.DisclosureCatalogue, c.Over)
	if err != nil {
		return web.Response{}, err
	}
	rec, err := p.Record(r, desk.Deed{Via: via, Decide: func(ctx context.Context, w *journal.Writer) error {
		_, err := Widen(ctx, w, c, w.Today())
		return err
	}})
	if err != nil {
		if props.Obstacle, err = p.Obstacle(r, f, err, labels); err != nil {
			return web.Response{}, err
		}
		return p.showChange(r, props)
	}
	return p.done(r, "公开目录已经变动", rec, fmt.Sprintf("%s?unit=%d", cataloguePath, props.Unit.ID)), nil
}

func values(options []ui.Option) []string {
	out := make([]string, len(options))
	for i, o := range options {
		out[i] = o.Value
	}
	return out
}

func formOptions() []ui.Option { return Lists()["disclosure.form"] }

// rhythmOptions are the rhythms to choose from: all for a further item, the shorter ones for one that is made stricter.
func rhythmOptions(it *Item) []ui.Option {
	var out []ui.Option
	for _, r := range rhythmList {
		if it == nil || shorter(r, it.Rhythm) {
			out = append(out, ui.Option{Value: string(r), Text: r.Chinese()})
		}
	}
	return out
}
