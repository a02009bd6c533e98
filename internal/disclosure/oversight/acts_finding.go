package oversight

import (
	"cunju/internal/calendar"
	"cunju/internal/journal"
)

// Finding is what supervisors find about a notice, a due item or a practice, or an answer that did not satisfy. Frozen.
type Finding struct {
	Unit      int64         `json:"unit" title:"向谁提出" ref:"org.unit"`
	Notice    int64         `json:"notice,omitempty" title:"关于哪张公示" ref:"disclosure.notice"`
	Item      int64         `json:"item,omitempty" title:"关于哪件应公开事项" ref:"disclosure.due"`
	Question  int64         `json:"question,omitempty" title:"由哪一件询问引起" ref:"disclosure.question"`
	Title     string        `json:"title" title:"关于什么"`
	Text      string        `json:"text" title:"发现的问题" as:"long"`
	Due       calendar.Date `json:"due,omitempty" title:"回应期限"` // "" while the supervisors still have to look
	Reckoning string        `json:"reckoning,omitempty" title:"期限怎么算的" as:"long"`
}

// Look is the supervisors' decision about an answer that did not satisfy: to take it up, with a date, or not, with a reason.
// Frozen.
type Look struct {
	Take      bool          `json:"take" title:"要求单位回应"`
	Text      string        `json:"text" title:"说明" as:"long"`
	Due       calendar.Date `json:"due,omitempty" title:"回应期限"`
	Reckoning string        `json:"reckoning,omitempty" title:"期限怎么算的" as:"long"`
}

// Respond is what the office says to a finding. Frozen.
type Respond struct {
	Text string `json:"text" title:"回应" as:"long"`
}

// The ways in which supervisors settle a response.
const (
	Done  = "done"   // put right, or explained
	Again = "again"  // not yet: the office responds once more
	Up    = "street" // passed to the street
)

// Settle is the supervisors' check of a response. Frozen.
type Settle struct {
	Result    string        `json:"result" title:"查核结果" list:"oversight.result"`
	Text      string        `json:"text" title:"查核情况" as:"long"`
	Due       calendar.Date `json:"due,omitempty" title:"再次回应期限"`
	Reckoning string        `json:"reckoning,omitempty" title:"期限怎么算的" as:"long"`
}

// Street is what the street did about a finding that was passed to it. Frozen.
type Street struct {
	Text string `json:"text" title:"街道处理情况" as:"long"`
}

// Summary tells the public of a finding and what came of it; the supervisors decide whether there is one. Frozen.
type Summary struct {
	Unit     int64  `json:"unit" title:"有关单位" ref:"org.unit"`
	UnitName string `json:"unit_name" title:"当时的单位名称"`
	Notice   int64  `json:"notice,omitempty" title:"关于哪张公示" ref:"disclosure.notice"`
	Title    string `json:"title" title:"关于什么"`
	Text     string `json:"text" title:"发现和整改情况" as:"long"`
}

// The kinds of findings.
var (
	KindFinding = journal.Kind[Finding]{Name: "disclosure.finding/1", Title: "提出监督发现", Final: stepFinal, Check: func(f *Finding) error {
		if err := words("title", "关于什么", f.Title); err != nil {
			return err
		}
		return words("text", "发现的问题", f.Text)
	}}
	KindLook    = journal.Kind[Look]{Name: "disclosure.finding-look/1", Title: "监督委员会受理", Final: stepFinal, Check: func(l *Look) error { return words("text", "说明", l.Text) }}
	KindRespond = journal.Kind[Respond]{Name: "disclosure.finding-respond/1", Title: "单位回应", Final: stepFinal, Check: func(r *Respond) error { return words("text", "回应", r.Text) }}
	KindSettle  = journal.Kind[Settle]{Name: "disclosure.finding-settle/1", Title: "监督委员会查核", Final: stepFinal, Check: checkSettle}
	KindStreet  = journal.Kind[Street]{Name: "disclosure.finding-street/1", Title: "街道处理", Final: stepFinal, Check: func(s *Street) error { return words("text", "处理情况", s.Text) }}
	KindSummary = journal.Kind[Summary]{Name: "disclosure.finding-summary/1", Title: "公开监督发现", Final: published, Public: true, Check: func(s *Summary) error {
		if err := words("title", "关于什么", s.Title); err != nil {
			return err
		}
		return words("summary", "公开的内容", s.Text)
	}, Remnant: func(s Summary) Summary { return Summary{Unit: s.Unit, Notice: s.Notice} }}
)

var results = []struct{ Code, Title string }{{Done, "已经改正或者说明清楚，办结"}, {Again, "还没有改好，要求再次回应"}, {Up, "转交街道处理"}}

func checkSettle(s *Settle) error {
	if s.Result != Done && s.Result != Again && s.Result != Up {
		return journal.RefuseField("result", "请选择查核结果。")
	}
	return words("text", "查核情况", s.Text)
}
