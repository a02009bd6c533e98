package disclosure

import (
	"context"
	"fmt"
	"testing"

	"cunju/internal/disclosure/catalogue"
	"cunju/internal/journal"
)

// An account of a period that is not over is not handed in, nor published as urgent; of other matters the desk asks.
func TestAPeriodThatIsNotOver(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		november := y.begin(y.Accountant, money("2026-11-01", "2026-11-30"), 0)
		y.As(y.Accountant)
		if no := y.Refused(hand(november)); len(no.Verdicts) != 1 || no.Verdicts[0].Rule != "IC-25" {
			t.Fatalf("an account of days to come: %+v", no)
		}
		y.As(y.Director)
		y.Refused(hurry(november, "等不及"))
		clerk := y.site.LogIn("kj", y.Accountant)
		at := fmt.Sprintf("/desk/disclosure/%d", november)
		clerk.Get(at).Want(200, "还没有过完", "过完以后才能提交审查")
		clerk.Post(at+"/submit", "seen", clerk.Get(at).Hidden("seen")).Want(422, "IC-25", "把期间改成已经过完的日子")
		ahead := y.begin(y.Accountant, Content{Subject: "village", Item: "decisions", Title: "修路的决定", Text: "修路。", From: "2026-10-01", To: "2026-12-31"}, 0)
		at = fmt.Sprintf("/desk/disclosure/%d", ahead)
		clerk.Post(at+"/submit", "seen", clerk.Get(at).Hidden("seen")).Want(422, "IC-25", "看过了，照此办理")
		// A budget is a table of money too, and no account.
		budget := money("2027-01-01", "2027-12-31")
		budget.Title, budget.Item = "2027年财务预算", catalogue.Outside
		at = fmt.Sprintf("/desk/disclosure/%d", y.begin(y.Accountant, budget, 0))
		clerk.Get(at).Want(200, "还没有过完").Not("过完以后才能提交")
		clerk.Post(at+"/submit", "seen", clerk.Get(at).Hidden("seen")).Want(422, "IC-25", "看过了，照此办理")
		// On the last day it is asked whether everything is in.
		y.Set("2026-11-30")
		at = fmt.Sprintf("/desk/disclosure/%d", november)
		clerk.Get(at).Want(200, "还没有过完").Not("过完以后才能提交")
		clerk.Post(at+"/submit", "seen", clerk.Get(at).Hidden("seen")).Want(422, "IC-25", "今天的收支都记进去了的", "看过了，照此办理")
		y.Set("2026-12-01")
		y.by(y.Accountant, hand(november))
	})
}

// What happens once is told on its day: nobody waits until tomorrow, and nobody is asked.
func TestWhatHappenedTodayIsToldToday(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		today := y.J.Today()
		c := money(today, today)
		c.Subject, c.Item, c.Title = "collective", "land-money", "征地补偿费到账"
		y.As(y.Accountant)
		id := y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := Begin(ctx, w, y.Collective, c, 0, w.Today())
			return err
		})
		clerk := y.site.LogIn("kj", y.Accountant)
		at := fmt.Sprintf("/desk/disclosure/%d", id)
		clerk.Get(at).Want(200).Not("还没有过完")
		clerk.Post(at+"/submit", "seen", clerk.Get(at).Hidden("seen")).Want(303)
		c.From, c.To = today.AddDays(1), today.AddDays(1)
		y.As(y.Accountant)
		ahead := y.Must(func(ctx context.Context, w *journal.Writer) error {
			_, err := Begin(ctx, w, y.Collective, c, 0, w.Today())
			return err
		})
		if no := y.Refused(hand(ahead)); len(no.Verdicts) != 1 || no.Verdicts[0].Rule != "IC-25" {
			t.Errorf("money that is to come tomorrow: %+v", no)
		}
	})
}
