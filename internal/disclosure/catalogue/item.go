package catalogue

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/notice"
	"cunju/internal/law/rulebook"
)

// Rhythm says how often an item is published.
type Rhythm string

// The rhythms, from the shortest; AtOnce is for what happens once.
const (
	Monthly   Rhythm = "monthly"
	Quarterly Rhythm = "quarterly"
	Yearly    Rhythm = "yearly"
	AtOnce    Rhythm = "at-once"
)

// rhythmList in order, the shortest first.
var rhythmList = []Rhythm{Monthly, Quarterly, Yearly, AtOnce}

// Chinese names the rhythm.
func (r Rhythm) Chinese() string {
	return map[Rhythm]string{Monthly: "每月", Quarterly: "每季度", Yearly: "每年", AtOnce: "随时（及时）"}[r]
}

// shorter reports whether a is published more often than b; what is published at once compares with nothing.
func shorter(a, b Rhythm) bool {
	return a != AtOnce && b != AtOnce && slices.Index(rhythmList, a) < slices.Index(rhythmList, b)
}

// Scope is who may read what is published.
type Scope string

// The scopes, the widest first.
const (
	Public     Scope = "public"     // everyone
	Collective Scope = "collective" // members of the collective
	Party      Scope = "party"      // members of that Party organisation
)

// Chinese names the scope.
func (s Scope) Chinese() string {
	return map[Scope]string{Public: "向社会公开", Collective: "向本集体成员公开", Party: "向本组织党员公开"}[s]
}

// within reports whether an item may be published to a circle of readers, and is then published.
func (it Item) within(s Scope) bool { return s == it.Scope || it.Members && s == Collective }

// Reach says in words for whom an item is published.
func (it Item) Reach() string {
	if it.Members {
		return Collective.Chinese() + "，也可以" + it.Scope.Chinese()
	}
	return it.Scope.Chinese()
}

// Form is the shape in which an item is published.
type Form string

// The forms.
const (
	Text     Form = "text"     // words
	Finance  Form = "finance"  // income and spending, line by line
	Table    Form = "table"    // another table
	List     Form = "list"     // persons who got something: the privacy rules DS-18 hold
	Decision Form = "decision" // what was decided, and how it was carried out
)

// Chinese names the form.
func (f Form) Chinese() string {
	return map[Form]string{Text: "文字", Finance: "财务收支表", Table: "表格", List: "名单", Decision: "决定和办理情况"}[f]
}

// Item is one entry of a unit's catalogue as it holds on a day.
type Item struct {
	Code    string // kept for ever: it stands in notices
	Subject string // column of the board: finance, village, collective, party
	Title   string
	Detail  string   // what belongs to it, for who drafts
	Rules   []string // ids of the rules it rests on
	Basis   string   // the same as a citation, with local documents after it
	Class   notice.Class
	Rhythm  Rhythm
	Month   int // with Day: the month after the period, 1 the first; 0 by the end of the following period
	Day     int
	Asks    string // for what is published at once, how soon the law says: 随时, 及时; "" says nothing
	Within  int    // days after it happened by a local act, 0 when nobody fixed any: it is then never late
	Latest  string // what bounds it instead of days, in words
	Before  int    // instead: days before the event, such as a meeting
	Event   string // what the day of an item at once is: 发生日期、开会日期
	Days    int    // on the board, 0 as the law says
	Scope   Scope
	Members bool // the law asks for publication to the members of the collective: published to them only, it is published
	Form    Form
	Office  string        // in charge, in plain words
	Certain bool          // there is something in every period: an office may not state that there was nothing, or is asked about it
	Since   calendar.Date // from which it is to be published
	Until   calendar.Date // first day on which a local item no longer is; "" open
	Local   bool          // added by a local act
	Acts    []int64       // local acts that made or changed it, and settings
	DaysAct int64         // that gave Days
}

// Code of the finances of every body. Notices from before the catalogue bear no code; a finance table of theirs is this item.
const CodeFinance = "finance"

// CodePlan is what a collective means to receive and spend: a table of days to come.
const CodePlan = "finance-plan"

// Outside is the code of a notice that its drafter placed outside the catalogue: it is no item and meets none.
const (
	Outside      = "outside"
	OutsideTitle = "目录以外的事项"
)

// CodeOf is the item under which a notice counts: its own code, or the finances for one without.
func CodeOf(code, subject string, finance bool) string {
	if code == "" && (finance || subject == "finance" || subject == "collective") {
		return CodeFinance
	}
	return code
}

// BodyOf says under which law a unit of a kind discloses; "" for kinds that do not.
func BodyOf(kind string) notice.Body {
	switch kind {
	case "villagers-committee":
		return notice.Village
	case "residents-committee":
		return notice.Community
	case "collective":
		return notice.Collective
	case "party-working-committee", "party-committee", "party-general-branch", "party-branch", "party-joint-branch":
		return notice.Party
	}
	return ""
}

// Bodies that disclose, in order.
var Bodies = []notice.Body{notice.Village, notice.Community, notice.Collective, notice.Party}

// Defaults are the national items of a body, in order of the board. Their settings are not yet asked.
func Defaults(body notice.Body) []Item { return slices.Clone(national()[body]) }

// national are the national items by body. The clock asks for them for every unit and period, and their citations are looked up in
// the whole book of rules: they are made once.
var national = sync.OnceValue(func() map[notice.Body][]Item {
	all := map[notice.Body][]Item{notice.Village: villageItems(), notice.Community: communityItems(), notice.Collective: collectiveItems(), notice.Party: partyItems()}
	in := articles()
	for _, list := range all {
		for i := range list {
			list[i].Basis = citation(in, list[i].Rules)
			if list[i].Scope == "" {
				list[i].Scope = Public
			}
			if list[i].Rhythm == AtOnce && list[i].Event == "" {
				list[i].Event = "发生日期"
			}
		}
	}
	return all
})

// Title names a national item by its code, whatever the body; "" for a code that is none.
func Title(code string) string {
	for _, b := range Bodies {
		for _, it := range Defaults(b) {
			if it.Code == code {
				return it.Title
			}
		}
	}
	return ""
}

// citation writes the sources and articles of rules once each.
func citation(in map[string][]string, rules []string) string {
	var out []string
	for _, id := range rules {
		for _, c := range in[id] {
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return strings.Join(out, "；")
}

// articles are the sources and articles of every rule in force, by its id.
func articles() map[string][]string {
	out := map[string][]string{}
	for _, e := range rulebook.All() {
		if e.Until == "" {
			out[e.ID] = append(out[e.ID], e.Source.Short+law.ArticleText(e.Article))
		}
	}
	return out
}

// When says in words how often and by when the item is published.
func (it Item) When() string {
	switch {
	case it.Rhythm == AtOnce && it.Before > 0:
		return fmt.Sprintf("开会%d日以前", it.Before)
	case it.Rhythm == AtOnce && it.Within > 0:
		return fmt.Sprintf("发生后%d日以内", it.Within)
	case it.Rhythm == AtOnce:
		return cmp.Or(it.Asks, "发生以后")
	case it.Day > 0:
		return it.Rhythm.Chinese() + "，" + it.dayText() + "以前"
	}
	return it.Rhythm.Chinese()
}

// dayText is the appointed day in words: 次月15日, 每季度第一个月15日, 次年1月31日.
func (it Item) dayText() string {
	switch it.Rhythm {
	case Monthly:
		return fmt.Sprintf("次月%d日", it.Day)
	case Quarterly:
		return fmt.Sprintf("下一季度第%s个月%d日", []string{"", "一", "二", "三"}[min(it.Month, 3)], it.Day)
	}
	return fmt.Sprintf("次年%d月%d日", it.Month, it.Day)
}

// Posted says in words for how long its sheet hangs.
func (it Item) Posted() string {
	if it.Days == 0 {
		return "—"
	}
	return fmt.Sprintf("%d 日", it.Days)
}

// Absent says in words whether an office may state that there was nothing in a period.
func (it Item) Absent() string {
	switch {
	case it.always():
		return "每期都应当有"
	case it.Certain || it.Form == Finance:
		return "不能没有"
	}
	return "可以说明没有"
}

// always reports whether there should be something in every period, but the source does not say so outright: a statement that there was
// nothing is asked about, not refused (DS-17-each).
func (it Item) always() bool { return it.Certain && it.Subject == "party" }

// standing reports whether a national item has something in every period, whatever the body; asked of it, a statement of nothing is only
// asked about.
func standing(code string) (certain, asked bool) {
	for _, b := range Bodies {
		if it, ok := find(Defaults(b), code); ok && it.Certain {
			return true, it.always()
		}
	}
	return false, false
}

// present says why nobody may state that there was nothing of an item, "" where it may be stated: money moves or is accounted for as
// zero, and what has to be done every period is done before it is told.
func present(code, title string, form Form) string {
	certain, asked := standing(code)
	switch {
	case form == Finance:
		return "《" + title + "》是财务事项，不能说明“无此事项”；没有收支的，也请公布一张收支为零的表：写明上期结余和本期结余，不写明细"
	case certain && !asked:
		return "《" + title + "》每期都应当有，不能说明“无此事项”；还没有办的，请办好以后公开"
	}
	return ""
}

// Known reports whether a code is that of a national item of some body, the one outside, or of the form of a local one. Whether the unit has it in its
// catalogue is asked by [Allow].
func Known(code string) bool {
	_, local := LocalID(code)
	return local || code == Outside || Title(code) != ""
}
