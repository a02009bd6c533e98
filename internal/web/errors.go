package web

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"cunju/internal/db"
)

// Error is a failure as people and as the log see it. What, Kept and Do are plain
// Chinese sentences for the page; Err is for the log alone and may be nil.
type Error struct {
	// Status is the HTTP status code.
	Status int
	// What says what happened, Kept what became of the person's work, Do what
	// the person can do now. Empty ones get the status's usual sentence.
	What, Kept, Do string
	// Title is the heading of the page; empty takes the status's.
	Title string
	// Retry is sent as Retry-After when greater than zero.
	Retry time.Duration
	// Err is the cause. It is logged, never shown.
	Err error
}

// Error is the text for the log.
func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%d: %v", e.Status, e.Err)
	}
	return fmt.Sprintf("%d: %s", e.Status, e.What)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Because is e with its cause for the log.
func (e *Error) Because(err error) *Error {
	c := *e
	c.Err = err
	return &c
}

// usual are the sentences of each status that has an error page.
var usual = map[int]Error{
	http.StatusBadRequest: {
		What: "这次提交的内容不完整，系统没有看懂。",
		Kept: "没有记录任何内容，原有记录不变。",
		Do:   "请返回上一页，刷新后再填一次。",
	},
	http.StatusUnauthorized: {
		What: "您还没有登录，或者登录已经超时。",
		Kept: "这次提交没有记录，原有记录不变。",
		Do:   "请重新登录；刚才填写的内容可用浏览器的后退键找回。",
	},
	http.StatusForbidden: {
		What: "您目前担任的职务不能办这件事。",
		Kept: "没有记录任何内容，原有记录不变。",
		Do:   "请联系有权办理的人员，或者请街道管理员核对您的任职。",
	},
	http.StatusNotFound: {
		What: "没有找到这个页面。",
		Kept: "没有改动任何记录。",
		Do:   "请检查网址是否完整，或者从首页重新进入。",
	},
	http.StatusConflict: {
		What: "这条记录在您打开以后有了新的变化。",
		Kept: "您的这次提交没有记录，已有的记录不变。",
		Do:   "请打开这条记录看最新内容，确有需要再提交一次。",
	},
	http.StatusRequestEntityTooLarge: {
		What: "提交的内容或文件太大。",
		Kept: "没有记录任何内容，原有记录不变。",
		Do:   "请把文件拆小，或者减少一次提交的内容。",
	},
	http.StatusUnprocessableEntity: {
		What: "有的内容不符合要求。",
		Kept: "没有记录任何内容，原有记录不变。",
		Do:   "请返回上一页，按提示改正后再提交。",
	},
	http.StatusTooManyRequests: {
		What: "操作太频繁了。",
		Kept: "没有记录任何内容，原有记录不变。",
		Do:   "请过一会儿再试。",
	},
	http.StatusInternalServerError: {
		What: "系统出了故障，这次没有办成。",
		Kept: "没有办成的内容不会只记一半；已经记录的内容都在。",
		Do:   "请稍后再试；如果还不行，把下面的编号告诉管理员。",
	},
	http.StatusServiceUnavailable: {
		What: "系统现在太忙，或者正在维护。",
		Kept: "这次提交没有记录，原有记录都在。",
		Do:   "请过一分钟再试。",
	},
}

// Fail is an error page with its own first sentence; the rest is usual for the
// status. An empty what takes the usual sentence too.
func Fail(status int, what string) *Error {
	e, ok := usual[status]
	if !ok {
		status = http.StatusInternalServerError
		e = usual[status]
	}
	e.Status = status
	if what != "" {
		e.What = what
	}
	return &e
}

// BadRequest is a request that cannot come from one of our own forms.
func BadRequest(what string) *Error { return Fail(http.StatusBadRequest, what) }

// Forbidden is an act that none of the person's offices carries; what should name
// the office that does.
func Forbidden(what string) *Error { return Fail(http.StatusForbidden, what) }

// NotFound is a thing that does not exist here.
func NotFound(what string) *Error { return Fail(http.StatusNotFound, what) }

// Conflict is a change that another one overtook.
func Conflict(what string) *Error { return Fail(http.StatusConflict, what) }

// NotNow is a deed that the state of the record does not allow, though nobody
// acted meanwhile.
func NotNow(what string) *Error {
	e := Conflict(what)
	e.Title, e.Kept, e.Do = "现在不能办理", "没有记录任何内容，原有记录不变。", "请返回上一页，看看它现在的情况。"
	return e
}

// TooLarge is a body or file over its limit.
func TooLarge(what string) *Error { return Fail(http.StatusRequestEntityTooLarge, what) }

// TooMany is a person or address that has to wait.
func TooMany(what string, retry time.Duration) *Error {
	e := Fail(http.StatusTooManyRequests, what)
	e.Retry = retry
	return e
}

// Unavailable is a fault that is likely to pass.
func Unavailable(what string) *Error {
	e := Fail(http.StatusServiceUnavailable, what)
	e.Retry = time.Minute
	return e
}

// asError finds the page's words for err: its own, those explain knows (refusals
// and conflicts of the slices), or those of an unexplained fault.
func asError(err error, explain func(error) *Error) *Error {
	var own *Error
	if errors.As(err, &own) {
		return complete(own)
	}
	var big *http.MaxBytesError
	if errors.As(err, &big) {
		return TooLarge("").Because(err)
	}
	if explain != nil {
		if e := explain(err); e != nil {
			return complete(e.Because(err))
		}
	}
	return storageError(err)
}

// storageError finds words for what the database could not do.
func storageError(err error) *Error {
	switch db.Kind(err) {
	case db.NotFound:
		return NotFound("没有找到这条记录。").Because(err)
	case db.Busy, db.Serialization, db.Unavailable:
		return Unavailable("").Because(err)
	case db.DiskFull:
		e := Unavailable("服务器的硬盘已满，不能再记录。")
		e.Do = "请告诉管理员清理硬盘；查看记录不受影响。"
		return e.Because(err)
	}
	return Fail(http.StatusInternalServerError, "").Because(err)
}

// complete fills the sentences an error left out.
func complete(e *Error) *Error {
	full := Fail(e.Status, e.What)
	if e.Kept != "" {
		full.Kept = e.Kept
	}
	if e.Do != "" {
		full.Do = e.Do
	}
	if e.Retry > 0 {
		full.Retry = e.Retry
	}
	full.Err = e.Err
	return full
}
