package disclosure

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	forms "golang.org/x/text/width"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/law"
	"cunju/internal/law/codes"
	"cunju/internal/sheet"
	"cunju/internal/web/ui"
)

// mostSame is how many other notices of the same matter a reminder names.
const mostSame = 3

// reminders are what the drafter should look at twice before a notice goes on. None of them stands in its way.
func (p *Pages) reminders(ctx context.Context, unit, id int64, c Content, replaces int64) ([]ui.Flash, error) {
	var list []ui.Flash
	ended, err := c.ended(ctx, p.DB, p.Town, unit, p.Today())
	if err != nil {
		return nil, err
	}
	for _, text := range append(c.doubts(), c.early(ended)...) {
		list = append(list, ui.Flash{Tone: ui.Warn, Text: text, Detail: "只是提醒，可以保存。请看看是标题、期间还是表格弄错了。"})
	}
	for _, text := range c.exposed(p.Today()) {
		list = append(list, ui.Flash{Tone: ui.Warn, Text: text, Detail: "只是提醒，可以保存。个人信息的公开以必要为限（《个人信息保护法》第六条、第二十八条、第二十九条）。"})
	}
	why, err := p.placeDoubt(ctx, unit, c.Title)
	if err != nil {
		return nil, err
	}
	if why != "" {
		list = append(list, ui.Flash{Tone: ui.Warn, Text: why, Detail: "只是提醒，可以保存。请看看是公开单位选错了，还是拿错了表。"})
	}
	if replaces != 0 {
		return list, nil // a correction speaks of the same matter on purpose
	}
	same, err := sameMatter(ctx, p.DB, p.Town, unit, id, c)
	for _, row := range same {
		f := ui.Flash{Tone: ui.Warn, Text: "这个单位" + overlap(c, row) + "的同一事项已经有一件：《" + row.Title + "》，" + row.State() + "。",
			Detail: "只是提醒，可以保存。内容有错的，请发更正，不要另发一张。", Link: ui.Link{Text: "查看那一件", Href: fmt.Sprintf("/desk/disclosure/%d", row.ID)}}
		if row.Number != "" {
			f.Text = strings.TrimSuffix(f.Text, "。") + "，" + row.Number + "。"
		}
		list = append(list, f)
	}
	return list, err
}

// placeDoubt says that a title names another village or community than the one whose notice it is.
func (p *Pages) placeDoubt(ctx context.Context, unit int64, title string) (string, error) {
	own, err := p.Name(ctx, p.DB, unit)
	if err != nil {
		return "", err
	}
	places, err := db.All[string](ctx, p.DB, `SELECT CASE WHEN short = '' THEN name ELSE short END FROM org_unit
		WHERE town = $1 AND kind IN ('village', 'community') ORDER BY id`, p.Town)
	if err != nil {
		return "", err
	}
	in := func(text string) string {
		for _, place := range places {
			if place != "" && strings.Contains(text, place) {
				return place
			}
		}
		return ""
	}
	// The street speaks of its villages by name, and a village of its neighbour's, beside its own.
	if mine, said := in(own), in(title); mine != "" && said != "" && !strings.Contains(title, mine) {
		return fmt.Sprintf("标题写的是“%s”，公开单位是“%s”，对不上。", said, own), nil
	}
	return "", nil
}

// overlap says how the period of another notice lies to that of a content.
func overlap(c Content, row Row) string {
	if row.From == c.From && row.To == c.To {
		return "同一期间"
	}
	return "期间重叠（" + span(row.From, row.To) + "）"
}

// early says that the period of a content is not over, in words that fit how it was judged.
func (c *Content) early(ended []law.Verdict) (list []string) {
	if c.Item == catalogue.CodePlan {
		return nil
	}
	for _, v := range ended {
		switch text := "期间到" + c.To.Chinese() + "为止，还没有过完。"; v.Outcome {
		case law.Refuse:
			list = append(list, text+"草稿可以先存，过完以后才能提交审查。")
		case law.Warn:
			list = append(list, text)
		}
	}
	return list
}

// sameMatter finds other notices of a unit about the same item whose periods overlap and that were not given up, newest first. What was
// corrected is told by its correction.
func sameMatter(ctx context.Context, q db.Querier, town string, unit, id int64, c Content) ([]Row, error) {
	code := c.code()
	if c.From == "" || code == "" {
		return nil, nil
	}
	return db.All[Row](ctx, q, `SELECT `+columns+` FROM disclosure_notice n WHERE n.town = $1 AND n.unit = $2 AND n.id <> $3
		AND (n.item = $4 OR n.item = '' AND n.scope = 'public' AND $4 = '`+catalogue.CodeFinance+`' AND n.subject IN ('finance', 'collective'))
		AND n.period_from <> '' AND n.period_from <= $6 AND n.period_to >= $5 AND (n.next <> '' OR n.published <> '')
		AND NOT EXISTS (SELECT 1 FROM disclosure_notice r WHERE r.town = $1 AND r.replaces = n.id AND r.published <> '') ORDER BY n.id DESC LIMIT $7`,
		town, unit, id, code, string(c.From), string(c.To), mostSame)
}

// doubts are what does not agree within a content: the period, what the title says of it, and the days in the table.
func (c *Content) doubts() []string {
	var list []string
	if why := c.titleDoubt(); why != "" {
		list = append(list, why)
	}
	if cardLike(c.all()) {
		list = append(list, "内容里有写着卡号、账号的长数字，像银行卡号但校验位不对，可能抄错了一位。请遮盖或者去掉。")
	}
	if c.Finance == nil || c.From == "" {
		return list
	}
	var outside []Line
	for _, l := range c.Finance.Lines {
		if l.Day != "" && (l.Day < c.From || l.Day > c.To) {
			outside = append(outside, l)
		}
	}
	if len(outside) > 0 {
		list = append(list, fmt.Sprintf("填写的期间是%s，表里有 %d 笔的日期不在这个期间，如%s的“%s”。", span(c.From, c.To), len(outside), outside[0].Day.Chinese(), outside[0].Item))
	}
	return list
}

// card is a long number that a text calls that of a card or account.
var card = regexp.MustCompile(`(?:卡号|账号|帐号|账户|帐户|银行卡)[^\d\n]{0,8}(\d[\d \-　]{14,24}\d)`)

// cardLike reports whether a text has such a number that is no card's, as its check digit says: those are found elsewhere.
func cardLike(text string) bool {
	text = forms.Narrow.String(text)
	for _, m := range card.FindAllStringSubmatch(text, -1) {
		digits := strings.NewReplacer(" ", "", "-", "", "　", "").Replace(m[1])
		if len(digits) >= 16 && len(digits) <= 19 && len(codes.FindPersonal(m[1])) == 0 {
			return true
		}
	}
	return false
}

// monthAlone is a month that a title names without its year.
var monthAlone = regexp.MustCompile(`(?:^|[^\d年])(\d{1,2})月`)

// titleDoubt says how the title's period differs from the one filled in; one that holds the other agrees with it.
func (c *Content) titleDoubt() string {
	if c.From == "" {
		return ""
	}
	title := forms.Narrow.String(c.Title)
	if from, to := periodIn(title); from != "" {
		if from <= c.From && c.To <= to || c.From <= from && to <= c.To {
			return ""
		}
		return fmt.Sprintf("标题说的是%s，填写的期间是%s，对不上。", span(from, to), span(c.From, c.To))
	}
	m := monthAlone.FindStringSubmatch(title)
	if m == nil || num(m[1]) < 1 || num(m[1]) > 12 {
		return ""
	}
	for year := c.From.Year(); year <= c.To.Year(); year++ {
		if from := calendar.Of(year, num(m[1]), 1); from <= c.To && from.MonthEnd() >= c.From {
			return ""
		}
	}
	return fmt.Sprintf("标题说的是%d月，填写的期间是%s，对不上。", num(m[1]), span(c.From, c.To))
}

// span is a period in a few words.
func span(from, to calendar.Date) string {
	switch {
	case from == from.MonthStart() && to == from.MonthEnd():
		return fmt.Sprintf("%d年%d月", from.Year(), from.Month())
	case from == to:
		return from.Chinese()
	}
	return from.Chinese() + "至" + to.Chinese()
}

// headingDoubt warns in the preview when the table's own heading names another period than the one typed.
func headingDoubt(p *sheet.Preview, from, to, typedFrom, typedTo calendar.Date) {
	if from == "" || typedFrom == "" || typedTo == "" || from == typedFrom && to == typedTo {
		return
	}
	p.Warnings++
	p.Problems = append(p.Problems, sheet.Problem{Sheet: p.Match.Sheet, Level: sheet.Warning, Value: span(from, to),
		Message: "表头写的期间是" + span(from, to) + "，您填写的是" + span(typedFrom, typedTo) + "，请核对"})
}
