package law

import (
	"fmt"

	"cunju/internal/calendar"
)

// Info is all of a rule but its function: what the rule list prints.
type Info struct {
	ID         string        `json:"id"`
	Title      string        `json:"title"` // what it decides, plain Chinese
	Version    int           `json:"version"`
	Source     Source        `json:"source"`
	Article    string        `json:"article,omitempty"` // "35"; "" where the text was not at hand
	From       calendar.Date `json:"from,omitempty"`    // in force from; "" = since ever
	Until      calendar.Date `json:"until,omitempty"`   // first day it no longer holds; "" = still in force
	Confidence Confidence    `json:"confidence"`
	Ground     Ground        `json:"ground"`
	Mild       bool          `json:"mild,omitempty"` // it warns until adopted though its text is known: the facts may have good reasons
	Can        []Outcome     `json:"outcomes"`       // every outcome its function may give
	Keys       []Key         `json:"keys,omitempty"` // local terms it reads
}

// Rule is one requirement of one article. Decide is a pure function of the
// facts and of the local terms on the date asked for.
type Rule[F any] struct {
	Info
	Decide func(F, Settings) Finding
	Cases  []Case[F]
}

// Case is a worked case of a rule: it documents the rule and tests it.
type Case[F any] struct {
	Name  string // plain Chinese
	On    calendar.Date
	Facts F
	Local []Setting
	Want  Outcome
}

// Judge asks the rule about facts on the effective date of an act.
func (r Rule[F]) Judge(facts F, on calendar.Date, s Settings) Verdict {
	var f Finding
	switch {
	case !on.Valid():
		f = Lacking("知道办理日期，才能确定适用哪一条", "办理日期")
	case r.From != "" && on < r.From:
		f = Finding{Outcome: NotYetInForce, Given: "办理日期" + on.Chinese(), Need: "本条自" + r.From.Chinese() + "起施行"}
	case r.Until != "" && on >= r.Until:
		f = Outside(fmt.Sprintf("办理日期%s，本条已于%s失效", on.Chinese(), r.Until.Chinese()))
	default:
		f = r.Decide(facts, s.On(on))
	}
	v := Verdict{Rule: r.ID, Version: r.Version, Outcome: f.Outcome, Source: r.Source.Short, Article: ArticleText(r.Article),
		On: on, Given: f.Given, Need: f.Need, Remedy: f.Remedy, Missing: f.Missing, Setting: f.Setting}
	if v.Outcome != Refuse || !r.Demoted() {
		return v
	}
	adopted, act := Adoption(r.ID, r.Title).Is(s.On(max(on, s.entered)))
	if adopted {
		v.Setting = act
		return v
	}
	v.Outcome = Warn
	v.Note = "本条" + r.Confidence.Chinese() + "，只作提醒；街道登记采纳后按此办理"
	return v
}

// Demoted reports whether a refusal of this rule is turned into a warning until
// the town adopts it.
func (i Info) Demoted() bool { return i.Ground == Statute && (i.Confidence != Verified || i.Mild) }

// Versions are the editions of one rule by date, oldest first, without
// overlap.
type Versions[F any] []Rule[F]

// Judge asks the edition in force on the date. Before the first it answers not
// yet in force, after the last not applicable.
func (v Versions[F]) Judge(facts F, on calendar.Date, s Settings) Verdict {
	for _, r := range v {
		if r.Until == "" || on < r.Until {
			return r.Judge(facts, on, s)
		}
	}
	return v[len(v)-1].Judge(facts, on, s)
}
