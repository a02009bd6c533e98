package open

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"cunju/internal/calendar"
	"cunju/internal/db"
	"cunju/internal/disclosure"
	"cunju/internal/web"
)

// Board is the public board as data.
type Board struct {
	pages *disclosure.Pages
	mux   *http.ServeMux
	api   huma.API
}

// version of the data's form; a field may be added, nothing is taken away.
const version = "1.0.0"

// New prepares the data of a board.
func New(pages *disclosure.Pages) *Board {
	chinese()
	b := &Board{pages: pages, mux: http.NewServeMux()}
	c := huma.DefaultConfig("村居公开数据", version)
	c.Info.Description = "村、社区依法公布的公示，任何人不用登录就能读取。每张公示都封存在公开总账里，可以自己核对。金额以分为单位，日期写作 YYYY-MM-DD。"
	c.OpenAPIPath, c.SchemasPath, c.DocsPath = "/api/openapi", "/api/schemas", ""
	c.Servers = []*huma.Server{{URL: "/"}}
	b.api = humago.New(b.mux, c)
	b.operations()
	return b
}

// Routes adds the data and their description to the site map.
func (b *Board) Routes(rt *web.Router) {
	rt.Public.Get("/api/{$}", b.docs)
	rt.Public.Handle("/api/", b)
}

// pick narrows a list of notices.
type pick struct {
	Unit    int64         `query:"unit" default:"-1" minimum:"-1" doc:"村、社区或者单位的编号，连同它下面的；不写为全部"`
	Subject string        `query:"subject" enum:"finance,village,collective,party" doc:"类别代码；不写为全部"`
	From    calendar.Date `query:"from" format:"date" doc:"从哪一天起公布的"`
	To      calendar.Date `query:"to" format:"date" doc:"到哪一天为止公布的"`
	Q       string        `query:"q" maxLength:"60" doc:"编号、标题、项目里的字；用空格隔开的几个词都要有"`
	Cursor  string        `query:"cursor" maxLength:"40" doc:"上一页的 next"`
	Limit   int           `query:"limit" default:"50" minimum:"1" maximum:"200" doc:"一页多少张"`
}

type one struct {
	ID int64 `path:"id" minimum:"0" doc:"公示的编号"`
}

// answer is what every operation answers.
type answer[T any] struct{ Body T }

func (b *Board) operations() {
	get(b, "/api/units", "units", "村、社区和公布单位", func(ctx context.Context, _ *struct{}) (Units, error) {
		list, err := units(ctx, b.pages.DB, b.pages.Town)
		return Units{list}, err
	})
	get(b, "/api/notices", "notices", "公示目录", b.list)
	get(b, "/api/notices/{id}", "notice", "一张公示", func(ctx context.Context, in *one) (Detail, error) {
		row, err := disclosure.Find(ctx, b.pages.DB, b.pages.Town, in.ID)
		if db.Kind(err) == db.NotFound || err == nil && (row.Published == "" || row.Scope != disclosure.ScopePublic) {
			return Detail{}, notFound("没有公布过这个编号的公示。")
		}
		if err != nil {
			return Detail{}, err
		}
		name, err := b.pages.Name(ctx, b.pages.DB, row.Unit)
		if err != nil {
			return Detail{}, err
		}
		return b.detail(ctx, row, name)
	})
	b.dutyOperations()
}

// get adds an operation that reads.
func get[I, T any](b *Board, path, id, title string, f func(context.Context, *I) (T, error)) {
	huma.Register(b.api, huma.Operation{OperationID: id, Method: http.MethodGet, Path: path, Summary: title,
		Errors: []int{http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusInternalServerError}},
		func(ctx context.Context, in *I) (*answer[T], error) {
			v, err := f(ctx, in)
			var p *Problem
			if err == nil || errors.As(err, &p) {
				return &answer[T]{v}, err
			}
			if ctx.Err() == nil {
				slog.Error("open data", "operation", id, "err", err)
			}
			return nil, huma.Error500InternalServerError("")
		})
}

func (b *Board) list(ctx context.Context, in *pick) (Notices, error) {
	f := disclosure.BoardFilter{Area: in.Unit, Subject: in.Subject, From: in.From, To: in.To, Words: in.Q, Limit: in.Limit + 1}
	for name, d := range map[string]calendar.Date{"from": in.From, "to": in.To} {
		if d != "" && !d.Valid() {
			return Notices{}, problem(http.StatusUnprocessableEntity, "日期请写作 2026-11-23。", "query."+name)
		}
	}
	if in.Cursor != "" {
		day, id, _ := strings.Cut(in.Cursor, ".")
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil || !calendar.Date(day).Valid() {
			return Notices{}, problem(http.StatusUnprocessableEntity, "cursor 请原样使用上一页的 next。", "query.cursor")
		}
		f.Before = disclosure.Cursor{Published: calendar.Date(day), ID: n}
	}
	rows, err := disclosure.Board(ctx, b.pages.DB, b.pages.Town, f)
	if err != nil {
		return Notices{}, err
	}
	out := Notices{Items: []Summary{}}
	if len(rows) > in.Limit {
		rows = rows[:in.Limit]
		last := rows[in.Limit-1]
		out.Next = string(last.Published) + "." + strconv.FormatInt(last.ID, 10)
	}
	names, err := b.names(ctx, rows)
	for _, row := range rows {
		out.Items = append(out.Items, summary(row, names[row.Unit]))
	}
	return out, err
}

// ServeHTTP answers programs: any page may read, what is unchanged is not sent again.
func (b *Board) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	got := &caught{head: http.Header{}, status: http.StatusOK}
	if _, pattern := b.mux.Handler(r); pattern == "" {
		got.status = http.StatusNotFound
		got.head.Set("Content-Type", problemType)
		got.body.Write(problem(http.StatusNotFound, "没有这个地址，有哪些见 /api/。").body())
	} else {
		b.mux.ServeHTTP(got, r)
	}
	for name, values := range got.head {
		if name != "Content-Length" && name != "Content-Type" {
			h[name] = values
		}
	}
	kind := got.head.Get("Content-Type")
	if kind == "application/json" || kind == problemType {
		kind += "; charset=utf-8"
	}
	web.SendData(w, r, got.status, kind, got.body.Bytes())
}

// caught holds an answer back until it is whole.
type caught struct {
	head   http.Header
	status int
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (c *caught) Header() http.Header { return c.head }

// Write implements http.ResponseWriter.
func (c *caught) Write(b []byte) (int, error) { return c.body.Write(b) }

// WriteHeader implements http.ResponseWriter.
func (c *caught) WriteHeader(status int) { c.status = status }
