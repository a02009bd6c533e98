package web

import (
	"io"
	"net/http"
	"time"

	"github.com/a-h/templ"
)

// Response is what a page answers. Make one with Render, Redirect, File or Bytes.
type Response struct {
	status   int
	page     templ.Component
	fragment templ.Component
	location string
	content  *content
	cookie   *http.Cookie
}

// WithCookie sets a cookie with the answer, for this site alone and out of reach of scripts.
func (r Response) WithCookie(name, value string, keep time.Duration) Response {
	return r.withCookie(name, value, int(keep.Seconds()))
}

func (r Response) withCookie(name, value string, maxAge int) Response {
	r.cookie = &http.Cookie{Name: name, Value: value, MaxAge: maxAge}
	return r
}

// content is a body that is not a page.
type content struct {
	name       string
	mediaType  string
	size       int64
	reader     io.Reader
	data       []byte
	attachment bool
	immutable  bool
	modified   time.Time
}

// Render shows a page.
func Render(page templ.Component) Response {
	return Response{status: http.StatusOK, page: page}
}

// RenderStatus shows a page with another status: 422 for a form that comes back
// with its errors.
func RenderStatus(status int, page templ.Component) Response {
	return Response{status: status, page: page}
}

// Invalid shows a form again with its errors, as status 422.
func Invalid(page templ.Component) Response {
	return RenderStatus(http.StatusUnprocessableEntity, page)
}

// WithFragment says which part of the page is enough when htmx asks for it. A
// browser without scripts, and a browser going back, still gets the whole page.
func (r Response) WithFragment(part templ.Component) Response {
	r.fragment = part
	return r
}

// Redirect sends the browser on with 303, so that reloading does not post again.
// The path must be one of our own, beginning with a single slash.
func Redirect(path string) Response {
	return Response{status: http.StatusSeeOther, location: SafeBack(path)}
}

// File sends a file of size bytes (-1: unknown). The reader is closed when it is
// an io.Closer. Attachments are saved under name; others are shown in the browser.
func File(name, mediaType string, size int64, reader io.Reader, attachment bool) Response {
	return Response{status: http.StatusOK, content: &content{
		name: name, mediaType: mediaType, size: size, reader: reader, attachment: attachment,
	}}
}

// Bytes sends data with an entity tag, so that an unchanged answer costs 304.
// Immutable data may be kept by the browser for a year.
func Bytes(mediaType string, data []byte, immutable bool) Response {
	return Response{status: http.StatusOK, content: &content{
		mediaType: mediaType, data: data, size: int64(len(data)), immutable: immutable,
	}}
}

// XLSX is the media type of a spreadsheet (ECMA-376).
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// Spreadsheet sends a workbook to keep under a name.
func Spreadsheet(data []byte, name string) Response { return Bytes(XLSX, data, false).Attachment(name) }

// Modified says when the bytes last changed, for readers that ask for changes only.
func (r Response) Modified(t time.Time) Response {
	if r.content != nil {
		c := *r.content
		c.modified = t
		r.content = &c
	}
	return r
}

// Attachment makes the answer a download with this name.
func (r Response) Attachment(name string) Response {
	if r.content != nil {
		c := *r.content
		c.name, c.attachment = name, true
		r.content = &c
	}
	return r
}
