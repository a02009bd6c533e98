package member

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

// commit records the whole plan or the chosen rows, as one batch beside the request.
func (p *Pages) commit(r *web.Request) (web.Response, error) {
	u, err := p.ours(r)
	if err != nil {
		return web.Response{}, err
	}
	f, err := r.Form()
	if err != nil {
		return web.Response{}, err
	}
	if !u.open() { // pressed twice: the first one is under way or done
		return web.Redirect(importPath + "/" + u.ID), nil
	}
	barred := p.barred(r, u.plan)
	chosen, n := map[int]bool{}, 0
	wanted := map[int]bool{}
	if f.Value("all") != "1" {
		for _, id := range f.IDs("row", "要登记的行", web.Needed, len(u.plan.Rows)+1) {
			wanted[int(id)] = true
		}
	}
	var via access.Decision
	for _, row := range u.plan.Rows {
		if barred[row.Enter.Branch] || len(wanted) > 0 && !wanted[row.Row] {
			continue
		}
		if n == 0 {
			if via, err = p.May(r, access.MemberImport, row.Enter.Branch); err != nil {
				return web.Response{}, err
			}
		}
		chosen[row.Row] = true
		n++
	}
	if f.OK() && (n == 0 || u.preview.Blocked) {
		f.FailForm("没有可以登记的行，没有登记任何内容。请按下面列出的问题改好表格，再重新上传。")
	}
	if !f.OK() {
		return p.showUpload(r, u, f)
	}
	if !p.uploads.claim(u.ID) {
		return web.Redirect(importPath + "/" + u.ID), nil
	}
	job, err := p.Jobs.Start(r.Account, "登记 "+u.Name, func(ctx context.Context, progress task.Progress) (any, error) {
		return nil, p.enterRows(ctx, r, u, chosen, via, progress)
	})
	if err != nil {
		p.uploads.change(u.ID, func(u *upload) { u.state = uploadReady })
		return web.Response{}, busy(err)
	}
	p.uploads.change(u.ID, func(u *upload) { u.job = job })
	p.awaitJob(r, job)
	return web.Redirect(importPath + "/" + u.ID), nil
}

// enterRows seals the new persons' numbers and records the batch. The request is the form's, under a context that outlives it:
// the act belongs to who pressed the button, and a second press under the same key finds the first one's receipt.
func (p *Pages) enterRows(ctx context.Context, r *web.Request, u upload, chosen map[int]bool, via access.Decision, progress task.Progress) (err error) {
	var receipt journal.Receipt
	var batch *RosterBatch
	defer func() {
		p.uploads.change(u.ID, func(u *upload) {
			if err == nil {
				u.state, u.done = uploadDone, imported{receipt.First, receipt.Last, batch.Len()}
				u.refused = ""
				u.rest(chosen)
				return
			}
			u.state, u.refused = uploadReady, commitText(err)
		})
	}()
	progress(0, int64(len(chosen)), "正在加密号码")
	if batch, err = u.plan.Seal(ctx, p.Vault, func(row int) bool { return chosen[row] }); err != nil {
		return err
	}
	progress(0, int64(batch.Len()), "正在登记")
	later := *r
	later.Request = r.WithContext(ctx)
	receipt, err = p.Record(&later, desk.Deed{Via: via, Decide: batch.Record})
	return err
}

// rest keeps the rows that were not chosen, for a second batch. When everything is recorded the readable numbers are needed no
// more.
func (u *upload) rest(chosen map[int]bool) {
	left := &RosterPlan{On: u.plan.On, How: u.plan.How}
	for _, row := range u.plan.Rows {
		if !chosen[row.Row] {
			left.Rows = append(left.Rows, row)
		}
	}
	if u.plan = left; len(left.Rows) == 0 && u.preview.BadRows == 0 {
		u.raw, u.plan = nil, nil
	}
}

// commitText says why a batch was not recorded.
func commitText(err error) string {
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
}

func (p *Pages) showDone(r *web.Request, u upload) (web.Response, error) {
	frame, err := p.Desk(r, desk.Frame{Title: "导入完成", Active: listPath, Crumbs: crumbs(ui.Link{Text: "批量导入", Href: importPath})})
	if err != nil {
		return web.Response{}, err
	}
	return web.Render(donePage(doneProps{Frame: frame, Upload: u})), nil
}

// numbers says which acts a batch recorded.
func (d imported) numbers() string {
	if d.First == d.Last {
		return fmt.Sprintf("第 %d 号", d.First)
	}
	return fmt.Sprintf("第 %d 号至第 %d 号，共 %d 件", d.First, d.Last, d.Last-d.First+1)
}
