package oversight

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/codes"
	"cunju/internal/law/practice"
	"cunju/internal/org"
	"cunju/internal/people"
)

// replyBy reckons by when an answer is due, under the local terms of a unit.
func replyBy(ctx context.Context, w *journal.Writer, unit int64, on calendar.Date) (calendar.Reckoning, int64, error) {
	local, err := org.Settings(ctx, w, w.Town)
	if err != nil {
		return calendar.Reckoning{}, 0, err
	}
	by, act := practice.ReplyBy(on, local.For(unit).On(on))
	return by, act, nil
}

// timely asks whether an answer comes in time; it only warns.
func timely(ctx context.Context, w *journal.Writer, unit int64, asked, due, on calendar.Date) (law.Verdict, error) {
	local, err := org.Settings(ctx, w, w.Town)
	return practice.Replied.Judge(practice.Question{Asked: law.Some(asked), Answered: law.Some(on), Due: law.Some(due)}, on, local.For(unit)), err
}

// Pose records a question.
func Pose(ctx context.Context, w *journal.Writer, a Ask, on calendar.Date) (int64, error) {
	if _, err := discloses(ctx, w, w.Town, a.Unit); err != nil {
		return 0, err
	}
	if a.Notice != 0 {
		var err error
		if a.Title, err = about(ctx, w, w.Town, a.Unit, a.Notice, a.Line); err != nil {
			return 0, err
		}
	}
	by, setting, err := replyBy(ctx, w, a.Unit, on)
	if err != nil {
		return 0, err
	}
	a.Due, a.Reckoning, a.Setting = by.Due, by.Text(), setting
	return journal.Add(ctx, w, KindAsk, on, nil, a)
}

// load returns a case's state, or a refusal when there is none of this sort.
func load[S any](ctx context.Context, w *journal.Writer, id int64) (*S, error) {
	s, ok, err := journal.State[S](ctx, w, id)
	if err == nil && !ok {
		err = journal.Refuse("没有第 %d 号这一件。", id)
	}
	return s, err
}

// Give answers a question: for everyone, or for the asker alone where he wants it so. hide are words of the question to be
// covered before everyone reads it, such as names; where the title or the answer repeats them, they are covered there too.
func Give(ctx context.Context, w *journal.Writer, id int64, text string, hide []string, on calendar.Date) (int64, error) {
	q, err := load[Question](ctx, w, id)
	if err != nil {
		return 0, err
	}
	if q.Answered != "" {
		return 0, journal.Refuse("这件询问已于%s答复（第 %d 号），没有重复登记。", q.Answered.Chinese(), q.By)
	}
	late, err := timely(ctx, w, q.Ask.Unit, q.Opened, q.Ask.Due, on)
	if err != nil {
		return 0, err
	}
	if q.Private {
		return journal.Add(ctx, w, KindAnswer, on, []int64{id}, Answer{text}, late)
	}
	u, err := org.Find(ctx, w, w.Town, q.Ask.Unit)
	if err != nil {
		return 0, err
	}
	name := ""
	if q.Person != 0 {
		if name, err = people.Name(ctx, w, w.Town, q.Person); err != nil {
			return 0, err
		}
	}
	hide = append(slices.Clone(hide), name)
	shown := Cover(q.Text, hide...)
	return journal.Add(ctx, w, KindReply, on, []int64{id}, Reply{Unit: q.Ask.Unit, UnitName: u.Name, Notice: q.Notice, Line: q.Line, Title: Cover(q.Ask.Title, hide...),
		Asked: q.Opened, Question: shown, Covered: shown != q.Text, Answer: hidden(text, hide...)}, late)
}

// Cover is a text with personal numbers masked and words covered, each by as many crosses. A single character is no word.
func Cover(text string, hide ...string) string {
	return hidden(codes.Mask(text), hide...)
}

// hidden is a text with words covered.
func hidden(text string, hide ...string) string {
	for _, h := range hide {
		if n := utf8.RuneCountInString(h); n > 1 {
			text = strings.ReplaceAll(text, h, strings.Repeat("×", n))
		}
	}
	return text
}

// Object records that the asker is not satisfied, and opens the finding that the supervision committee looks into.
func Object(ctx context.Context, w *journal.Writer, id int64, text string, on calendar.Date) (int64, error) {
	q, err := load[Question](ctx, w, id)
	if err != nil {
		return 0, err
	}
	n, err := journal.Add(ctx, w, KindDoubt, on, []int64{id}, Doubt{text})
	if err != nil {
		return 0, err
	}
	_, err = journal.Add(ctx, w, KindFinding, on, nil, Finding{Unit: q.Ask.Unit, Notice: q.Notice, Question: id,
		Title: "第 " + itoa(id) + " 号询问的答复", Text: "提问人对答复不满意，请监督委员会看询问、答复和不满意的原因。"})
	return n, err
}

// Covering is what this room does when a notice is covered.
var Covering = disclosure.Room{Quotes: Quoting}

// Told lists the acts that tell of a person: what he asked and complained of, and what he was answered for himself. Public
// replies name nobody and stay.
func Told(ctx context.Context, w *journal.Writer, person int64) ([]int64, error) {
	made, err := journal.Naming(ctx, w, w.Town, "asker", person, KindAsk.Name, KindComplain.Name)
	if err != nil {
		return nil, err
	}
	personal := []string{KindAsk.Name, KindAnswer.Name, KindDoubt.Name, KindComplain.Name, KindExamine.Name, KindTell.Name}
	var list []int64
	for _, a := range made {
		acts, err := journal.Acts(ctx, w, w.Town, a.N)
		if err != nil {
			return nil, err
		}
		for _, b := range acts {
			if !b.Erased && slices.Contains(personal, b.Kind) {
				list = append(list, b.N)
			}
		}
	}
	return list, nil
}
