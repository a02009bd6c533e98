package open

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
)

// Problem is what went wrong, as programs and people read it (RFC 9457).
type Problem struct {
	Type   string   `json:"type" doc:"固定为 about:blank"`
	Title  string   `json:"title" doc:"出了什么事" example:"没有找到"`
	Status int      `json:"status" doc:"HTTP 状态码" example:"404"`
	Detail string   `json:"detail" doc:"怎么办" example:"没有公布过这个编号的公示。"`
	Fields []string `json:"fields,omitempty" doc:"写得不对的参数"`
}

// Error implements error.
func (p *Problem) Error() string { return p.Title + "：" + p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return problemType }

const problemType = "application/problem+json"

// titles are the words for statuses that programs meet here.
var titles = map[int]string{
	http.StatusBadRequest: "请求写得不对", http.StatusNotFound: "没有找到", http.StatusMethodNotAllowed: "这里只能读取",
	http.StatusNotAcceptable: "没有这种格式", http.StatusUnprocessableEntity: "参数写得不对", http.StatusInternalServerError: "系统出了故障",
}

func problem(status int, detail string, fields ...string) *Problem {
	title := titles[status]
	if title == "" {
		title = "没有办成"
	}
	return &Problem{Type: "about:blank", Title: title, Status: status, Detail: detail, Fields: fields}
}

func notFound(detail string) error { return problem(http.StatusNotFound, detail) }

// chinese makes the library's own errors speak Chinese. It keeps the maker of errors in a variable of its package.
var chinese = sync.OnceFunc(func() {
	huma.NewError = func(status int, _ string, errs ...error) huma.StatusError {
		var fields []string
		for _, err := range errs {
			if d, ok := err.(huma.ErrorDetailer); ok {
				fields = append(fields, d.ErrorDetail().Location)
			}
		}
		detail := "没有改动任何记录。请稍后再试。"
		switch {
		case len(fields) > 0:
			detail = "这些参数写得不对：" + strings.Join(fields, "、") + "。写法见 /api/。"
		case status < http.StatusInternalServerError:
			detail = "请核对网址和参数，写法见 /api/。"
		}
		return problem(status, detail, fields...)
	}
})

// body is the problem as it is sent.
func (p *Problem) body() []byte {
	b, err := json.Marshal(p)
	if err != nil {
		panic(err) // a struct of strings always encodes
	}
	return b
}
