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
		return web.Redirect(uploadPath + "/" + u.ID), nil
	}
	if u.changes != nil {
		return p.commitChanges(r, u, f)
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
	return p.start(r, u, func(ctx context.Context, progress task.Progress) (done imported, err error) {
		progress(0, int64(n), "正在加密号码")
		batch, err := u.plan.Seal(ctx, p.Vault, func(row int) bool { return chosen[row] })
		if err != nil {
			return done, err
		}
		progress(0, int64(batch.Len()), "正在登记")
		receipt, err := p.recordLater(ctx, r, desk.Deed{Via: via, Decide: batch.Record})
		return imported{First: receipt.First, Last: receipt.Last, Rows: batch.Len()}, err
	}, func(u *upload) { u.rest(chosen) })
}

// start runs the recording of an upload beside the request; rest says what of the upload stays afterwards. An upload is taken
// by one press of the button only.
func (p *Pages) start(r *web.Request, u upload, work func(ctx context.Context, progress task.Progress) (imported, error), rest func(u *upload)) (web.Response, error) {
	before := u.state
	if p.uploads.claim(u.ID) {
		job, err := p.Jobs.Start(r.Account, "登记 "+u.Name, func(ctx context.Context, progress task.Progress) (any, error) {
			failed := errors.New("the work broke off")
			var done imported
			defer func() {
				p.uploads.change(u.ID, func(u *upload) {
					if failed != nil {
						u.state, u.refused = before, commitText(failed)
						return
					}
					u.state, u.done, u.refused = uploadDone, done, ""
					rest(u)
				})
			}()
			done, failed = work(ctx, progress)
			return nil, failed
		})
		if err != nil {
			p.uploads.change(u.ID, func(u *upload) { u.state = before })
			return web.Response{}, busy(err)
		}
		p.uploads.change(u.ID, func(u *upload) { u.job = job })
		p.awaitJob(r, job)
	}
	return web.Redirect(uploadPath + "/" + u.ID), nil
}

// recordLater records the deed of a form under a context that outlives its request: the act belongs to who pressed the button,
// and a second press under the same key finds the first one's receipt.
func (p *Pages) recordLater(ctx context.Context, r *web.Request, d desk.Deed) (journal.Receipt, error) {
	later := *r
	later.Request = r.WithContext(ctx)
	return p.Record(&later, d)
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
