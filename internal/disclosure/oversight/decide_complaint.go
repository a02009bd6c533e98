package oversight

import (
	"context"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/journal"
	"cunju/internal/people"
)

// Lodge records a complaint to the street.
func Lodge(ctx context.Context, w *journal.Writer, c Complain, on calendar.Date) (int64, error) {
	if _, err := discloses(ctx, w, w.Town, c.Unit); err != nil {
		return 0, err
	}
	if c.Notice != 0 {
		var err error
		if c.Title, err = about(ctx, w, w.Town, c.Unit, c.Notice, 0); err != nil {
			return 0, err
		}
	}
	by, setting, err := replyBy(ctx, w, street, on)
	if err != nil {
		return 0, err
	}
	c.Due, c.Reckoning, c.Setting = by.Due, by.Text(), setting
	return journal.Add(ctx, w, KindComplain, on, nil, c)
}

// Command orders a correction: the village gets an order of its own, the complaint only its number.
func Command(ctx context.Context, w *journal.Writer, id int64, o Order, on calendar.Date) (int64, error) {
	c, err := load[Complaint](ctx, w, id)
	if err != nil {
		return 0, err
	}
	if c.Next != StepOrder {
		return 0, journal.Refuse("现在不是责令改正的时候：先查核，查实了才责令。")
	}
	if o.Due < on {
		return 0, journal.RefuseField("due", "改正期限（%s）已经过了。", o.Due.Chinese())
	}
	if o.Unit, o.Notice = c.Complain.Unit, c.Notice; o.Notice != 0 {
		o.Title = numbered(o.Notice)
	}
	if c.Person != 0 {
		name, err := people.Name(ctx, w, w.Town, c.Person)
		if err != nil {
			return 0, err
		}
		if name != "" && strings.Contains(o.Title+o.Text, name) {
			return 0, journal.RefuseField("text", "责令内容里有反映人的姓名，有关单位会看到。没有登记，请去掉姓名再交。")
		}
	}
	no, err := journal.Add(ctx, w, KindOrder, on, nil, o)
	if err != nil {
		return 0, err
	}
	_, err = journal.Add(ctx, w, KindInstruct, on, []int64{id}, Instruct{no})
	return no, err
}

// Checked records the street's check of what an office reports about an order. Where it agrees, the complaint goes on.
func Checked(ctx context.Context, w *journal.Writer, order, complaint int64, c Confirm, on calendar.Date) (int64, error) {
	n, err := journal.Add(ctx, w, KindConfirm, on, []int64{order}, c)
	if err != nil || !c.Agree || complaint < 0 {
		return n, err
	}
	_, err = journal.Add(ctx, w, KindCarried, on, []int64{complaint}, Carried{})
	return n, err
}

// Inform answers who complained.
func Inform(ctx context.Context, w *journal.Writer, id int64, text string, on calendar.Date) (int64, error) {
	c, err := load[Complaint](ctx, w, id)
	if err != nil {
		return 0, err
	}
	late, err := timely(ctx, w, street, c.Opened, c.Complain.Due, on)
	if err != nil {
		return 0, err
	}
	return journal.Add(ctx, w, KindTell, on, []int64{id}, Tell{text}, late)
}
