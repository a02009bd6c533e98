package catalogue

import (
	"strings"
	"unicode/utf8"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/law/codes"
	"cunju/internal/law/notice"
)

// Change adds an item to the catalogue of the units of a body below a unit, or sets stricter terms for one. Frozen.
type Change struct {
	Over     int64         `json:"over" title:"适用于哪个单位和它下面的" ref:"org.unit"`
	Body     string        `json:"body" title:"单位性质" list:"disclosure.body"`
	Item     string        `json:"item,omitempty" title:"改哪一项" list:"disclosure.item"` // code; "" adds an item
	Subject  string        `json:"subject,omitempty" title:"类别" list:"disclosure.subject"`
	Title    string        `json:"title,omitempty" title:"事项名称"`
	Detail   string        `json:"detail,omitempty" title:"包括哪些内容" as:"long"`
	Scope    string        `json:"scope,omitempty" title:"公开范围" list:"disclosure.scope"`
	Form     string        `json:"form,omitempty" title:"公开形式" list:"disclosure.form"`
	Rhythm   string        `json:"rhythm,omitempty" title:"多久公开一次" list:"disclosure.rhythm"`
	Month    int64         `json:"month,omitempty" title:"期满后第几个月"` // with Day; 1 is the first month after the period
	Day      int64         `json:"day_of_month,omitempty" title:"几日以前"`
	Within   int64         `json:"within,omitempty" title:"发生后几日以内"` // of a new item at once
	Days     int64         `json:"days,omitempty" title:"至少张贴多少天"`
	Office   string        `json:"office,omitempty" title:"由谁负责"`
	From     calendar.Date `json:"from" title:"开始日期"`
	Until    calendar.Date `json:"until,omitempty" title:"失效日期"` // the first day on which it no longer holds
	Citation string        `json:"citation" title:"依据文件" as:"long"`
}

// End ends a local change of the catalogue. Frozen.
type End struct {
	Last   calendar.Date `json:"last" title:"最后一天"`
	Reason string        `json:"reason" title:"原因和依据" as:"long"`
}

// Open brings a due item into being: what must be published for a period, or because something happened. Date, reckoning and
// article are those known when it was recorded. Frozen.
type Open struct {
	Unit      int64         `json:"unit" title:"公开单位" ref:"org.unit"`
	Item      string        `json:"item" title:"目录事项" list:"disclosure.item"`
	Subject   string        `json:"subject" title:"类别" list:"disclosure.subject"`
	Title     string        `json:"title" title:"应公开事项"`
	From      calendar.Date `json:"from,omitempty" title:"期间第一日"`
	To        calendar.Date `json:"to,omitempty" title:"期间最后一日"`
	Due       calendar.Date `json:"due" title:"最迟公开日期"` // "" when nobody fixed days
	Reckoning string        `json:"reckoning" title:"期限怎么算的" as:"long"`
	Basis     string        `json:"basis" title:"依据" as:"long"`
	Scope     string        `json:"scope" title:"公开范围" list:"disclosure.scope"`
	Form      string        `json:"form" title:"公开形式" list:"disclosure.form"`
	Office    string        `json:"office" title:"由谁负责"`
	Settings  []int64       `json:"settings,omitempty" title:"依据的本地规定" ref:"act"`
}

// Met says that a notice published what was due, or a part of its period. Frozen.
type Met struct {
	Notice int64         `json:"notice" title:"公示" ref:"disclosure.notice"`
	Act    int64         `json:"act" title:"公布" ref:"act"`
	From   calendar.Date `json:"from,omitempty" title:"公示的期间第一日"`
	To     calendar.Date `json:"to,omitempty" title:"公示的期间最后一日"`
	Whole  bool          `json:"whole" title:"整个期间都已公开"`
	Late   int64         `json:"late,omitempty" title:"迟了多少天"`
}

// None is the statement of the office in charge that there was nothing to publish. Frozen.
type None struct {
	Reason string `json:"reason" title:"说明" as:"long"`
}

// Long is the system's own act when a due item stays unpublished. Frozen.
type Long struct {
	Due     calendar.Date `json:"due" title:"应公开日期"`
	Setting int64         `json:"setting,omitempty" title:"依据的本地规定" ref:"act"`
}

// Cease ends a due item whose unit is no more. Frozen.
type Cease struct {
	Reason string `json:"reason" title:"原因" as:"long"`
}

const (
	changeFinal = "目录的变动请用“终止”，再重新登记"
	openFinal   = "应公开事项由系统按目录和日期产生；本期没有可以公开的，请用“本期无此事项”说明"
	factFinal   = "这是已经发生的事实"
)

// The kinds. Those "within" are of items whose words only members may read.
var (
	KindChange = journal.Kind[Change]{Name: "disclosure.item/1", Title: "拓展公开目录", Public: true, Final: changeFinal, Check: checkChange}
	KindEnd    = journal.Kind[End]{Name: "disclosure.item-end/1", Title: "终止目录变动", Public: true, Final: changeFinal, Check: func(e *End) error { return words("reason", "原因和依据", e.Reason, 200) }}

	KindDue         = journal.Kind[Open]{Name: "disclosure.due/1", Title: "应公开事项到来", Public: true, Final: openFinal}
	KindDueWithin   = journal.Kind[Open]{Name: "disclosure.due-within/1", Title: "应公开事项到来（组织内）", Final: openFinal}
	KindArose       = journal.Kind[Open]{Name: "disclosure.arose/1", Title: "发生应及时公开的事", Public: true, Final: openFinal, Check: checkArose}
	KindAroseWithin = journal.Kind[Open]{Name: "disclosure.arose-within/1", Title: "发生应及时公开的事（组织内）", Final: openFinal, Check: checkArose}

	KindMet        = journal.Kind[Met]{Name: "disclosure.met/1", Title: "应公开事项已公布", Public: true, Final: factFinal}
	KindMetWithin  = journal.Kind[Met]{Name: "disclosure.met-within/1", Title: "应公开事项已公布（组织内）", Final: factFinal}
	KindNone       = journal.Kind[None]{Name: "disclosure.none/1", Title: "本期无此事项", Public: true, Final: factFinal, Check: checkNone}
	KindNoneWithin = journal.Kind[None]{Name: "disclosure.none-within/1", Title: "本期无此事项（组织内）", Final: factFinal, Check: checkNone}

	KindLong         = journal.Kind[Long]{Name: "disclosure.long-overdue/1", Title: "长期逾期未公开", Public: true, Final: factFinal}
	KindLongWithin   = journal.Kind[Long]{Name: "disclosure.long-overdue-within/1", Title: "长期逾期未公开（组织内）", Final: factFinal}
	KindCeased       = journal.Kind[Cease]{Name: "disclosure.ceased/1", Title: "公开单位已撤销", Public: true, Final: factFinal}
	KindCeasedWithin = journal.Kind[Cease]{Name: "disclosure.ceased-within/1", Title: "公开单位已撤销（组织内）", Final: factFinal}
)

// pick is the kind under which a deed about an item is recorded: the public one, or the one whose words stay within.
func pick[B any](scope Scope, open, within journal.Kind[B]) journal.Kind[B] {
	if scope == Public {
		return open
	}
	return within
}

// words asks for a text that everyone may read: filled in, not too long, without personal numbers.
func words(field, label, s string, most int) error {
	switch {
	case strings.TrimSpace(s) == "":
		return journal.RefuseField(field, "请填写%s。", label)
	case utf8.RuneCountInString(s) > most:
		return journal.RefuseField(field, "%s最多 %d 个字。没有登记，请写短一些。", label, most)
	case len(codes.FindPersonal(s)) > 0:
		return journal.RefuseField(field, "%s里有证件号、电话或卡号。这里写的要长期保存，没有登记；请去掉号码再交。", label)
	}
	return nil
}

func checkNone(n *None) error { return words("reason", "说明", n.Reason, 200) }

func checkArose(o *Open) error { return words("title", "事项", o.Title, 120) }

func checkChange(c *Change) error {
	if notice.Body(c.Body).Chinese() == "" {
		return journal.RefuseField("body", "请选择单位性质。")
	}
	if err := words("citation", "依据文件", c.Citation, 200); err != nil {
		return err
	}
	if !c.From.Valid() || c.Until != "" && (!c.Until.Valid() || c.Until <= c.From) {
		return journal.RefuseField("from", "开始日期和最后一天对不上（%s，%s）。请改正日期。", c.From.Chinese(), c.Until.Chinese())
	}
	if c.Day < 0 || c.Day > 31 || c.Month < 0 || c.Month > 12 || (c.Day == 0) != (c.Month == 0) {
		return journal.RefuseField("day_of_month", "“期满后第几个月”和“几日以前”要一起填：第几个月填 1 至 12，几日填 1 至 31。")
	}
	if c.Days < 0 || c.Days > 365 || c.Within < 0 || c.Within > 90 {
		return journal.RefuseField("days", "张贴天数填 1 至 365，发生后几日填 0 至 90。")
	}
	if c.Item == "" {
		return checkNew(c)
	}
	if c.Rhythm == "" && c.Day == 0 && c.Days == 0 && strings.TrimSpace(c.Office) == "" {
		return journal.RefuseField("rhythm", "没有填任何要改的规定。请至少填一项：多久公开一次、几日以前、张贴天数、由谁负责。")
	}
	if c.Title != "" || c.Subject != "" || c.Scope != "" || c.Form != "" || c.Within != 0 {
		return journal.RefuseField("title", "已有的事项不改名称、类别、范围和形式；要另加一项，请选“另加一项”。")
	}
	return nil
}

// checkNew asks for everything that a new item needs.
func checkNew(c *Change) error {
	if err := words("title", "事项名称", c.Title, 60); err != nil {
		return err
	}
	if len(codes.FindPersonal(c.Detail+c.Office)) > 0 {
		return journal.RefuseField("detail", "内容里有证件号、电话或卡号。没有登记，请去掉号码再交。")
	}
	for _, need := range []struct{ field, label, value string }{{"subject", "类别", c.Subject}, {"office", "由谁负责", c.Office}} {
		if strings.TrimSpace(need.value) == "" {
			return journal.RefuseField(need.field, "请填写%s。", need.label)
		}
	}
	switch {
	case Rhythm(c.Rhythm).Chinese() == "":
		return journal.RefuseField("rhythm", "请选择多久公开一次。")
	case Scope(c.Scope).Chinese() == "":
		return journal.RefuseField("scope", "请选择公开范围。")
	case Form(c.Form).Chinese() == "":
		return journal.RefuseField("form", "请选择公开形式。")
	case Rhythm(c.Rhythm) == AtOnce && c.Day != 0:
		return journal.RefuseField("day_of_month", "随时公开的事项不定每月几日，请填“发生后几日以内”。")
	case Rhythm(c.Rhythm) != AtOnce && c.Within != 0:
		return journal.RefuseField("within", "“发生后几日以内”只用于随时公开的事项。")
	}
	return nil
}
