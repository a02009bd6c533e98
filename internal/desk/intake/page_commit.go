package intake

import (
	"context"
	"errors"
	"fmt"

	"cunju/internal/access"
	"cunju/internal/desk"
	"cunju/internal/journal"
	"cunju/internal/task"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// commit rehearses or records the whole plan or the chosen rows, as one batch beside the request.
func (c *Counter) commit(r *web.Request) (web.Response, error) {
	u, err := c.ours(r)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	if !u.open() || u.reading.Plan == nil { // pressed twice: the first one is under way or done
		return web.Redirect(path + "/" + u.ID), nil
	}
	w, plan := words(u), u.reading.Plan
	all, wanted := f.Value("all") == "1", f.Values("row")
	if !all && len(wanted) == 0 {
		f.Fail("row", "要"+w.Do+"的"+w.Unit, "请至少选择一项")
	}
	rights, err := c.rights(r, plan)
	if err != nil {
		return web.Response{}, err
	}
	chosen, n, left := choose(plan, rights, all, wanted)
	office, split := via(plan, rights, chosen)
	switch nothing := "没有" + w.Do + "任何内容。"; {
	case !f.OK():
	case left != "":
		f.FailForm(left + "。" + nothing)
	case n == 0 || u.reading.Preview.Blocked:
		f.FailForm(fmt.Sprintf("没有可以%s的%s，没有%s任何内容。请按下面列出的问题改好表格，再重新上传。", w.Do, w.Unit, w.Do))
	case split != "":
		f.FailForm(split + nothing)
	}
	if !f.OK() {
		return c.show(r, u, f)
	}
	x := work{plan: plan, words: w, chosen: chosen, n: n, via: office, try: f.Value("do") == "try",
		heard: f.Value(desk.HeardField) != "", answer: f.Value(desk.AnswerField)}
	for _, name := range []string{"all", "row"} {
		for _, v := range f.Values(name) {
			x.picked = append(x.picked, ui.Param{Name: name, Value: v})
		}
	}
	return c.start(r, u, x)
}

// work is a batch to be rehearsed or recorded.
type work struct {
	plan   Plan
	words  Words
	chosen []bool
	n      int
	via    access.Decision
	try    bool // walk the whole way and record nothing
	heard  bool // the press comes from the page that asked
	answer string
	picked []ui.Param // what the form chose
}

// start runs a batch beside the request. An upload is taken by one press of the button only.
func (c *Counter) start(r *web.Request, u upload, x work) (web.Response, error) {
	before := u.state
	if c.files.claim(u.ID, u.version) {
		job, err := c.Jobs.Start(r.Account, x.words.Do+" "+u.Name, func(ctx context.Context, progress task.Progress) (any, error) {
			failed := errors.New("the work broke off")
			var receipt journal.Receipt
			defer func() {
				c.files.change(u.ID, func(u *upload) { u.settle(x, before, receipt, failed, c.Asked(failed)) })
			}()
			receipt, failed = c.run(ctx, r, x, progress)
			return nil, failed
		})
		if err != nil {
			c.files.change(u.ID, func(u *upload) { u.state = before })
			return web.Response{}, busy(err)
		}
		c.files.change(u.ID, func(u *upload) { u.job = job })
		c.await(r, job)
	}
	return web.Redirect(path + "/" + u.ID), nil
}

// run does the work under a context that outlives its request: the acts belong to who pressed the button, and a second press
// under the same key finds the first one's receipt.
func (c *Counter) run(ctx context.Context, r *web.Request, x work, progress task.Progress) (journal.Receipt, error) {
	progress(0, int64(x.n), "正在准备")
	decide, err := x.plan.Seal(ctx, x.chosen)
	if err != nil {
		return journal.Receipt{}, err
	}
	later := *r
	later.Request = r.WithContext(ctx)
	deed := desk.Deed{Via: x.via, Decide: decide}
	if x.try {
		progress(0, int64(x.n), "正在试办")
		return c.Rehearse(&later, deed)
	}
	progress(0, int64(x.n), "正在"+x.words.Do)
	return c.Record(&later, deed)
}

// settle notes how the work on an upload ended: recorded or rehearsed, refused, or with something that must be read first.
func (u *upload) settle(x work, before state, receipt journal.Receipt, failed error, ask *desk.Obstacle) {
	asked := u.asked
	u.state, u.refused, u.tried, u.asked = before, "", "", nil
	switch {
	case ask != nil:
		u.asked = &question{Obstacle: ask, work: x}
	case failed != nil:
		u.refused = failedText(failed)
		if x.heard && asked != nil { // it may be the answer that is at fault
			u.asked = &question{Obstacle: asked.Obstacle, work: x}
		}
	case x.try:
		u.tried = fmt.Sprintf("试办成功：%d %s都可以%s，将记入总账 %d 件。试办没有记录任何内容。", x.n, x.words.Unit, x.words.Do, receipt.Count())
	default:
		u.state, u.done = finished, batch{receipt, x.words.Done(x.n)}
		u.leave(x.plan.Rest(x.chosen, receipt))
	}
}

// failedText says why a batch was not recorded.
func failedText(err error) string {
	var no *journal.Refusal
	if errors.As(err, &no) {
		return no.Message
	}
	if e := desk.Explain(err); e != nil {
		return e.What
	}
	return "系统出了故障，这一批没有登记。请稍后再试；如果还不行，请告诉管理员。"
}

// doneProps is the end of an import.
type doneProps struct {
	Frame  ui.DeskProps
	Upload upload
	Words  Words
}

func (c *Counter) showDone(r *web.Request, u upload) (web.Response, error) {
	frame, err := c.Desk(r, desk.Frame{Title: "导入完成", Active: u.register.List.Href, Crumbs: u.register.crumbs(u.register.self())})
	if err != nil {
		return web.Response{}, err
	}
	return web.Render(donePage(doneProps{Frame: frame, Upload: u, Words: words(u)})), nil
}

// numbers says which acts a batch recorded.
func (b batch) numbers() string {
	if b.receipt.First == b.receipt.Last {
		return fmt.Sprintf("第 %d 号", b.receipt.First)
	}
	return fmt.Sprintf("第 %d 号至第 %d 号，共 %d 件", b.receipt.First, b.receipt.Last, b.receipt.Count())
}
