package posting

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cunju/internal/calendar"
)

// Stay is for which days a notice must hang, as its own acts say.
type Stay struct {
	Posted    calendar.Date // day on which it was put up; it does not count among the days
	Last      calendar.Date // last day it must hang; "" where no law gives days
	TakenDown calendar.Date // "" while it hangs
}

// Word is what one witness said of a notice on one day.
type Word struct {
	Day     calendar.Date
	At      int64 // when it was recorded, unix ms
	Witness Witness
	Answer  Answer
	Side    string // who entered a signed list
	Code    bool   // the paper's code was scanned
	Old     bool   // the sheet still told what had been covered: it proves nothing
	Count   int    // how many said the same in the same way; 0 is one
}

// Standing is how a day of a notice stands.
type Standing string

// The standings.
const (
	Proven Standing = "proven" // someone stood before it
	Missed Standing = "missed" // nobody did
	Absent Standing = "absent" // someone did, and it did not hang, or was another
	Stale  Standing = "stale"  // someone did, and the sheet still told what had been covered
	Down   Standing = "down"   // it had been taken down
	Open   Standing = "open"   // the day is not over
	Ahead  Standing = "ahead"  // the day has not come
	Free   Standing = "free"   // it need not hang, and nobody looked
)

// Day is one day of a report.
type Day struct {
	Date     calendar.Date
	Required bool // it counts among the days for which the notice must hang
	Standing Standing
	Words    []Word // of people, those that weigh most first
	Online   bool   // the public board in the net was sealed with it that day
	Spoiled  bool   // the public board could not show it whole that day
}

// Split says that witnesses of the day do not agree.
func (d Day) Split() bool {
	return slices.ContainsFunc(d.Words, func(w Word) bool { return !w.Old && (w.Answer == There) != (d.Words[0].Answer == There) })
}

// Report is what is known of a notice's days.
type Report struct {
	Stay
	Today    calendar.Date
	Days     []Day           // from the day it was put up
	Required int             // days for which it must hang
	Over     int             // those that are over
	Proven   int             // of them, with a witness who saw it hang
	Gaps     []calendar.Date // of them, without
	Online   int             // of them, sealed online
	Extra    int             // other days with such a witness
	Covers   []Cover         // coverings while it hung, oldest first
}

// freeMost is up to how many days a report shows of a notice that no law keeps up.
const freeMost = 62

// weight says how much a witness's word counts beside others of the same day. Who was logged in counts before a paper entered
// later, and that before a scan without log-in. The side that posts is heard only where it speaks against itself.
func (w Word) weight() int {
	switch w.Witness {
	case Supervisor, Villager:
		return 4
	case Office:
		if w.Answer != There {
			return 3
		}
		return 0
	case Paper:
		return 2
	case Scan:
		return 1
	}
	return 0
}

// Reckon holds a notice's days against what was said on them. A day is decided by the weightiest word of that very day, among
// equals by the latest; no word counts for another day.
func Reckon(s Stay, words []Word, today calendar.Date) Report {
	r := Report{Stay: s, Today: today}
	if s.Posted == "" {
		return r
	}
	byDay := map[calendar.Date][]Word{}
	for _, w := range words {
		byDay[w.Day] = append(byDay[w.Day], w)
	}
	for d := s.Posted; d <= s.end(today, byDay); d = d.AddDays(1) {
		day := judge(s, d, byDay[d], today)
		r.Days = append(r.Days, day)
		r.count(day)
	}
	return r
}

// end is the last day that a report shows: the last for which the notice must hang, or later while it hangs or someone looked.
func (s Stay) end(today calendar.Date, byDay map[calendar.Date][]Word) calendar.Date {
	end := max(s.Last, s.Posted)
	for d, list := range byDay {
		if d > end && slices.ContainsFunc(list, func(w Word) bool { return w.weight() > 0 }) {
			end = d
		}
	}
	if s.Last == "" {
		until := today
		if s.TakenDown != "" {
			until = min(until, s.TakenDown)
		}
		end = max(end, until)
		end = min(end, s.Posted.AddDays(freeMost-1))
	}
	return end
}

func judge(s Stay, d calendar.Date, words []Word, today calendar.Date) Day {
	day := Day{Date: d, Required: d > s.Posted && d <= s.Last}
	for _, w := range words {
		switch {
		case w.Witness == Online && w.Answer == There:
			day.Online = true
		case w.Witness == Online:
			day.Spoiled = true
		case w.weight() > 0:
			day.Words = append(day.Words, w)
		}
	}
	slices.SortStableFunc(day.Words, func(a, b Word) int {
		return cmp.Or(cmp.Compare(b2i(a.Old), b2i(b.Old)), cmp.Compare(b.weight(), a.weight()), cmp.Compare(b.At, a.At))
	})
	down := s.TakenDown != "" && d >= s.TakenDown
	switch {
	case len(day.Words) > 0 && day.Words[0].Old && d < today:
		day.Standing = Stale
	case len(day.Words) > 0 && day.Words[0].Old:
		day.Standing = Open
	case len(day.Words) > 0 && day.Words[0].Answer == There:
		day.Standing = Proven
	case len(day.Words) > 0:
		day.Standing = Absent
	case d > today:
		day.Standing = Ahead
	case down && (d > s.TakenDown || day.Required):
		day.Standing = Down
	case d == today:
		day.Standing = Open
	case day.Required:
		day.Standing = Missed
	default:
		day.Standing = Free
	}
	return day
}

// count takes a day into the sums. Today counts among the days that are over once it is decided.
func (r *Report) count(d Day) {
	if !d.Required {
		if d.Standing == Proven {
			r.Extra++
		}
		return
	}
	r.Required++
	if d.Standing == Ahead || d.Standing == Open {
		return
	}
	r.Over++
	if d.Online {
		r.Online++
	}
	if d.Standing == Proven {
		r.Proven++
		return
	}
	r.Gaps = append(r.Gaps, d.Date)
}

// Sentence is the report in one sentence.
func (r Report) Sentence() string {
	switch {
	case r.Posted == "":
		return "还没有登记贴上公开栏。"
	case r.Last == "":
		return fmt.Sprintf("这类公示没有法定张贴天数；%s贴上以来，有 %d 天有人在现场核实。", r.Posted.Chinese(), r.Extra)
	case r.Over == 0:
		return fmt.Sprintf("应贴 %d 天，刚刚开始，还没有满一天。", r.Required)
	}
	s := fmt.Sprintf("应贴 %d 天，", r.Required)
	if r.Over < r.Required {
		s += fmt.Sprintf("已过 %d 天，其中", r.Over)
	}
	s += fmt.Sprintf("有 %d 天有人在现场核实", r.Proven)
	if len(r.Gaps) == 0 {
		return s + "，一天不缺。"
	}
	return s + fmt.Sprintf("，缺 %d 天：%s。", len(r.Gaps), runs(r.Gaps))
}

// Exchanges tells of each covering while the notice hung, and since when a new sheet is on record.
func (r Report) Exchanges() []string {
	var out []string
	for _, c := range r.Covers {
		s := c.Day.Chinese() + "遮盖过个人信息，从那时起只算遮盖以后新打印的纸。"
		if c.open() {
			s += "还没有登记换上新纸。"
		} else {
			s += c.Hung.Chinese() + "登记换上新纸。"
		}
		out = append(out, s)
	}
	return out
}

// runs writes days briefly: what follows without a break is one stretch.
func runs(days []calendar.Date) string {
	var parts []string
	short := func(d calendar.Date) string { return fmt.Sprintf("%d月%d日", d.Month(), d.Day()) }
	for i := 0; i < len(days); {
		k := i
		for k+1 < len(days) && days[k+1] == days[k].AddDays(1) {
			k++
		}
		switch k - i {
		case 0:
			parts = append(parts, short(days[i]))
		case 1:
			parts = append(parts, short(days[i]), short(days[k]))
		default:
			parts = append(parts, short(days[i])+"至"+short(days[k]))
		}
		i = k + 1
	}
	return strings.Join(parts, "、")
}

// Sum is what the reports of many notices come to.
type Sum struct {
	Notices, Required, Over, Proven, Gaps, Online int
	Whole                                         int // notices whose days are over and have no gap
	Ended                                         int // notices whose days are over
}

// Total adds reports up.
func Total(list []Report) (s Sum) {
	for _, r := range list {
		s.Notices++
		s.Required, s.Over, s.Proven, s.Gaps, s.Online = s.Required+r.Required, s.Over+r.Over, s.Proven+r.Proven, s.Gaps+len(r.Gaps), s.Online+r.Online
		if r.Required > 0 && r.Over == r.Required {
			s.Ended++
			if len(r.Gaps) == 0 {
				s.Whole++
			}
		}
	}
	return s
}
