package web

import (
	"bytes"
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"cunju/internal/web/ui"
)

// errorTitles are the headings of the error pages.
var errorTitles = map[int]string{
	http.StatusBadRequest:            "提交的内容不完整",
	http.StatusUnauthorized:          "请先登录",
	http.StatusForbidden:             "不能办理",
	http.StatusNotFound:              "没有这个页面",
	http.StatusConflict:              "记录已被改动",
	http.StatusRequestEntityTooLarge: "内容太大",
	http.StatusUnprocessableEntity:   "不符合要求",
	http.StatusTooManyRequests:       "请稍等",
	http.StatusInternalServerError:   "系统故障",
	http.StatusServiceUnavailable:    "暂时不能办理",
}

// writeError shows an error page. It needs neither session nor database, so it
// works when they do not.
func (s *Server) writeError(w http.ResponseWriter, r *Request, e *Error) {
	if e.Retry > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(max(1, int(e.Retry.Seconds()))))
	}
	page := errorPage(ui.PlainProps{Page: ui.Page{
		Title: cmp.Or(e.Title, errorTitles[e.Status]), Assets: r.Assets, Big: r.LargeText,
	}}, e, r.ID, ways(r, e))
	if r.HTMX() {
		page = errorText(e, r.ID)
	}
	var buf bytes.Buffer
	if err := render(r, page, &buf); err != nil {
		http.Error(w, e.What+e.Kept+e.Do+" "+r.ID, e.Status)
		return
	}
	s.sendHTML(s.pacedWriter(w), r, e.Status, buf.Bytes())
}

// ways are where to go from an error page: to log in again when the session is over, else to where the reader is not already.
func ways(r *Request, e *Error) []ui.Link {
	if e.Status == http.StatusUnauthorized {
		return []ui.Link{{Text: "重新登录", Href: LoginPath + "?back=" + url.QueryEscape(r.cameFrom())}}
	}
	var list []ui.Link
	if r.LoggedIn() && len(r.Who.Offices) > 0 {
		list = append(list, ui.Link{Text: "回到工作台", Href: "/desk"})
	}
	if r.LoggedIn() {
		list = append(list, ui.Link{Text: "我的", Href: "/me"})
	}
	list = append(list, ui.Link{Text: "公开栏首页", Href: "/"})
	return slices.DeleteFunc(list, func(l ui.Link) bool { return l.Href == r.URL.Path })
}

// cameFrom is the page of this site that a form was sent from, else the desk or the person's own pages by way of log-in.
func (r *Request) cameFrom() string {
	u, err := url.Parse(r.Referer())
	if err != nil || u.Host != r.Host {
		return "/"
	}
	return SafeBack(u.RequestURI())
}
