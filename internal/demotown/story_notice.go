package demotown

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/disclosure/oversight"
	"cunju/internal/disclosure/posting"
	"cunju/internal/journal"
	"cunju/internal/law/pipl"
)

const (
	// aidList is the list on which one line said more of a person than was needed.
	aidList = "文峰村2026年困难家庭慰问名单"
	// careReport is the report with a wrong number, careRight the one that corrects it.
	careReport = "文峰村2026年第二季度群众关心事项办理情况"
	careRight  = "文峰村2026年第二季度群众关心事项办理情况（更正）"
	// asked is the line of the co-operative's table that a villager asks about.
	asked = "厂房消防设施检测"
)

// rooms are all that have a part when something of a notice is covered.
var rooms = []disclosure.Room{posting.Covering, oversight.Covering}

// noticeStory is what happened to notices after they were published: a villager asks about a line and is answered, one report is
// corrected, and a part of a list is covered and its sheet exchanged.
func (b *builder) noticeStory() []event {
	villager, director := b.login("lixiuying"), b.login("lizhiqiang")
	head, secretary, accountant := b.login("zhumingliang"), b.login("wangjianguo"), b.login("xuhaiyan")
	out := []event{
		{"2026-10-12", villager, func(ctx context.Context, w *journal.Writer) (err error) {
			b.question, err = b.ask(ctx, w, b.notices[coopQuarter], "检测的是哪几栋厂房？有没有检测报告可以看？")
			return err
		}},
		{"2026-10-19", accountant, func(ctx context.Context, w *journal.Writer) error {
			_, err := oversight.Give(ctx, w, b.question, "检测的是一号、二号标准厂房的消火栓、喷淋和报警设施，共两栋。检测报告放在合作社办公室，成员可以查阅、复制。", nil, w.Today())
			return err
		}},
		{"2026-02-05", secretary, func(ctx context.Context, w *journal.Writer) error {
			p, err := b.cover(ctx, w, b.notices[aidList], 2)
			if err != nil {
				return err
			}
			_, err = disclosure.Propose(ctx, w, b.notices[aidList], p, w.Today())
			return err
		}},
		{"2026-02-06", b.login("zhoujianping"), func(ctx context.Context, w *journal.Writer) error {
			_, err := disclosure.Conceal(ctx, w, b.notices[aidList], w.Today(), rooms...)
			return err
		}},
		{"2026-02-07", director, func(ctx context.Context, w *journal.Writer) error {
			task, err := posting.Waiting(ctx, w, w.Town, b.notices[aidList])
			if err != nil {
				return err
			}
			_, err = posting.Mend(ctx, w, task, posting.Rehang{Done: posting.HungAgain, Note: "撕下旧纸，换上新打印的"})
			return err
		}},
		{"2026-02-09", head, func(ctx context.Context, w *journal.Writer) error {
			_, _, err := posting.Look(ctx, w, posting.CheckIn{Notice: b.notices[aidList], Witness: string(posting.Supervisor), Answer: string(posting.There)})
			return err
		}},
	}
	on := func(day calendar.Date, by who, do func(ctx context.Context, w *journal.Writer, id int64) (int64, error)) {
		out = append(out, event{day, by, func(ctx context.Context, w *journal.Writer) error {
			_, err := do(ctx, w, b.notices[careRight])
			return err
		}})
	}
	on("2026-07-23", director, func(ctx context.Context, w *journal.Writer, _ int64) (int64, error) {
		old, ok, err := journal.State[disclosure.Notice](ctx, w, b.notices[careReport])
		if err != nil || !ok {
			return 0, fmt.Errorf("no state of %s: %w", careReport, err)
		}
		c := old.Content
		c.Title = careRight
		c.Text = "上一张公示把更换路灯的数量写成了计划数，现按实际安装更正为6盏，其余不变。\n" + c.Text[strings.Index(c.Text, "\n")+1:]
		b.notices[careRight], err = disclosure.Begin(ctx, w, old.Unit, c, b.notices[careReport], w.Today())
		return 0, err
	})
	on("2026-07-23", director, func(ctx context.Context, w *journal.Writer, id int64) (int64, error) {
		return disclosure.Hand(ctx, w, id, w.Today())
	})
	on("2026-07-24", head, func(ctx context.Context, w *journal.Writer, id int64) (int64, error) {
		return disclosure.Examine(ctx, w, id, disclosure.Check{Agree: true, Note: "与验收单核对，实际安装6盏"}, w.Today())
	})
	on("2026-07-27", secretary, func(ctx context.Context, w *journal.Writer, id int64) (int64, error) {
		m, err := b.meeting(ctx, w, "文峰村", "村务公开", "王建国", w.Today())
		if err != nil {
			return 0, err
		}
		return disclosure.Decide(ctx, w, id, disclosure.Approve{Agree: true, Meeting: m}, w.Today())
	})
	on("2026-07-28", director, func(ctx context.Context, w *journal.Writer, id int64) (int64, error) {
		return disclosure.Release(ctx, w, id, w.Today())
	})
	on("2026-07-28", director, func(ctx context.Context, w *journal.Writer, id int64) (int64, error) {
		return disclosure.Hang(ctx, w, id, "文峰村公开栏", w.Today())
	})
	on("2026-08-13", secretary, func(ctx context.Context, w *journal.Writer, id int64) (int64, error) {
		return disclosure.Remove(ctx, w, id, "公示期满，撤下归档", w.Today())
	})
	on("2026-08-13", director, func(ctx context.Context, w *journal.Writer, id int64) (int64, error) {
		return 0, b.file(ctx, w, id, w.Today())
	})
	return out
}

// ask poses a villager's question about the line that [asked] names.
func (b *builder) ask(ctx context.Context, w *journal.Writer, notice int64, text string) (int64, error) {
	n, ok, err := journal.State[disclosure.Notice](ctx, w, notice)
	if err != nil || !ok {
		return 0, fmt.Errorf("no notice %d: %w", notice, err)
	}
	for i, l := range n.Content.Finance.Lines {
		if l.Item == asked {
			return oversight.Pose(ctx, w, oversight.Ask{Unit: n.Unit, Notice: notice, Line: int64(i + 1), Text: text,
				Asker: oversight.Asker{Channel: oversight.Self, Person: b.persons[b.login("lixiuying").id]}}, w.Today())
		}
	}
	return 0, fmt.Errorf("no line %s", asked)
}

// cover proposes to cover, in a line of a list in words, the masked number behind the name.
func (b *builder) cover(ctx context.Context, w *journal.Writer, notice int64, line int) (p disclosure.Proposal, err error) {
	n, ok, err := journal.State[disclosure.Notice](ctx, w, notice)
	if err != nil || !ok {
		return p, fmt.Errorf("no notice %d: %w", notice, err)
	}
	lines := strings.SplitAfter(n.Content.Text, "\n")
	before := strings.Join(lines[:line], "")
	parts := strings.Split(lines[line], "，")
	from := utf8.RuneCountInString(before + parts[0] + "，")
	return disclosure.Proposal{Marks: []disclosure.Mark{{Path: "text", From: int64(from), To: int64(from + utf8.RuneCountInString(parts[1]))}},
		Ground: pipl.PurposeGone, Reason: "本人提出：姓氏、组别和部分号码合在一起，组里人一看就知道是谁，名单上没有必要写号码。"}, nil
}
