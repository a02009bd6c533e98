package member

import (
	"time"

	"cunju/internal/desk"
	"cunju/internal/task"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

const (
	jobGlance = 1500 * time.Millisecond // how long a request waits for a short job before it shows the progress
	jobPause  = 30 * time.Millisecond
)

// awaitJob waits a moment for a job, so that a short one needs no progress page.
func (p *Pages) awaitJob(r *web.Request, job string) {
	tick := time.NewTicker(jobPause)
	defer tick.Stop()
	end := time.NewTimer(jobGlance)
	defer end.Stop()
	for {
		if s, ok := p.Jobs.Get(r.Account, job); !ok || s.State != task.Running {
			return
		}
		select {
		case <-tick.C:
		case <-end.C:
			return
		case <-r.Context().Done():
			return
		}
	}
}

// ours finds the upload of the path. One that is gone is told from one that never was: the address is kept in bookmarks.
func (p *Pages) ours(r *web.Request) (upload, error) {
	if err := p.mayImport(r); err != nil {
		return upload{}, err
	}
	u, ok := p.uploads.get(r.Account, r.PathValue("upload"), r.Now())
	if !ok {
		e := web.NotFound("这次上传已经不在了：上传的文件只保留一小时，服务重启后也不保留。")
		e.Kept, e.Do = "已经登记的党员都在；没有提交的没有登记。", "请到“批量导入”重新上传文件。"
		return u, e
	}
	return u, nil
}

// progressOf is how far the work on an upload is.
func (p *Pages) progressOf(r *web.Request, u upload) ui.ProgressProps {
	g := ui.ProgressProps{ID: "progress", Title: "核对 " + u.Name, Unit: "行", Poll: uploadPath + "/" + u.ID + "/progress", Text: "正在读取和核对，没有登记任何内容。"}
	if u.state == uploadCommitting {
		g.Title, g.Text = "登记 "+u.Name, "正在登记，全部成功或者全部不登记。可以离开本页，过一会儿再回来看。"
	}
	if s, ok := p.Jobs.Get(r.Account, u.job); ok {
		g.Done, g.Total = s.Done, s.Total
		if s.State != task.Running {
			g.Finished, g.Next = true, ui.Link{Text: "看结果", Href: uploadPath + "/" + u.ID}
		}
	}
	if !u.busy() {
		g.Finished, g.Next, g.Text = true, ui.Link{Text: "看结果", Href: uploadPath + "/" + u.ID}, "已完成"
	}
	return g
}

// progress is the part of the page that scripts ask for; without scripts it is the page itself, which loads itself again.
func (p *Pages) progress(r *web.Request) (web.Response, error) {
	u, err := p.ours(r)
	if err != nil {
		return web.Response{}, err
	}
	if !u.busy() {
		if r.HTMX() {
			return web.Redirect(uploadPath + "/" + u.ID), nil
		}
	}
	return p.showProgress(r, u)
}

func (p *Pages) showProgress(r *web.Request, u upload) (web.Response, error) {
	g := p.progressOf(r, u)
	frame, err := p.Desk(r, desk.Frame{Title: g.Title, Active: listPath, Crumbs: crumbs(ui.Link{Text: "批量导入", Href: importPath})})
	if err != nil {
		return web.Response{}, err
	}
	frame.Refresh = 2
	return web.Render(progressPage(frame, g)).WithFragment(ui.Progress(g)), nil
}
