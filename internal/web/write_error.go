package web

import (
	"bytes"
	"net/http"
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
		Title: errorTitles[e.Status], Assets: r.Assets, Big: r.LargeText,
	}}, e, r.ID)
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
