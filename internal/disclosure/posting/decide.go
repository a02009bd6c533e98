package posting

import (
	"context"
	"slices"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/disclosure"
	"cunju/internal/journal"
)

// Look records what someone before the board saw; the notice, the witness, the answer and what belongs to them stand in c. again
// says that the same witness said the same today: then nothing more is recorded.
func Look(ctx context.Context, w *journal.Writer, c CheckIn) (id int64, again bool, err error) {
	n, err := hanging(ctx, w, c.Notice)
	if err != nil {
		return 0, false, err
	}
	c.Unit, c.Title, c.Note = n.Unit, n.Number, strings.TrimSpace(c.Note)
	if Witness(c.Witness) == Office && Answer(c.Answer) == There {
		return 0, false, journal.Refuse("您是张贴这张公示的一方，自己说“在”不能作证明，没有登记。请监督委员会成员或村（居）民来核实；发现不在的，您可以登记。")
	}
	if c.Code && c.Sheet != sheetOf(n) && Answer(c.Answer) == There {
		return 0, false, journal.Refuse("您扫的是遮盖以前打印的旧纸，不能算“在”，没有登记。旧纸还贴着的，请登记“内容不一样”。")
	}
	if id, err = same(ctx, w, w.Town, c, w.By().Person, w.Today()); err != nil || id >= 0 {
		return id, id >= 0, err
	}
	if c.Witness == string(Scan) {
		if err := crowded(ctx, w, c.Notice); err != nil {
			return 0, false, err
		}
	}
	if Answer(c.Answer) != There {
		open, err := Waiting(ctx, w, w.Town, c.Notice)
		if err != nil {
			return 0, false, err
		}
		c.Case = max(open, 0)
	}
	id, err = journal.Add(ctx, w, KindCheckIn, w.Today(), nil, c)
	return id, false, err
}

// scanMost is how many scans without log-in a notice takes on one day: nobody needs more, and nobody shall fill the record.
const scanMost = 30

func crowded(ctx context.Context, w *journal.Writer, notice int64) error {
	n, err := scans(ctx, w, w.Town, notice, w.Today())
	if err == nil && n >= scanMost {
		return journal.Refuse("这张公示今天已经有 %d 次扫码核实，够了，没有再登记。有新情况的，请登录以后登记，或者告诉监督委员会。", n)
	}
	return err
}

// hanging finds a notice that hangs on the board, or says why it does not.
func hanging(ctx context.Context, w *journal.Writer, id int64) (disclosure.Row, error) {
	n, err := find(ctx, w, w.Town, id)
	switch {
	case err != nil:
		return n, err
	case n.Posted == "":
		return n, journal.Refuse("《%s》还没有登记贴上公开栏，没有登记核实。纸已经贴在栏上的，请告诉村（居）委会补登张贴。", n.Title)
	case n.TakenDown != "":
		return n, journal.Refuse("《%s》已于%s撤下归档，不用再核实，没有登记。网上长期可以查看。", n.Title, n.TakenDown.Chinese())
	}
	return n, nil
}

// Mend records what the office found and did about a sheet that was said to be gone, or has to be exchanged.
func Mend(ctx context.Context, w *journal.Writer, id int64, r Rehang) (int64, error) {
	notice := int64(-1)
	if s, ok, err := journal.State[Seen](ctx, w, id); err != nil {
		return 0, err
	} else if ok {
		notice = s.Notice
	}
	if s, ok, err := journal.State[Renewal](ctx, w, id); err != nil {
		return 0, err
	} else if ok {
		notice = s.Notice
	}
	if notice < 0 {
		return 0, journal.Refuse("没有第 %d 号现场核实。", id)
	}
	n, err := disclosure.Find(ctx, w, w.Town, notice)
	if err != nil {
		return 0, err
	}
	c, ok, err := lastCover(ctx, w, w.Town, notice)
	if err != nil {
		return 0, err
	}
	old := ok && c.open()
	switch {
	case r.Done == StillHung && old:
		return 0, journal.RefuseField("done", "这张公示%s遮盖过，还没有登记换纸。请打印新的换下旧纸，再登记“已重新打印并贴上”。", c.Day.Chinese())
	case r.Done == DaysOver && n.TakenDown == "" && old:
		return 0, journal.RefuseField("done", "旧纸还写着遮盖了的内容，也没有登记撤下。请换上新纸；期满的，请先登记撤下。")
	case r.Done == DaysOver && n.TakenDown == "" && (n.Last == "" || n.Last >= w.Today()):
		return 0, journal.RefuseField("done", "《%s》还没有期满，也没有登记撤下，仍要贴着。请重新贴上再登记。", n.Title)
	}
	r.Note = strings.TrimSpace(r.Note)
	return journal.Add(ctx, w, KindRehang, w.Today(), []int64{id}, r)
}

// rowsMost is how many lines one signed list may have: two months with one line a day.
const rowsMost = 62

// Enter records a list that was signed beside the board; notice, rows, side and scan stand in s. Its days lie between the posting
// and today, or the day on which the sheet was taken down.
func Enter(ctx context.Context, w *journal.Writer, s SignOff) (int64, error) {
	n, err := find(ctx, w, w.Town, s.Notice)
	if err != nil {
		return 0, err
	}
	if n.Posted == "" {
		return 0, journal.Refuse("《%s》还没有登记贴上公开栏，不能补录签到。请先登记上栏张贴。", n.Title)
	}
	slices.SortStableFunc(s.Rows, func(a, b Signed) int { return strings.Compare(string(a.Day)+a.By, string(b.Day)+b.By) })
	s.Rows = slices.Compact(s.Rows)
	if err := checkSignOff(&s); err != nil {
		return 0, err
	}
	if len(s.Rows) > rowsMost {
		return 0, journal.RefuseField("rows", "一次最多补录 %d 行，请分几次录。", rowsMost)
	}
	end := w.Today()
	if n.TakenDown != "" {
		end = min(end, n.TakenDown)
	}
	for _, r := range s.Rows {
		if err := within(r.Day, n.Posted, end); err != nil {
			return 0, err
		}
	}
	s.Unit, s.Note = n.Unit, strings.TrimSpace(s.Note)
	return journal.Add(ctx, w, KindSignOff, w.Today(), nil, s)
}

func within(day, from, to calendar.Date) error {
	switch {
	case day < from:
		return journal.RefuseField("rows", "%s还没有张贴（%s才贴上），不能签到。", day.Chinese(), from.Chinese())
	case day > to:
		return journal.RefuseField("rows", "%s还没有到，或者公示已经撤下（最晚可以补录到%s）。", day.Chinese(), to.Chinese())
	}
	return nil
}
