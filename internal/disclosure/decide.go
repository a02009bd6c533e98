package disclosure

import (
	"context"
	"fmt"
	"regexp"
	"slices"

	"cunju/internal/calendar"
	"cunju/internal/disclosure/catalogue"
	"cunju/internal/journal"
	"cunju/internal/law"
	"cunju/internal/law/control"
	"cunju/internal/law/notice"
	"cunju/internal/law/practice"
	"cunju/internal/org"
)

// Begin drafts a notice.
func Begin(ctx context.Context, w *journal.Writer, unit int64, c Content, replaces int64, on calendar.Date) (int64, error) {
	u, err := org.Find(ctx, w, w.Town, unit)
	if err != nil {
		return 0, err
	}
	body := BodyOf(u.Kind)
	if s, ok := SubjectOf(c.Subject); ok && !slices.Contains(s.Body, body) {
		return 0, journal.RefuseField("subject", "%s不由%s公布。请改选单位或类别。", s.Title, u.Label())
	}
	if err := catalogue.Allow(ctx, w, unit, c.Item, c.Subject, catalogue.Scope(c.Reach()), on); err != nil {
		return 0, err
	}
	if err := c.setAgainst(ctx, w, w.Town, unit); err != nil {
		return 0, err
	}
	d := Draft{Unit: unit, Body: string(body), Content: c, Replaces: replaces}
	if replaces != 0 {
		if err := replaceable(ctx, w, unit, replaces, c); err != nil {
			return 0, err
		}
	}
	return journal.Add(ctx, w, KindDraft, on, nil, d, c.privacy(on))
}

// replaceable refuses to correct what is not published, is another unit's, or has been corrected already: a chain of
// corrections has one end, so that a reader of the oldest sheet finds the newest.
func replaceable(ctx context.Context, w *journal.Writer, unit, replaces int64, c Content) error {
	old, err := load(ctx, w, replaces)
	if err != nil {
		return err
	}
	later, err := Replacement(ctx, w, w.Town, replaces)
	switch {
	case err != nil:
		return err
	case old.Published == nil:
		return journal.Refuse("《%s》还没有公布，直接修改草稿即可，不用另发更正。", old.Title)
	case old.Unit != unit:
		return journal.RefuseField("unit", "《%s》不是这个单位公布的，不能由它更正。", old.Title)
	case old.Content.Reach() != c.Reach():
		return journal.RefuseField("scope", "《%s》是向%s公开的，更正也要向同样的人公开。", old.Title, old.Content.Scope.Chinese())
	case later >= 0:
		return journal.Refuse("《%s》已经由后来的公示更正。请更正最新的那一张。", old.Title)
	}
	return nil
}

// load returns a notice's state, or a refusal when there is none.
func load(ctx context.Context, w *journal.Writer, id int64) (*Notice, error) {
	n, ok, err := journal.State[Notice](ctx, w, id)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, journal.Refuse("没有第 %d 号公开事项。", id)
	}
	return n, nil
}

// Rewrite replaces a draft's content; only drafts that are not submitted can be rewritten.
func Rewrite(ctx context.Context, w *journal.Writer, id int64, c Content, on calendar.Date) (int64, error) {
	n, err := load(ctx, w, id)
	if err != nil {
		return 0, err
	}
	if err := catalogue.Allow(ctx, w, n.Unit, c.Item, c.Subject, catalogue.Scope(c.Reach()), on); err != nil {
		return 0, err
	}
	c.Vouchers = n.Content.stillThere(c.Finance)
	if err := c.setAgainst(ctx, w, w.Town, n.Unit); err != nil {
		return 0, err
	}
	return journal.Add(ctx, w, KindRevise, on, []int64{id}, Revise{c}, c.privacy(on))
}

// stillThere are the vouchers whose line is still in a rewritten table, found again by what it says: a table that is imported
// anew may have its lines in another order.
func (c *Content) stillThere(f *Finance) []Voucher {
	var out []Voucher
	for _, v := range c.Vouchers {
		if c.Finance == nil || f == nil || v.Line > int64(len(c.Finance.Lines)) {
			continue
		}
		was := c.Finance.Lines[v.Line-1]
		same := func(l Line) bool {
			return l.Item == was.Item && l.In == was.In && l.Out == was.Out && l.Voucher == was.Voucher
		}
		if v.Line <= int64(len(f.Lines)) && same(f.Lines[v.Line-1]) {
			out = append(out, v)
		} else if i := slices.IndexFunc(f.Lines, same); i >= 0 {
			v.Line = int64(i + 1)
			out = append(out, v)
		}
	}
	return out
}

// AttachVouchers puts files behind lines of a draft's finance table, or takes some away.
func AttachVouchers(ctx context.Context, w *journal.Writer, id int64, v Vouch, on calendar.Date) (int64, error) {
	n, err := load(ctx, w, id)
	if err != nil {
		return 0, err
	}
	f := n.Content.Finance
	for _, x := range v.Add {
		if f == nil || x.Line > int64(len(f.Lines)) {
			return 0, journal.RefuseField("voucher", "表里没有第 %d 行。没有保存，请重新打开本页。", x.Line)
		}
	}
	return journal.Add(ctx, w, KindVouch, on, []int64{id}, v)
}

// Hand submits a draft for checking; where the town has set a term for the answer, its clock starts.
func Hand(ctx context.Context, w *journal.Writer, id int64, on calendar.Date) (int64, error) {
	return HandAnswering(ctx, w, id, "", on)
}

// HandAnswering is [Hand] with what the drafter's side says to the opinion with which the draft was sent back. Without it such a
// draft does not go on: the supervision committee must see what became of its opinion.
func HandAnswering(ctx context.Context, w *journal.Writer, id int64, answer string, on calendar.Date) (int64, error) {
	n, err := load(ctx, w, id)
	if err != nil {
		return 0, err
	}
	if n.unanswered() > 0 {
		if err := filled("reply", "对监督意见的答复", answer); err != nil {
			return 0, err
		}
	}
	local, err := org.Settings(ctx, w, w.Town)
	if err != nil {
		return 0, err
	}
	carried, err := carriedOver(ctx, w, n, on)
	if err != nil {
		return 0, err
	}
	periods, err := periodsJoin(ctx, w, n, on)
	if err != nil {
		return 0, err
	}
	ended, err := n.Content.ended(ctx, w, w.Town, n.Unit, on)
	if err != nil {
		return 0, err
	}
	s := Submit{Answer: answer}
	if by, act, ok := practice.AnswerBy(on, local.For(n.Unit).On(on)); ok {
		s.Due, s.Reckoning, s.Setting = by.Due, by.Text(), act
	}
	return journal.Add(ctx, w, KindSubmit, on, []int64{id}, s, slices.Concat(ended, carried, periods)...)
}

// carriedOver holds a finance table's opening balance against what was published before it; it only warns.
func carriedOver(ctx context.Context, w *journal.Writer, n *Notice, on calendar.Date) ([]law.Verdict, error) {
	f := n.Content.Finance
	if f == nil || n.Content.From == "" {
		return nil, nil
	}
	c := control.Carry{Opening: law.Some(f.Opening)}
	closing, ok, err := lastClosing(ctx, w, w.Town, n.Unit, n.Content.From)
	if ok {
		c.Closing = law.Some(closing)
	}
	return []law.Verdict{control.CarriedOver.Judge(c, on, law.Settings{})}, err
}

// Examine records the supervision committee's finding. The examiner is not the author (DS-07: the committee supervises, it does
// not execute).
func Examine(ctx context.Context, w *journal.Writer, id int64, c Check, on calendar.Date) (int64, error) {
	n, err := load(ctx, w, id)
	if err != nil {
		return 0, err
	}
	local, err := org.Settings(ctx, w, w.Town)
	if err != nil {
		return 0, err
	}
	asked := practice.Answer{Handed: law.Some(n.Since), Answered: law.Some(on)}
	if n.Urgent == nil { // there the clock is that of the confirmation
		asked.Due = law.Some(n.Due)
	}
	return journal.Add(ctx, w, KindCheck, on, []int64{id}, c, fourEyes(n, w.By().Person, on), practice.Timely.Judge(asked, on, local.For(n.Unit)))
}

// Decide records the approver's decision; neither the author nor who examined it can be the approver.
func Decide(ctx context.Context, w *journal.Writer, id int64, a Approve, on calendar.Date) (int64, error) {
	n, err := load(ctx, w, id)
	if err != nil {
		return 0, err
	}
	if m := a.Meeting; m != nil && m.Day > on {
		return 0, journal.RefuseField("met", "联席会议的日期（%s）还没有到。", m.Day.Chinese())
	}
	verdicts := n.apart(w.By().Person, on)
	if a.Agree && n.Checked != nil {
		order, err := n.order(ctx, w, a.Meeting.held(), on)
		if err != nil {
			return 0, err
		}
		// What the publication would refuse is refused here, where the meeting can still be typed; that there was none is said once.
		if order.Outcome == law.Refuse || a.Meeting != nil {
			verdicts = append(verdicts, order)
		}
	}
	if a.Agree {
		verdicts = append(verdicts, n.joint(a.Meeting.held(), on))
	}
	return journal.Add(ctx, w, KindApprove, on, []int64{id}, a, verdicts...)
}

// fourEyes asks whether the person had no hand in the content: whoever wrote any version of it is its author.
func fourEyes(n *Notice, person int64, on calendar.Date) law.Verdict {
	author := n.Author
	if slices.Contains(n.Authors, person) {
		author = person
	}
	return control.FourEyes.Judge(control.Hands{Author: law.Some(author), Approver: law.Some(person)}, on, law.Settings{})
}

// paper is a publication as far as it does not depend on how it came about: the content under the unit's name of the day and its next
// number, with the local terms of the unit.
func (n *Notice) paper(ctx context.Context, w *journal.Writer, on calendar.Date) (p Publish, local law.Settings, err error) {
	u, err := org.Find(ctx, w, w.Town, n.Unit)
	if err != nil {
		return p, local, err
	}
	if local, err = org.Settings(ctx, w, w.Town); err != nil {
		return p, local, err
	}
	number, err := nextNumber(ctx, w, u, on)
	return Publish{Unit: n.Unit, UnitName: u.Name, Number: number, Content: n.Content, Replaces: n.Replaces}, local.For(n.Unit), err
}

// Release publishes an approved notice: its content is sealed for everyone under the unit's next number of the year.
func Release(ctx context.Context, w *journal.Writer, id int64, on calendar.Date) (int64, error) {
	n, err := load(ctx, w, id)
	if err != nil {
		return 0, err
	}
	if n.Checked == nil || n.Approved == nil {
		return 0, journal.Refuse("《%s》还没有经过审查和审批，不能公布。", n.Title)
	}
	p, local, err := n.paper(ctx, w, on)
	if err != nil {
		return 0, err
	}
	order := practice.Order.Judge(practice.Steps{Body: n.Body, Checked: law.Some(n.Checked.On), Confirmed: law.Some(n.confirmedOn()), Approved: n.Approved.On}, on, local)
	p.Checked, p.Approved, p.Meeting, p.Opinions = n.Checked.Act, n.Approved.Act, n.Meeting, int64(len(n.Opinions))
	return n.release(ctx, w, id, p, local, on, order, n.Content.privacy(on))
}

// order asks about the steps before the publication as they will be once somebody approves on a day after a meeting, nil for none.
func (n *Notice) order(ctx context.Context, w *journal.Writer, met *Held, on calendar.Date) (law.Verdict, error) {
	local, err := org.Settings(ctx, w, w.Town)
	if err != nil {
		return law.Verdict{}, err
	}
	then := *n
	then.Meeting, then.Approved = met, &Seen{On: on}
	steps := practice.Steps{Body: n.Body, Checked: law.Some(n.Checked.On), Confirmed: law.Some(then.confirmedOn()), Approved: on}
	return practice.Order.Judge(steps, on, local.For(n.Unit)), nil
}

// confirmedOn is the day of the joint meeting, "" where none was recorded; a body without two committees confirms by its approval.
func (n *Notice) confirmedOn() calendar.Date {
	switch {
	case n.Meeting != nil:
		return n.Meeting.Day
	case jointly(n.Body):
		return ""
	}
	return n.Approved.On
}

// jointly reports whether a body has two committees, which confirm together, and a board that the law asks for.
func jointly(b notice.Body) bool { return b == notice.Village || b == notice.Community }

// joint asks about the meeting that confirmed a notice, nil for none.
func (n *Notice) joint(m *Held, on calendar.Date) law.Verdict {
	f := practice.Joint{Body: n.Body, Recorded: law.Some(m != nil)}
	if m != nil {
		f.Expected, f.Attended = law.Some(m.Expected), law.Some(m.Attended)
	}
	return practice.JointMeeting.Judge(f, on, law.Settings{})
}

// release records a publication, asks whether it is in time, and lets go what waited for it.
func (n *Notice) release(ctx context.Context, w *journal.Writer, id int64, p Publish, local law.Settings, on calendar.Date, verdicts ...law.Verdict) (int64, error) {
	if n.Replaces != 0 {
		if err := replaceable(ctx, w, n.Unit, n.Replaces, n.Content); err != nil {
			return 0, err
		}
	} else {
		timely, err := n.timely(ctx, w, id, on, local)
		if err != nil {
			return 0, err
		}
		verdicts = append(verdicts, timely...)
	}
	act, err := journal.Add(ctx, w, within(n, KindPublish, KindRelease), on, []int64{id}, p, verdicts...)
	if err == nil {
		err = n.meets(ctx, w, id, act, on)
	}
	if err != nil || n.Replaces == 0 {
		return act, err
	}
	return act, corrected(ctx, w, n.Replaces, id, on)
}

// corrected tells an urgent notice whose confirmation was refused that its correction is out.
func corrected(ctx context.Context, w *journal.Writer, old, by int64, on calendar.Date) error {
	n, err := load(ctx, w, old)
	if err != nil || n.Next != StepCorrect {
		return err
	}
	_, err = journal.Add(ctx, w, KindCorrected, on, []int64{old}, Corrected{by})
	return err
}

// nextNumber is the unit's next document number of the year. Numbers follow the highest one given, so that one taken back with
// a publication recorded in error is not given twice while later ones stand.
func nextNumber(ctx context.Context, w *journal.Writer, u org.UnitRow, on calendar.Date) (string, error) {
	given, err := numbersOfYear(ctx, w, w.Town, u.ID, on.Year())
	highest := 0
	for _, s := range given {
		if m := numbered.FindStringSubmatch(s); m != nil {
			highest = max(highest, num(m[1]))
		}
	}
	return fmt.Sprintf("%s公开〔%d〕%d号", u.Label(), on.Year(), highest+1), err
}

var numbered = regexp.MustCompile(`〕(\d+)号$`)

// Hang records that the sheet hangs on the board. A sheet that was hung on the day of a covering or before it may still tell what was
// covered: the rooms hear of that covering now.
func Hang(ctx context.Context, w *journal.Writer, id int64, place string, on calendar.Date, rooms ...Room) (int64, error) {
	n, err := load(ctx, w, id)
	if err != nil {
		return 0, err
	}
	if n.Published != nil && on < n.Published.On {
		return 0, journal.RefuseField("day", "张贴日期（%s）不能早于公布日期（%s）。", on.Chinese(), n.Published.On.Chinese())
	}
	local, err := org.Settings(ctx, w, w.Town)
	if err != nil {
		return 0, err
	}
	term, err := n.termIn(ctx, w, on, local.For(n.Unit))
	if err != nil {
		return 0, err
	}
	act, err := journal.Add(ctx, w, within(n, KindPost, KindPostIn), on, []int64{id}, Post{Place: place, Last: term.Last, Reckoning: term.Text, Setting: term.Setting}, boardVerdict(n.Body, on)...)
	if err != nil || !n.coveredSince(on) {
		return act, err
	}
	row, err := Find(ctx, w, w.Town, id)
	row.Posted = on // the tables follow with the commit
	for _, r := range rooms {
		if err == nil && r.Covered != nil {
			err = r.Covered(ctx, w, row, n.ShownAct, n.Covered)
		}
	}
	return act, err
}

// coveredSince reports whether a notice was covered on a day or after it.
func (n *Notice) coveredSince(day calendar.Date) bool { return n.Covered != "" && n.Covered >= day }

// Remove records that the sheet was taken down; before the days are over the rule refuses.
func Remove(ctx context.Context, w *journal.Writer, id int64, reason string, on calendar.Date) (int64, error) {
	n, err := load(ctx, w, id)
	if err != nil {
		return 0, err
	}
	if n.Posted == nil {
		return 0, journal.Refuse("《%s》还没有登记上栏张贴，谈不上撤下。", n.Title)
	}
	return journal.Add(ctx, w, within(n, KindTakeDown, KindTakeIn), on, []int64{id}, TakeDown{Reason: reason, File: true}, stayVerdict(n, on)...)
}

// GiveUp withdraws a draft.
func GiveUp(ctx context.Context, w *journal.Writer, id int64, reason string, on calendar.Date) (int64, error) {
	return journal.Add(ctx, w, KindWithdraw, on, []int64{id}, Withdraw{reason})
}
