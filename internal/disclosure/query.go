package disclosure

import (
	"context"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/journal"
)

// Row is a notice as lists read it.
type Row struct {
	ID         int64
	Unit       int64
	Body       string
	Subject    string
	Item       string
	Title      string
	Number     string
	From       calendar.Date
	To         calendar.Date
	Author     int64
	Next       string
	Published  calendar.Date
	PublishAct int64
	Posted     calendar.Date
	Place      string
	Last       calendar.Date // last day it must hang, once posted; "" where no law gives days
	Reckoning  string
	TakenDown  calendar.Date
	Replaces   int64
	Income     int64
	Spending   int64
	Closing    int64
	Scope      Scope         // for whom it is published
	ShownAct   int64         // act that holds the content as it is shown: the publication, or the last covering; −1 before
	Covered    calendar.Date // day of the last covering, "" for none
	Confirm    Confirmation  // of what was published as urgent
	ConfirmBy  calendar.Date
	Opinions   int64         // of the supervision committee
	Unanswered int64         // of them, still open
	ListUntil  calendar.Date // last day on which the list of recipients is shown; "" for none
	FileNumber string
	FilePlace  string
	FileVolume string
	FileHolds  string // codes of papers, with commas
	Filed      calendar.Date
	Money      int64 // 1 where it holds a finance table, of zero too
	Newer      int64 // the published notice that corrects it, 0 for none
}

// Confirmation is how an urgent notice stands.
type Confirmation string

// The confirmations; "" is a notice that went the ordinary way.
const (
	Awaiting  Confirmation = "awaiting"
	Confirmed Confirmation = "confirmed"
	Alone     Confirmation = "alone" // approved afterwards without the joint meeting that its body has
	Refused   Confirmation = "refused"
)

func (n *Notice) standing() Confirmation {
	switch {
	case n.Urgent == nil:
		return ""
	case n.Refused != nil:
		return Refused
	case n.Approved != nil && n.Meeting == nil && jointly(n.Body):
		return Alone
	case n.Approved != nil:
		return Confirmed
	}
	return Awaiting
}

// Caution is what every list says beside a notice that its reader is not to take as it stands: it was corrected, or published as urgent
// and not confirmed. "" where there is nothing to say.
func (r Row) Caution() string {
	switch {
	case r.Newer > 0:
		return "已更正，以更正的公示为准"
	case r.Confirm == Awaiting:
		return "先行公布，待确认"
	case r.Confirm == Refused:
		return "事后没有得到确认，等待更正"
	}
	return ""
}

// State says in a few words how far a notice is, and what is amiss with it.
func (r Row) State() string {
	switch {
	case r.Newer > 0:
		return r.stage() + "，已更正"
	case r.Confirm == Refused && r.Next != StepCorrect:
		return r.stage() + "，没有得到确认"
	}
	return r.stage()
}

func (r Row) stage() string {
	if r.Next == "" {
		if r.Filed != "" {
			return "已归档"
		}
		if r.TakenDown != "" {
			return "已期满撤下"
		}
		return "已撤回"
	}
	if r.Confirm != "" && (r.Next == StepCheck || r.Next == StepApprove) {
		return "已紧急公布，待事后确认"
	}
	return states[r.Next]
}

// states are the words for what comes next.
var states = map[string]string{StepSubmit: "草稿", StepCheck: "待监督审查", StepApprove: "待审批", StepPublish: "待公布", StepPost: "待上栏张贴", StepTakeDown: "张贴中",
	StepAnswer: "待答复监督意见", StepCorrect: "待公布更正", StepFile: "待归档"}

// columns are those of a row; the query's first argument is the town. The sign before c.id keeps SQLite from walking the whole key
// backwards for the greatest: without it a page of the board costs a thousand times as much.
const columns = `n.id, n.unit, n.body, n.subject, n.item, n.title, n.number, n.period_from, n.period_to, n.author, n.next, n.published,
	n.publish_act, n.posted, n.place, n.last_day, n.reckoning, n.taken_down, n.replaces, n.income, n.spending, n.closing, n.scope, n.shown_act, n.covered,
	n.standing, n.confirm_by, n.opinions, n.unanswered, n.list_until, n.file_number, n.file_place, n.file_volume, n.file_holds, n.filed, n.money,
	COALESCE((SELECT MAX(+c.id) FROM disclosure_notice c WHERE c.town = $1 AND c.replaces = n.id AND c.published <> ''), 0)`

// Find returns one notice.
func Find(ctx context.Context, q db.Querier, town string, id int64) (Row, error) {
	return db.One[Row](ctx, q, `SELECT `+columns+` FROM disclosure_notice n WHERE n.town = $1 AND n.id = $2`, town, id)
}

// FindEach returns notices by their numbers; those that do not exist are not in it.
func FindEach(ctx context.Context, q db.Querier, town string, ids []int64) (map[int64]Row, error) {
	list, args := db.In(2, ids)
	rows, err := db.All[Row](ctx, q, `SELECT `+columns+` FROM disclosure_notice n WHERE n.town = $1 AND n.id IN (`+list+`)`, append([]any{town}, args...)...)
	out := make(map[int64]Row, len(rows))
	for _, r := range rows {
		out[r.ID] = r
	}
	return out, err
}

// ByNumber finds the notices published in a year under numbers with an ending: every unit counts its own.
func ByNumber(ctx context.Context, q db.Querier, town string, year int, ending string) ([]Row, error) {
	return db.All[Row](ctx, q, `SELECT `+columns+` FROM disclosure_notice n WHERE n.town = $1 AND n.published >= $2 AND n.published < $3
		AND n.number LIKE '%' || $4 AND n.scope = 'public' ORDER BY n.id`, town, string(calendar.Of(year, 1, 1)), string(calendar.Of(year, 1, 1).AddYears(1)), ending)
}

// ByAct finds the published notice that an act is about.
func ByAct(ctx context.Context, q db.Querier, town string, act int64) ([]Row, error) {
	return db.All[Row](ctx, q, `SELECT `+columns+` FROM journal_on o CROSS JOIN disclosure_notice n
		WHERE o.town = $1 AND o.n = $2 AND n.town = $1 AND n.id = o.entity AND n.published <> '' AND n.scope = 'public' ORDER BY n.id`, town, act)
}

// PublishedSince counts the notices that units published from a day on.
func PublishedSince(ctx context.Context, q db.Querier, town string, units []int64, from calendar.Date) (int64, error) {
	list, args := db.In(3, units)
	return db.One[int64](ctx, q, `SELECT COUNT(*) FROM disclosure_notice WHERE town = $1 AND published >= $2 AND unit IN (`+list+`)`,
		append([]any{town, string(from)}, args...)...)
}

// Replacement returns the notice that corrected a published one, −1 if none did.
func Replacement(ctx context.Context, q db.Querier, town string, id int64) (int64, error) {
	ids, err := db.All[int64](ctx, q, `SELECT id FROM disclosure_notice WHERE town = $1 AND replaces = $2 AND published <> '' ORDER BY +id DESC LIMIT 1`, town, id)
	if err != nil || len(ids) == 0 {
		return -1, err
	}
	return ids[0], nil
}

func numbersOfYear(ctx context.Context, q db.Querier, town string, unit int64, year int) ([]string, error) {
	return db.All[string](ctx, q, `SELECT number FROM disclosure_notice WHERE town = $1 AND unit = $2 AND published >= $3 AND published < $4`,
		town, unit, string(calendar.Of(year, 1, 1)), string(calendar.Of(year+1, 1, 1)))
}

// Published reads what a published notice says now: from its public act, or from the covering that came after it. A list of
// recipients is in it also after its last day; who shows it asks [Content.On].
func Published(ctx context.Context, q db.Querier, town string, r Row) (Publish, journal.Act, error) {
	a, err := journal.Read(ctx, q, town, r.ShownAct)
	if err != nil || a.Erased {
		return Publish{}, a, err
	}
	p, err := publishOf(a.Kind, a.Body)
	return p, a, err
}

// lastClosing is what the unit's last published finance table of a period before a day ended with, in fen; ok is false when
// there is none.
func lastClosing(ctx context.Context, q db.Querier, town string, unit int64, before calendar.Date) (fen int64, ok bool, err error) {
	rows, err := db.All[int64](ctx, q, `SELECT closing FROM disclosure_notice WHERE town = $1 AND unit = $2 AND subject = 'finance' AND published <> ''
		AND period_to <> '' AND period_to < $3 AND money = 1 ORDER BY period_to DESC, published DESC, id DESC LIMIT 1`, town, unit, string(before))
	if err != nil || len(rows) == 0 {
		return 0, false, err
	}
	return rows[0], true, nil
}
