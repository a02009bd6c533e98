package oversight

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
	"cunju/internal/people"
)

// Asker is who asks or complains, and how it came. It stands in sealed bodies only, and pages of acts do not show it. Frozen.
type Asker struct {
	Channel string          `json:"channel" title:"怎样提出" list:"oversight.channel"`
	Person  int64           `json:"asker,omitempty" title:"提出人" as:"inner"`
	Contact *people.Contact `json:"contact,omitempty" title:"联系方式（未登记人员）" as:"inner"`
}

// Ask is a question about what is made public. Frozen.
type Ask struct {
	Unit      int64         `json:"unit" title:"由谁答复" ref:"org.unit"`
	Notice    int64         `json:"notice,omitempty" title:"关于哪张公示" ref:"disclosure.notice"` // 0: about what should be published
	Line      int64         `json:"line,omitempty" title:"第几行"`                              // from 1; 0: the whole notice
	Title     string        `json:"title" title:"关于什么"`                                      // the asker's own words, or which notice by its number
	Text      string        `json:"text" title:"问题" as:"long"`
	Private   bool          `json:"private,omitempty" title:"答复不公开"`
	Due       calendar.Date `json:"due,omitempty" title:"答复期限"`
	Reckoning string        `json:"reckoning,omitempty" title:"期限怎么算的" as:"long"`
	Setting   int64         `json:"setting,omitempty" title:"依据的本地规定" ref:"act"`
	Asker
}

// Reply answers a question for everyone: the question as published and the answer, without persons. Frozen.
type Reply struct {
	Unit     int64         `json:"unit" title:"答复单位" ref:"org.unit"`
	UnitName string        `json:"unit_name" title:"答复时的单位名称"`
	Notice   int64         `json:"notice,omitempty" title:"关于哪张公示" ref:"disclosure.notice"`
	Line     int64         `json:"line,omitempty" title:"第几行"`
	Title    string        `json:"title" title:"关于什么"`
	Asked    calendar.Date `json:"asked" title:"提出日期"`
	Question string        `json:"question" title:"问题" as:"long"`
	Covered  bool          `json:"covered,omitempty" title:"问题里有遮盖"` // personal numbers or names in the question are covered
	Answer   string        `json:"reply" title:"答复" as:"long"`
}

// Answer answers a private question. Frozen.
type Answer struct {
	Text string `json:"text" title:"答复" as:"long"`
}

// Doubt says, once, that the asker is not satisfied; the finding that it opens goes to the supervision committee. Frozen.
type Doubt struct {
	Text string `json:"text" title:"哪里不满意" as:"long"`
}

// Steps of oversight are facts about who asked, answered and looked.
const (
	askFinal  = "提出的问题和反映要原样保存；弄错了的，请在答复里说明"
	stepFinal = "答复、查核、责令这些步骤办过就是办过；有变化的请另行办理"
	published = "已经公布的答复不会被改掉；有错的，请在公示里更正"
)

// The kinds of questions.
var (
	KindAsk    = journal.Kind[Ask]{Name: "disclosure.ask/1", Title: "提出询问", Final: askFinal, Read: access.DisclosureAnswer, Check: checkAsk, Remnant: leftOfAsk}
	KindReply  = journal.Kind[Reply]{Name: "disclosure.reply/1", Title: "公开答复询问", Final: published, Public: true, Check: checkReply, Remnant: leftOfReply}
	KindAnswer = journal.Kind[Answer]{Name: "disclosure.private-reply/1", Title: "答复询问（不公开）", Final: stepFinal, Read: access.DisclosureAnswer, Check: func(a *Answer) error { return words("reply", "答复", a.Text) }}
	KindDoubt  = journal.Kind[Doubt]{Name: "disclosure.doubt/1", Title: "对答复不满意", Final: askFinal, Read: access.DisclosureFind, Check: func(d *Doubt) error { return words("text", "不满意的原因", d.Text) }}
)

// longest is how many characters a text of this room has at most: a page.
const longest = 1000

// words asks for a text that is filled in, no longer than a page, and without personal numbers: offices that have no business with them
// read it, and it is kept for ever.
func words(field, label, s string) error {
	if strings.TrimSpace(s) == "" {
		return journal.RefuseField(field, "请填写%s。", label)
	}
	if n := utf8.RuneCountInString(s); n > longest {
		return journal.RefuseField(field, "%s最多 %d 个字，现在有 %d 个字。没有登记，请分开写。", label, longest, n)
	}
	return disclosure.Plain(field, label, s)
}

func checkAsk(a *Ask) error {
	if err := a.Asker.check(); err != nil {
		return err
	}
	if a.Line < 0 || a.Line > 0 && a.Notice == 0 {
		return journal.RefuseField("line", "请先选公示，再选行。")
	}
	if err := words("title", "关于什么", a.Title); err != nil {
		return err
	}
	return words("text", "问题", a.Text)
}

func checkReply(r *Reply) error {
	if err := words("question", "公开的问题", r.Question); err != nil {
		return err
	}
	return words("reply", "答复", r.Answer)
}

// What others count stays when the asker's data are erased: that something was asked, about what and until when.
func leftOfAsk(a Ask) Ask {
	if a.Notice == 0 { // the asker's own words
		a.Title = gone
	}
	return Ask{Unit: a.Unit, Notice: a.Notice, Line: a.Line, Title: a.Title, Text: gone, Private: a.Private, Due: a.Due, Reckoning: a.Reckoning, Setting: a.Setting, Asker: Asker{Channel: a.Channel}}
}

func leftOfReply(r Reply) Reply {
	return Reply{Unit: r.Unit, Notice: r.Notice, Line: r.Line, Asked: r.Asked}
}

// lost stands where the words of a public act were erased: with a notice's, when it is about one.
func lost(notice int64) string {
	if notice > 0 {
		return "（内容随公示一同遮盖）"
	}
	return gone
}

// gone stands where words were erased.
const gone = "（内容已依法删除）"

// The channels.
const (
	Self  = "self"  // by the person's own log-in
	Phone = "phone" // a call
	Visit = "visit" // at the counter
	Paper = "paper" // a letter or a form
)

// channels in the order in which a clerk chooses.
var channels = []struct{ Code, Title string }{{Visit, "来访"}, {Phone, "电话"}, {Paper, "书面"}, {Self, "本人登录"}}

func channelText(code string) string {
	for _, c := range channels {
		if c.Code == code {
			return c.Title
		}
	}
	return code
}

func (a *Asker) check() error {
	switch {
	case channelText(a.Channel) == a.Channel:
		return journal.RefuseField("channel", "请选择是怎样提出的。")
	case a.Channel == Self && a.Person == 0:
		return fmt.Errorf("您的账号还没有对应到登记的人员，请到村（社区）窗口登记")
	case a.Person != 0 && a.Contact != nil:
		return journal.RefuseField("name", "已经选了登记的人员，不用再填姓名和电话。")
	}
	return nil
}
