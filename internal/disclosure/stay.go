package disclosure

import (
	"cunju/internal/calendar"
	"cunju/internal/law"
	"cunju/internal/law/control"
	"cunju/internal/law/notice"
	"cunju/internal/law/rcl"
	"cunju/internal/law/vcl"
)

// stays is the rule on how long a body's notices hang; ok is false where no law gives days: collective and Party notices.
func stays(body notice.Body) (rule law.Rule[notice.Posting], ok bool) {
	switch body {
	case notice.Village:
		return vcl.Days, true
	case notice.Community:
		return rcl.Days, true
	}
	return rule, false
}

// termOf is by when a notice that is put up on a day must hang, by the local terms as they are known now; empty where no law
// in force on that day gives days.
func termOf(body notice.Body, posted calendar.Date, local law.Settings) notice.Term {
	rule, ok := stays(body)
	if !ok || posted == "" || posted < rule.From {
		return notice.Term{}
	}
	return notice.TermFor(posted, local)
}

// term is what a posting states. One recorded before postings stated it hangs for the days that the law itself gives.
func (b *Post) term(body notice.Body, posted calendar.Date) notice.Term {
	if b.Last == "" {
		return termOf(body, posted, law.Settings{})
	}
	return notice.Term{Last: b.Last, Text: b.Reckoning, Setting: b.Setting}
}

// stayVerdict asks whether a posted notice may come down on a day.
func stayVerdict(n *Notice, removed calendar.Date) []law.Verdict {
	rule, ok := stays(n.Body)
	switch {
	case !ok && n.Term.Last == "":
		return nil
	case !ok:
		rule = control.Hang
	}
	f := notice.Posting{Body: n.Body, Posted: law.Some(n.Posted.On), Removed: law.Some(removed)}
	if n.Term.Last != "" {
		f.Term = law.Some(n.Term)
	}
	return []law.Verdict{rule.Judge(f, removed, law.Settings{})}
}

func boardVerdict(body notice.Body, on calendar.Date) []law.Verdict {
	f := notice.Board{Body: body, Physical: law.Some(true)}
	switch body {
	case notice.Village:
		return []law.Verdict{vcl.BoardNeeded.Judge(f, on, law.Settings{})}
	case notice.Community:
		return []law.Verdict{rcl.BoardNeeded.Judge(f, on, law.Settings{})}
	}
	return nil
}
