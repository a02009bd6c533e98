package journal

import (
	"fmt"
	"strings"

	"cunju/internal/law"
)

// Refusal says that an act was not recorded, and why. Nothing of the request was written. Message is for people.
type Refusal struct {
	Message  string        // what happened, what was kept, what to do
	Field    string        // the form field at fault, if one is
	Act      int64         // the later act that stands in the way, -1 if none
	Verdicts []law.Verdict // the rules that refused
	Err      error         // for the log
}

func (r *Refusal) Error() string { return r.Message }

// Unwrap gives the cause.
func (r *Refusal) Unwrap() error { return r.Err }

// Refuse makes a refusal that no later act and no rule is the cause of.
func Refuse(format string, args ...any) *Refusal {
	return &Refusal{Message: fmt.Sprintf(format, args...), Act: -1}
}

// RefuseField is [Refuse] for one field of a form.
func RefuseField(field, format string, args ...any) *Refusal {
	r := Refuse(format, args...)
	r.Field = field
	return r
}

// Judge refuses when one of the verdicts does, and otherwise returns nil. Warnings pass and are kept in the act.
func Judge(verdicts ...law.Verdict) error {
	var bad []law.Verdict
	msg := ""
	for _, v := range verdicts {
		if v.Outcome == law.Refuse {
			bad = append(bad, v)
			if msg != "" {
				msg += "；"
			}
			msg += fmt.Sprintf("%s %s：%s。要求%s", v.Source, v.Article, strings.TrimRight(v.Given, "。"), strings.TrimRight(v.Need, "。"))
		}
	}
	if bad == nil {
		return nil
	}
	return &Refusal{Message: msg, Act: -1, Verdicts: bad}
}

// Misfit says that an act does not fit the history of an entity at its place.
type Misfit struct {
	Act   int64
	Title string
	Why   string
	Err   error
}

func (m *Misfit) Error() string { return fmt.Sprintf("第 %d 号“%s”：%s", m.Act, m.Title, m.Why) }

// Unwrap gives the fold's error.
func (m *Misfit) Unwrap() error { return m.Err }

// Conflict says that an entity was changed since the form was opened, or that a form was submitted twice with different
// contents. Nothing was written.
type Conflict struct {
	Entity int64
	Seen   int64 // the last act that the form knew of
	Since  []Act // what was recorded meanwhile
	Reused bool  // the form's key was used for other contents
}

func (c *Conflict) Error() string {
	if c.Reused {
		return "这张表单已经提交过，而且当时的内容与这次不同。没有重复办理。请重新打开表单再填。"
	}
	return fmt.Sprintf("您打开表单之后，别人已经办理了 %d 件事（从第 %d 号起）。您填的内容还在，请核对后再提交。", len(c.Since), c.Since[0].N)
}

// Unavailable says that the store did not answer. What was acknowledged before is kept; whether this request was recorded is
// unknown when Unknown is set, and submitting the same form again is harmless.
type Unavailable struct {
	Unknown bool
	Err     error
}

func (u *Unavailable) Error() string {
	if u.Unknown {
		return "数据库中断，不能确定这次是否已经记下。请稍后原样再提交一次：同一张表单不会重复办理。"
	}
	return "数据库暂时不能写入，这次没有办理，已办理的事项不受影响。请稍后再提交。"
}

// Unwrap gives the cause.
func (u *Unavailable) Unwrap() error { return u.Err }

// Damaged says that the journal as stored contradicts its own seal. Nothing is recorded upon it.
type Damaged struct {
	Town string
	Err  error
}

func (d *Damaged) Error() string {
	return "总账与封存的记录不符，可能被改动或损坏，已停止记录。这次没有办理，原有记录没有改动。请管理员运行 cunju verify，查明从哪一号起不符。"
}

// Unwrap gives what was found.
func (d *Damaged) Unwrap() error { return d.Err }
