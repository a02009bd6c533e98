package intake

import (
	"cmp"
	"errors"
	"net/http"
	"strings"
	"time"

	"cunju/internal/desk"
	"cunju/internal/sheet"
	"cunju/internal/task"
	"cunju/internal/web"
)

// path is where the files that wait have their pages, with the upload's id: not below the registers' own pages, where an id
// would collide with theirs.
const path = "/desk/imports"

// Body lets a register's entry page take files.
var Body = web.MaxBody(bodyMost)

// Counter keeps the files of all registers between upload and batch, so that their number and size are bounded together.
type Counter struct {
	*desk.House
	files files
}

// NewCounter makes an empty counter.
func NewCounter(h *desk.House) *Counter { return &Counter{House: h} }

// Tidy forgets the files that have waited their time. A clock calls it, so that they go although nobody comes.
func (c *Counter) Tidy(now time.Time) {
	c.files.mu.Lock()
	defer c.files.mu.Unlock()
	c.files.tidy(now)
}

// Open adds a register.
func (c *Counter) Open(g Register) *Register {
	g.counter = c
	return &g
}

// Routes adds the pages of files that wait to the site map.
func (c *Counter) Routes(rt *web.Router) {
	rt.Desk.Get("/desk/imports/{upload}", c.preview)
	rt.Desk.Post("/desk/imports/{upload}", c.commit)
	rt.Desk.Post("/desk/imports/{upload}/again", c.again, Body)
	rt.Desk.Get("/desk/imports/{upload}/marked", c.marked)
	rt.Desk.Get("/desk/imports/{upload}/progress", c.progress)
}

// May reports whether a person may import into the register at all, to show or hide a button; each row's unit is asked about
// when it is recorded.
func (g *Register) May(r *web.Request) bool { return len(g.counter.Anchors(r, g.Act)) > 0 }

func (g *Register) enter(r *web.Request) error {
	if g.May(r) {
		return nil
	}
	e := web.Forbidden(g.Denied)
	e.Do = "可以导入的职务：" + strings.Join(g.counter.Policy.Offices(g.Act), "、") + "。"
	return e
}

// ours finds the upload of the path. One that is gone is told from one that never was: the address is kept in bookmarks.
func (c *Counter) ours(r *web.Request) (upload, error) {
	u, ok := c.files.get(r.Account, r.PathValue("upload"), r.Now())
	if !ok {
		e := web.NotFound(cmp.Or(c.files.whyGone(r.Account, r.PathValue("upload")), "这次上传已经不在了：上传的文件只保留一小时，服务重启后也不保留。"))
		e.Kept, e.Do = "已经登记的内容都在；没有提交的没有登记。", "请从台账页面点“批量导入”，重新上传文件。"
		return u, e
	}
	return u, u.register.enter(r)
}

// busy is the page for a person whose other works must finish first.
func busy(err error) error {
	if !errors.Is(err, task.ErrBusy) {
		return err
	}
	e := web.Fail(http.StatusServiceUnavailable, "您还有别的导入正在进行，或者系统现在太忙。")
	e.Kept, e.Do = "这个文件没有登记任何内容。", "请等前面的办完再试。"
	return e
}

// refusalText is what the readers say to the person who brought a file.
func refusalText(err error) string {
	var no *sheet.Refusal
	if errors.As(err, &no) {
		return no.Message
	}
	return "文件读不出来。没有登记任何内容，请另存为 .xlsx 后再试"
}
