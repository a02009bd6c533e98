package catalogue

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/notice"
)

// changeRow is a local change as its table holds it.
type changeRow struct {
	ID       int64
	Over     int64
	Body     string
	Item     string
	Subject  string
	Title    string
	Detail   string
	Scope    string
	Form     string
	Rhythm   string
	Month    int64
	Day      int64
	Within   int64
	Days     int64
	Office   string
	From     calendar.Date
	Until    calendar.Date
	Citation string
	Recorded calendar.Date
}

// holds reports whether the change holds on a day.
func (c changeRow) holds(on calendar.Date) bool {
	return c.From <= on && (c.Until == "" || on < c.Until)
}

// localCode is the code of an item that an act added; the number is the act's.
const localCode = "local-"

// Code is the code of the item that the change adds, or changes.
func (c changeRow) code() string {
	if c.Item != "" {
		return c.Item
	}
	return localCode + strconv.FormatInt(c.ID, 10)
}

// LocalID is the act that added a local item; ok is false for the code of a national one.
func LocalID(code string) (id int64, ok bool) {
	digits, ok := strings.CutPrefix(code, localCode)
	if !ok {
		return 0, false
	}
	id, err := strconv.ParseInt(digits, 10, 64)
	return id, err == nil && id > 0
}

// book is what a town's catalogues are made of: local terms and local changes, and the units over each unit.
type book struct {
	local   law.Settings
	changes []changeRow
	above   map[int64][]int64 // unit → itself and the units over it
	memo    map[string][]Item
}

// unitOf is a unit that publishes.
type unitOf struct {
	ID   int64
	Body notice.Body
}

// of is the catalogue of a unit on a day.
func (b *book) of(u unitOf, on calendar.Date) []Item {
	key := fmt.Sprint(u.ID, on)
	if list, ok := b.memo[key]; ok {
		return list
	}
	list := Defaults(u.Body)
	at := b.local.For(u.ID).On(on)
	for i := range list {
		list[i].settle(u.Body, at)
	}
	for _, c := range b.changes {
		if notice.Body(c.Body) != u.Body || !c.holds(on) || !slices.Contains(b.above[u.ID], c.Over) {
			continue
		}
		if c.Item == "" {
			list = append(list, c.item())
			continue
		}
		for i := range list {
			if list[i].Code == c.Item {
				list[i].tighten(c)
			}
		}
	}
	if b.memo == nil {
		b.memo = map[string][]Item{}
	}
	b.memo[key] = list
	return list
}

// settle asks the local terms that rules read: money monthly, days for what is published at once.
func (it *Item) settle(body notice.Body, at law.Settings) {
	switch {
	case body == notice.Village && it.Class == notice.Money: // a collective with much money is told so by a local act
		if monthly, act := law.MonthlyMoney.Is(at); monthly {
			it.Rhythm = Monthly
			it.Acts = append(it.Acts, act)
		}
	case it.Rhythm == AtOnce && it.Before == 0 && it.Latest == "":
		key := law.MajorDays
		if body == notice.Community {
			key = law.PromptDays
		}
		days, act := key.In(at)
		if it.Within = int(days); act != 0 {
			it.Acts = append(it.Acts, act)
		}
	}
}

// item is the item that a change adds.
func (c changeRow) item() Item {
	it := Item{Code: c.code(), Subject: c.Subject, Title: c.Title, Detail: c.Detail, Basis: c.Citation, Class: notice.Ordinary, Rhythm: Rhythm(c.Rhythm),
		Month: int(c.Month), Day: int(c.Day), Within: int(c.Within), Event: "发生日期", Days: int(c.Days), Scope: Scope(c.Scope), Form: Form(c.Form),
		Office: c.Office, Since: max(c.From, c.Recorded), Until: c.Until, Local: true, Acts: []int64{c.ID}}
	if it.Days > 0 { // otherwise the sheet hangs as the law says
		it.DaysAct = c.ID
	}
	return it
}

// tighten applies a change to an item. Of several the strictest holds, whatever their order; a change that a later law or act has
// overtaken alters nothing.
func (it *Item) tighten(c changeRow) {
	used := false
	if r := Rhythm(c.Rhythm); r != "" && shorter(r, it.Rhythm) {
		it.Rhythm, it.Month, it.Day, used = r, 0, 0, true
	}
	if c.Day > 0 && (c.Rhythm == "" || Rhythm(c.Rhythm) == it.Rhythm) && it.sooner(int(c.Month), int(c.Day)) {
		it.Month, it.Day, used = int(c.Month), int(c.Day), true
	}
	if int(c.Days) > it.Days {
		it.Days, it.DaysAct, used = int(c.Days), c.ID, true
	}
	if c.Office != "" {
		it.Office, used = c.Office, true
	}
	if used {
		it.Acts = append(it.Acts, c.ID)
		it.Basis += "；" + c.Citation
	}
}

// months is how many months after a period a rhythm leaves at most: to the end of the next period.
func (r Rhythm) months() int {
	return map[Rhythm]int{Monthly: 1, Quarterly: 3, Yearly: 12}[r]
}

// sooner reports whether a day after the period comes before the item's own.
func (it Item) sooner(month, day int) bool {
	if it.Rhythm == AtOnce || month > it.Rhythm.months() {
		return false
	}
	return it.Day == 0 || month < it.Month || month == it.Month && day < it.Day
}
