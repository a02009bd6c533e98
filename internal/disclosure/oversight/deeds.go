package oversight

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"cunju/internal/access"
	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// deed is what may be done about a case now: the words on its card, its fields, and what it records.
type deed struct {
	path   string // last part of its address
	power  string
	title  string
	intro  string
	button string
	said   string
	draw   func(f *web.Form) []templ.Component
	read   func(f *web.Form) // faults stay on the form
	do     func(ctx context.Context, w *journal.Writer, id int64) error
}

// writing is a text field for what is said.
func writing(f *web.Form, name, label, hint string) templ.Component {
	return ui.TextArea(help(f.Field(name, label, web.Needed), hint), 5)
}

var yesNo = func(yes, no string) []ui.Option {
	return []ui.Option{{Value: "yes", Text: yes}, {Value: "no", Text: no}}
}

// deeds are what a case of its sort and state asks for next, and what else may be done about it.
func (p *Pages) deeds(v view) []deed {
	switch v.Row.Sort {
	case SortQuestion:
		return questionDeeds(v)
	case SortFinding:
		return findingDeeds(v)
	case SortAudit:
		return p.auditDeeds(v)
	case SortComplaint:
		return p.complaintDeeds(v)
	}
	return p.orderDeeds(v)
}

// textDeed is a deed that asks for one text.
func textDeed(d deed, label, hint string, do func(ctx context.Context, w *journal.Writer, id int64, text string) error) deed {
	var text string
	d.draw = func(f *web.Form) []templ.Component { return []templ.Component{writing(f, "text", label, hint)} }
	d.read = func(f *web.Form) { text = f.Required("text", label, longest) }
	d.do = func(ctx context.Context, w *journal.Writer, id int64) error { return do(ctx, w, id, text) }
	return d
}

// plain adds an act whose body is made of the text alone.
func plain[B any](k journal.Kind[B], body func(text string) B) func(ctx context.Context, w *journal.Writer, id int64, text string) error {
	return func(ctx context.Context, w *journal.Writer, id int64, text string) error {
		_, err := journal.Add(ctx, w, k, w.Today(), []int64{id}, body(text))
		return err
	}
}

func questionDeeds(v view) []deed {
	switch {
	case v.State.Next == StepAnswer:
		var text, hide string
		d := deed{path: "answer", power: access.DisclosureAnswer, title: "现在要办：答复", button: "答复并公开", said: "已答复，公示下面可以看到问题和答复。",
			intro: "答复以后，问题和答复一起公开，不能再改。提问人的姓名不公开；身份证号、手机号、银行卡号不能写。"}
		if v.Row.Private {
			d.button, d.said, d.intro = "答复本人", "已答复，只有提问人能看到。请把答复告诉提问人，或打印答复单。", "提问人要求不公开。答复只给本人看，公开栏只显示提过一个问题、已经答复。"
		}
		d.draw = func(f *web.Form) []templ.Component {
			list := []templ.Component{writing(f, "reply", "答复", "直接回答问的是什么，有凭证的写凭证号；不要写个人号码")}
			if !v.Row.Private {
				list = append(list, ui.TextField(help(f.Field("hide", "问题里要遮盖的字", web.Optional), "如问题里别人的姓名；几处的用空格分开。只能遮盖，不能改写")))
			}
			return list
		}
		d.read = func(f *web.Form) {
			text, hide = f.Required("reply", "答复", longest), f.Text("hide", "要遮盖的字", 200)
		}
		d.do = func(ctx context.Context, w *journal.Writer, id int64) error {
			_, err := Give(ctx, w, id, text, strings.FieldsFunc(hide, func(r rune) bool { return strings.ContainsRune(" 　、，,；;", r) }), w.Today())
			return err
		}
		return []deed{d}
	case v.Row.Doubted == "" && v.Row.Channel != Self:
		return []deed{textDeed(deed{path: "doubt", power: access.DisclosureOnBehalf, title: "提问人不满意", button: "登记不满意，转监督委员会", said: "已登记，转监督委员会处理。",
			intro: "提问人打电话或来访说不满意的，可以代为登记一次。"}, "哪里不满意", "照提问人说的写", func(ctx context.Context, w *journal.Writer, id int64, text string) error {
			_, err := Object(ctx, w, id, text, w.Today())
			return err
		})}
	}
	return nil
}

func findingDeeds(v view) []deed {
	switch v.State.Next {
	case StepLook:
		var take bool
		var text string
		return []deed{{path: "look", power: access.DisclosureFind, title: "现在要办：看答复是否适当", button: "登记", said: "已登记。",
			draw: func(f *web.Form) []templ.Component {
				return []templ.Component{ui.RadioField(f.Field("take", "怎样处理", web.Needed), yesNo("要求单位回应", "答复适当，不再要求")), writing(f, "text", "说明", "要求回应的，写明要说清什么；认为适当的，写明理由，提问人能看到")}
			},
			read: func(f *web.Form) {
				take, text = f.Choice("take", "怎样处理", web.Needed, "yes", "no") == "yes", f.Required("text", "说明", longest)
			},
			do: func(ctx context.Context, w *journal.Writer, id int64) error {
				_, err := TakeUp(ctx, w, id, take, text, w.Today())
				return err
			}}}
	case StepRespond:
		return []deed{textDeed(deed{path: "respond", power: access.DisclosureAnswer, title: "现在要办：回应监督发现", button: "提交回应", said: "回应已登记，等监督委员会查核。"},
			"回应", "已经改正的写改了什么，不能改的写为什么", plain(KindRespond, func(s string) Respond { return Respond{s} }))}
	case StepSettle:
		var result, text string
		return []deed{{path: "settle", power: access.DisclosureFind, title: "现在要办：查核回应", button: "登记查核结果", said: "查核结果已登记。",
			draw: func(f *web.Form) []templ.Component {
				var options []ui.Option
				for _, x := range results {
					options = append(options, ui.Option{Value: x.Code, Text: x.Title})
				}
				return []templ.Component{ui.RadioField(f.Field("result", "查核结果", web.Needed), options), writing(f, "text", "查核情况", "看了什么、问了谁、是不是真的改了")}
			},
			read: func(f *web.Form) {
				result, text = f.Choice("result", "查核结果", web.Needed, Done, Again, Up), f.Required("text", "查核情况", longest)
			},
			do: func(ctx context.Context, w *journal.Writer, id int64) error {
				_, err := CheckUp(ctx, w, id, result, text, w.Today())
				return err
			}}}
	case StepStreet:
		return []deed{textDeed(deed{path: "street", power: access.DisclosureStreet, title: "现在要办：街道处理", button: "登记处理情况", said: "处理情况已登记，此件办结。"},
			"处理情况", "查了什么、要求怎么改、改了没有", plain(KindStreet, func(s string) Street { return Street{s} }))}
	}
	if v.State.Closed != "" && v.Row.PublicAct == 0 {
		var text string
		return []deed{{path: "summary", power: access.DisclosureFind, title: "要不要公开", button: "公开", said: "已公开。",
			intro: "监督委员会决定公开的，在这里写几句话，显示在公示下面。不决定公开的，不用填。",
			draw: func(f *web.Form) []templ.Component {
				return []templ.Component{writing(f, "summary", "公开的内容", "写明发现了什么、怎么改的；不写个人姓名和号码")}
			},
			read: func(f *web.Form) { text = f.Required("summary", "公开的内容", longest) },
			do: func(ctx context.Context, w *journal.Writer, id int64) error {
				_, err := Publicise(ctx, w, id, text, w.Today())
				return err
			}}}
	}
	return nil
}

func (p *Pages) auditDeeds(v view) []deed {
	switch v.State.Next {
	case StepAccept:
		var agree bool
		var text string
		return []deed{{path: "accept", power: access.DisclosureStreet, title: "现在要办：受理", button: "登记", said: "已登记。",
			draw: func(f *web.Form) []templ.Component {
				return []templ.Component{ui.RadioField(f.Field("agree", "是否受理", web.Needed), yesNo("受理，安排审计", "不受理")), writing(f, "text", "说明", "核对了哪些签名；不受理的必须写明理由")}
			},
			read: func(f *web.Form) {
				agree, text = f.Choice("agree", "是否受理", web.Needed, "yes", "no") == "yes", f.Required("text", "说明", longest)
			},
			do: func(ctx context.Context, w *journal.Writer, id int64) error {
				_, err := journal.Add(ctx, w, KindAccept, w.Today(), []int64{id}, Accept{agree, text})
				return err
			}}}
	case StepArrange:
		var a Arrange
		return []deed{{path: "arrange", power: access.DisclosureStreet, title: "现在要办：安排审计", button: "登记安排", said: "审计安排已登记。",
			draw: func(f *web.Form) []templ.Component {
				return []templ.Component{ui.TextField(half(f.Field("auditor", "由谁审计", web.Needed))), ui.DateField(half(f.Field("begin", "开始日期", web.Needed))), ui.TextArea(f.Field("text", "安排", web.Optional), 3)}
			},
			read: func(f *web.Form) {
				a = Arrange{f.Required("auditor", "由谁审计", 100), f.Date("begin", "开始日期", web.Needed), f.Text("text", "安排", longest)}
			},
			do: func(ctx context.Context, w *journal.Writer, id int64) error {
				_, err := journal.Add(ctx, w, KindArrange, w.Today(), []int64{id}, a)
				return err
			}}}
	case StepReport:
		var a Report
		return []deed{{path: "report", power: access.DisclosureStreet, title: "现在要办：登记审计报告", button: "登记报告", said: "审计报告已登记。下一步由村（社区）公布审计结果。",
			draw: func(f *web.Form) []templ.Component {
				return []templ.Component{ui.TextField(half(f.Field("number", "报告名称、文号", web.Needed))), ui.DateField(half(f.Field("on", "报告日期", web.Needed))), writing(f, "text", "审计结论", "照报告摘要写")}
			},
			read: func(f *web.Form) {
				a = Report{f.Date("on", "报告日期", web.Needed), f.Required("number", "报告名称、文号", 100), f.Required("text", "审计结论", longest)}
			},
			do: func(ctx context.Context, w *journal.Writer, id int64) error {
				_, err := Delivered(ctx, w, id, a, w.Today())
				return err
			}}}
	case StepPublish:
		var no int64
		return []deed{{path: "publish", power: access.DisclosureStreet, title: "现在要办：公布审计结果", button: "登记公布，办结", said: "审计结果已公布，此件办结。",
			intro: "审计结果由被审计的单位作为公示公布，走审查、审批的步骤。公布以后，在这里填那张公示的登记号（公示网址 /n/ 后面的数字）。",
			draw: func(f *web.Form) []templ.Component {
				return []templ.Component{ui.TextField(half(f.Field("notice", "公示登记号", web.Needed)))}
			},
			read: func(f *web.Form) { no = f.Int64("notice", "公示登记号", web.Needed, 1, 1<<53) },
			do: func(ctx context.Context, w *journal.Writer, id int64) error {
				_, err := Shown(ctx, w, id, no, w.Today())
				return err
			}}}
	}
	return nil
}

func (p *Pages) complaintDeeds(v view) []deed {
	switch v.State.Next {
	case StepExamine:
		var found bool
		var text string
		return []deed{{path: "check", power: access.ComplaintHandle, title: "现在要办：查核", button: "登记查核结果", said: "查核结果已登记。",
			intro: "查核时不要说出是谁反映的。被反映的村、社区看不到这一件。",
			draw: func(f *web.Form) []templ.Component {
				return []templ.Component{ui.RadioField(f.Field("found", "查核结果", web.Needed), yesNo("属实，要责令公布或更正", "不属实，或者已经公布")), writing(f, "text", "查核情况", "看了什么、结论是什么")}
			},
			read: func(f *web.Form) {
				found, text = f.Choice("found", "查核结果", web.Needed, "yes", "no") == "yes", f.Required("text", "查核情况", longest)
			},
			do: func(ctx context.Context, w *journal.Writer, id int64) error {
				_, err := journal.Add(ctx, w, KindExamine, w.Today(), []int64{id}, Examine{found, text})
				return err
			}}}
	case StepOrder:
		var o Order
		return []deed{{path: "order", power: access.ComplaintHandle, title: "现在要办：责令公布或更正", button: "下达责令", said: "已责令改正，有关单位在待办里看得到责令，看不到反映。",
			intro: "这里写的，有关单位看得到。不要写是谁反映的，也不要照抄反映的原话。",
			draw: func(f *web.Form) []templ.Component {
				list := []templ.Component{writing(f, "text", "责令内容", "写明公布或更正什么"), ui.DateField(half(f.Field("due", "改正期限", web.Needed)))}
				if v.Row.Notice == 0 {
					list = append([]templ.Component{ui.TextField(help(f.Field("subject", "关于什么", web.Needed), "如：2026年三季度财务公开"))}, list...)
				}
				return list
			},
			read: func(f *web.Form) {
				o = Order{Text: f.Required("text", "责令内容", longest), Due: f.Date("due", "改正期限", web.Needed)}
				if v.Row.Notice == 0 {
					o.Title = f.Required("subject", "关于什么", 100)
				}
			},
			do: func(ctx context.Context, w *journal.Writer, id int64) error {
				_, err := Command(ctx, w, id, o, w.Today())
				return err
			}}}
	case StepTell:
		return []deed{textDeed(deed{path: "tell", power: access.ComplaintHandle, title: "现在要办：答复反映人", button: "登记答复，办结", said: "已答复，此件办结。本人登录的能直接看到；电话、来访的请打电话告诉本人。"},
			"答复", "写明查核结果、责令了什么、改了没有", func(ctx context.Context, w *journal.Writer, id int64, text string) error {
				_, err := Inform(ctx, w, id, text, w.Today())
				return err
			})}
	}
	return nil
}

func (p *Pages) orderDeeds(v view) []deed {
	switch v.State.Next {
	case StepCarry:
		var c Carry
		return []deed{{path: "carry", power: access.DisclosureAnswer, title: "现在要办：按责令改正", button: "报告改正情况", said: "已报告街道，等街道核实。",
			draw: func(f *web.Form) []templ.Component {
				return []templ.Component{writing(f, "text", "改正情况", "公布或更正了什么"), ui.TextField(half(help(f.Field("notice", "改正后的公示登记号", web.Optional), "公示网址 /n/ 后面的数字；没有的不填")))}
			},
			read: func(f *web.Form) {
				c = Carry{Text: f.Required("text", "改正情况", longest), Notice: f.Int64("notice", "公示登记号", web.Optional, 0, 1<<53)}
			},
			do: func(ctx context.Context, w *journal.Writer, id int64) error {
				if c.Notice != 0 {
					if _, err := publishedBy(ctx, w, "notice", c.Notice, v.Row.Unit); err != nil {
						return err
					}
				}
				_, err := journal.Add(ctx, w, KindCarry, w.Today(), []int64{id}, c)
				return err
			}}}
	case StepConfirm:
		var c Confirm
		return []deed{{path: "confirm", power: access.ComplaintHandle, title: "现在要办：核实改正情况", button: "登记核实结果", said: "核实结果已登记。",
			draw: func(f *web.Form) []templ.Component {
				return []templ.Component{ui.RadioField(f.Field("agree", "核实结果", web.Needed), yesNo("已经改正", "还没有改好，退回再改")), writing(f, "text", "核实情况", "看了哪张公示、对不对")}
			},
			read: func(f *web.Form) {
				c = Confirm{f.Choice("agree", "核实结果", web.Needed, "yes", "no") == "yes", f.Required("text", "核实情况", longest)}
			},
			do: func(ctx context.Context, w *journal.Writer, id int64) error {
				complaint, err := relatedTo(ctx, w, w.Town, SortComplaint, id)
				if err == nil {
					_, err = Checked(ctx, w, id, complaint, c, w.Today())
				}
				return err
			}}}
	}
	return nil
}

// future says what a date of another's choice may not be.
func future(f *web.Form, name, label string, day, today calendar.Date) {
	if day > today {
		f.Fail(name, label, "还没有到这一天；今天是"+today.Chinese())
	}
}
