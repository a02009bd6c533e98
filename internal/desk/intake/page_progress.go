package intake

import (
	"time"

	"cunju/internal/desk"
	"cunju/internal/task"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

const (
	glance = 1500 * time.Millisecond // how long a request waits for a short job before it shows the progress
	pause  = 30 * time.Millisecond
)

// await waits a moment for a job, so that a short one needs no progress page.
func (c *Counter) await(r *web.Request, job string) {
	tick := time.NewTicker(pause)
	defer tick.Stop()
	end := time.NewTimer(glance)
	defer end.Stop()
	for {
		if s, ok := c.Jobs.Get(r.Account, job); !ok || s.State != task.Running {
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

// progressOf is how far the work on an upload is.
func (c *Counter) progressOf(r *web.Request, u upload) ui.ProgressProps {
	w, at := words(u), path+"/"+u.ID
	g := ui.ProgressProps{ID: "progress", Title: "核对 " + u.Name, Unit: w.Unit, Poll: at + "/progress", Text: "正在读取和核对，没有登记任何内容。"}
	if u.state == committing {
		g.Title, g.Text = w.Do+" "+u.Name, "正在办理，全部成功或者全部不"+w.Do+"。可以离开本页，过一会儿再回来看。"
	}
	s, ok := c.Jobs.Get(r.Account, u.job)
	if ok {
		g.Done, g.Total = s.Done, s.Total
	}
	if ok && s.State != task.Running {
		g.Finished, g.Next = true, ui.Link{Text: "看结果", Href: at}
	}
	if !u.busy() {
		g.Finished, g.Next, g.Text = true, ui.Link{Text: "看结果", Href: at}, "已完成"
	}
	return g
}

// progress is the part of the page that scripts ask for; without scripts it is the page itself, which loads itself again.
func (c *Counter) progress(r *web.Request) (web.Response, error) {
	u, err := c.ours(r)
	if err != nil {
		return web.Response{}, err
	}
	if !u.busy() && r.HTMX() {
		return web.Redirect(path + "/" + u.ID), nil
	}
	return c.showProgress(r, u)
}

func (c *Counter) showProgress(r *web.Request, u upload) (web.Response, error) {
	g := c.progressOf(r, u)
	frame, err := c.Desk(r, desk.Frame{Title: g.Title, Active: u.register.List.Href, Crumbs: u.register.crumbs(u.register.self())})
	if err != nil {
		return web.Response{}, err
	}
	frame.Refresh = 2
	return web.Render(progressPage(frame, u.register.Title, g)).WithFragment(ui.Progress(g)), nil
}
