package open

import (
	"context"
	"fmt"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/disclosure"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/disclosure/oversight"
	"cunju/internal/org"
)

// Item is something that a unit has to publish, by the catalogue of today.
type Item struct {
	Code    string `json:"code" doc:"事项代码"`
	Subject string `json:"subject" doc:"类别代码" enum:"finance,village,collective,party"`
	Title   string `json:"title" doc:"事项"`
	When    string `json:"when" doc:"多久公开一次、最晚哪一天"`
	Basis   string `json:"basis" doc:"依据的法律条文和本地规定"`
	Scope   string `json:"scope" doc:"公开范围" enum:"public,collective,party"`
	Office  string `json:"office" doc:"由谁负责"`
	Local   bool   `json:"local" doc:"是不是本地拓展的事项"`
}

// Items is a unit's catalogue.
type Items struct {
	Unit  int64  `json:"unit" doc:"单位的编号"`
	Items []Item `json:"items" doc:"公开目录"`
}

// Due is something to be published for a period or an event, and how it stands.
type Due struct {
	ID        int64         `json:"id" doc:"编号"`
	Unit      int64         `json:"unit" doc:"公开单位的编号"`
	Code      string        `json:"code" doc:"事项代码"`
	Title     string        `json:"title" doc:"事项"`
	From      calendar.Date `json:"from,omitempty" doc:"期间第一日，或者发生的那一天"`
	To        calendar.Date `json:"to,omitempty" doc:"期间最后一日"`
	Due       calendar.Date `json:"due,omitempty" doc:"最晚公开的日期；法律和本地都没有规定天数的，没有"`
	Reckoning string        `json:"reckoning" doc:"这个日期怎么算的，没有的为什么"`
	Basis     string        `json:"basis" doc:"依据"`
	State     string        `json:"state" doc:"open：还没到期；overdue：逾期未公开；long-overdue：长期逾期；met：按时公布，或者没有规定天数；met-late：迟了公布；none：说明本期没有；ceased：单位已撤销" enum:"open,overdue,long-overdue,met,met-late,none,ceased"`
	LateDays  int64         `json:"late_days,omitempty" doc:"公布时迟了几天"`
	Notice    *int64        `json:"notice,omitempty" doc:"公布了这一项的公示；只向集体成员公开的没有"`
}

// Dues is what a unit, with all below it, has to publish.
type Dues struct {
	Unit  int64         `json:"unit" doc:"单位的编号"`
	On    calendar.Date `json:"on" doc:"按哪一天算"`
	Items []Due         `json:"items" doc:"还没公布的在前，按最晚日期；然后是最近一年办结的"`
}

// Question is a question that was answered in public. Its words stand in the public act.
type Question struct {
	ID      int64         `json:"id" doc:"编号"`
	Unit    int64         `json:"unit" doc:"被询问的单位"`
	Notice  *int64        `json:"notice,omitempty" doc:"问的是哪一张公示"`
	Asked   calendar.Date `json:"asked" doc:"询问的日期"`
	Due     calendar.Date `json:"due,omitempty" doc:"答复期限"`
	Closed  calendar.Date `json:"closed,omitempty" doc:"答复的日期"`
	ActFile string        `json:"act_file" doc:"公开的问和答，封存在公开总账里"`
}

// Questions is what was asked of the units of an area since the beginning of the last year.
type Questions struct {
	Unit     int64      `json:"unit" doc:"村、社区或者单位的编号"`
	Asked    int64      `json:"asked" doc:"去年以来询问的件数，包括不公开的"`
	Answered int64      `json:"answered" doc:"已经答复的件数"`
	Waiting  int64      `json:"waiting" doc:"还没答复的件数"`
	Late     int64      `json:"late" doc:"其中超过期限的件数"`
	Items    []Question `json:"items" doc:"公开答复的，最新的在最前面"`
}

// of names a unit in a path.
type of struct {
	Unit int64 `path:"unit" minimum:"0" doc:"村、社区或者单位的编号"`
}

// dueMost is how many due items one answer holds: years of a village.
const dueMost = 500

func (b *Board) dutyOperations() {
	get(b, "/api/catalogue/{unit}", "catalogue", "一个单位的公开目录", func(ctx context.Context, in *of) (Items, error) {
		if err := b.known(ctx, in.Unit); err != nil {
			return Items{}, err
		}
		list, err := catalogue.Of(ctx, b.pages.DB, b.pages.Town, in.Unit, b.pages.Today())
		out := Items{Unit: in.Unit, Items: []Item{}}
		for _, it := range list {
			out.Items = append(out.Items, Item{it.Code, it.Subject, it.Title, it.When(), it.Basis, string(it.Scope), it.Office, it.Local})
		}
		return out, err
	})
	get(b, "/api/due/{unit}", "due", "应公开事项和公开情况", func(ctx context.Context, in *of) (Dues, error) {
		today := b.pages.Today()
		out := Dues{Unit: in.Unit, On: today, Items: []Due{}}
		if err := b.known(ctx, in.Unit); err != nil {
			return out, err
		}
		list, err := catalogue.DueOf(ctx, b.pages.DB, b.pages.Town, catalogue.DueFilter{Under: []int64{in.Unit}, Public: true, Since: today.AddYears(-1), Limit: dueMost})
		for _, d := range list {
			x := Due{ID: d.ID, Unit: d.Unit, Code: d.Item, Title: d.Title, From: d.From, To: d.To, Due: d.Day, Reckoning: d.Reckoning, Basis: d.Basis,
				State: string(d.State(today)), LateDays: d.LateDays}
			if d.Shown == catalogue.Public {
				x.Notice = &d.Notice
			}
			out.Items = append(out.Items, x)
		}
		return out, err
	})
	get(b, "/api/questions/{unit}", "questions", "询问和答复", b.questions)
}

// known tells units from numbers of something else.
func (b *Board) known(ctx context.Context, unit int64) error {
	_, err := org.Find(ctx, b.pages.DB, b.pages.Town, unit)
	if db.Kind(err) == db.NotFound {
		return notFound("没有这个单位。有哪些见 /api/units。")
	}
	return err
}

func (b *Board) questions(ctx context.Context, in *of) (Questions, error) {
	out := Questions{Unit: in.Unit, Items: []Question{}}
	if err := b.known(ctx, in.Unit); err != nil {
		return out, err
	}
	today := b.pages.Today()
	since := calendar.Of(today.Year()-1, 1, 1)
	t, err := oversight.TallyOf(ctx, b.pages.DB, b.pages.Town, in.Unit, since, today)
	if err != nil {
		return out, err
	}
	out.Asked, out.Answered, out.Waiting, out.Late = t.Asked, t.Answered, t.Waiting, t.Late
	rows, err := oversight.PublicAnswers(ctx, b.pages.DB, b.pages.Town, in.Unit, since, dueMost)
	if err != nil {
		return out, err
	}
	var about []int64
	for _, r := range rows {
		about = append(about, r.Notice)
	}
	notices, err := disclosure.FindEach(ctx, b.pages.DB, b.pages.Town, about)
	for _, r := range rows {
		q := Question{ID: r.ID, Unit: r.Unit, Asked: r.Opened, Due: r.Due, Closed: r.Closed, ActFile: fmt.Sprintf("/log/%s/act/%d.json", b.pages.Town, r.PublicAct)}
		if n, ok := notices[r.Notice]; ok && n.Scope == disclosure.ScopePublic {
			q.Notice = &r.Notice
		}
		out.Items = append(out.Items, q)
	}
	return out, err
}
