package law

import (
	"strings"

	"cunju/internal/calendar"
)

// Outcome is what a rule says about the facts.
type Outcome string

// The six outcomes. Their values stand in sealed acts.
const (
	Pass          Outcome = "pass"             // the requirement is met
	Refuse        Outcome = "refuse"           // it is not met, and the act may not be recorded
	Warn          Outcome = "warn"             // it is not met, but the act may be recorded with the warning
	NotApplicable Outcome = "not-applicable"   // the article does not speak about this case
	NotYetInForce Outcome = "not-yet-in-force" // the article took effect after the act's date
	Undecided     Outcome = "undecided"        // facts are missing
)

// Chinese names the outcome for pages.
func (o Outcome) Chinese() string {
	switch o {
	case Pass:
		return "符合"
	case Refuse:
		return "不予办理"
	case Warn:
		return "提醒"
	case NotApplicable:
		return "不适用"
	case NotYetInForce:
		return "尚未施行"
	case Undecided:
		return "无法判断"
	}
	return string(o)
}

// Verdict is the answer of one rule, as printed and as frozen inside acts.
// All text is plain Chinese.
type Verdict struct {
	Rule    string        `json:"rule"`
	Version int           `json:"version"`
	Outcome Outcome       `json:"outcome"`
	Source  string        `json:"source,omitempty"`  // short title with its edition: 《村民委员会组织法》（2025年修正）
	Article string        `json:"article,omitempty"` // 第三十五条
	On      calendar.Date `json:"on,omitempty"`      // the act's effective date, for which the rule was asked
	Given   string        `json:"given,omitempty"`   // what was given, with the arithmetic
	Need    string        `json:"need,omitempty"`    // what the article asks for
	Remedy  string        `json:"remedy,omitempty"`  // what can be done
	Missing []string      `json:"missing,omitempty"` // facts that are missing, when undecided
	Setting int64         `json:"setting,omitempty"` // number of the act that set the local term, 0 = national term
	Note    string        `json:"note,omitempty"`    // why a requirement that is not met only warns
}

// Cite is source and article in one phrase.
func (v Verdict) Cite() string { return v.Source + v.Article }

// Text is the whole verdict as one line of plain Chinese.
func (v Verdict) Text() string {
	var parts []string
	add := func(label, text string) {
		if text = strings.TrimRight(text, "。"); text != "" {
			parts = append(parts, label+text)
		}
	}
	add("", v.Given)
	add("要求：", v.Need)
	add("可以：", v.Remedy)
	if len(v.Missing) > 0 {
		add("缺少：", strings.Join(v.Missing, "、"))
	}
	add("", v.Note)
	text := strings.Join(parts, "；")
	if cite := v.Cite(); cite != "" {
		text += "（" + cite + "）"
	}
	return v.Outcome.Chinese() + "：" + text
}

// Finding is what a rule's function decides. [Rule.Judge] completes it to a
// verdict.
type Finding struct {
	Outcome             Outcome
	Given, Need, Remedy string
	Missing             []string
	Setting             int64
}

// Lacking is the undecided finding that names the missing facts in Chinese.
func Lacking(need string, facts ...string) Finding {
	return Finding{Outcome: Undecided, Need: need, Missing: facts,
		Remedy: "补充所缺内容后再办理"}
}

// Outside is the finding that the article does not speak about the case, and
// why.
func Outside(why string) Finding { return Finding{Outcome: NotApplicable, Given: why} }
