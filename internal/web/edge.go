package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
)

// ErrNobody says that an account stands for nobody any more: closed, locked or
// gone.
var ErrNobody = errors.New("the account is not in use")

// sizeCookie remembers the choice of large letters.
const sizeCookie = "size"

// edge turns a page into a handler: session, identity, the face's door, the page
// itself, and the answer. Errors become pages only here.
func (s *Server) edge(route Route, page Page) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r := s.bare(req)
		defer r.leaveRoom()
		if req.Body != nil && req.Body != http.NoBody {
			r.most = max(route.MaxBody, 1)
			r.Body = http.MaxBytesReader(w, s.pacedBody(w, req.Body), r.most)
		}
		loaded, err := s.enter(r)
		var res Response
		if err == nil {
			res, err = s.door(r, route)
		}
		if err == nil && res.status == 0 {
			res, err = runPage(page, r)
		}
		if err == nil {
			err = s.answer(w, r, res, loaded)
		}
		if err != nil {
			s.fail(w, r, err)
		}
	})
}

// plain gives a handler that knows no visitor the paced writer of the edge.
func (s *Server) plain(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		h.ServeHTTP(s.pacedWriter(w), req)
	})
}

// bare makes a request of a visitor not yet known.
func (s *Server) bare(req *http.Request) *Request {
	mark := markOf(req)
	r := &Request{
		Request: req, Town: s.cfg.Town, Assets: s.assets.links, server: s,
		ID: mark.id, Address: mark.address, HTTPS: mark.https,
	}
	if c, err := req.Cookie(sizeCookie); err == nil && c.Value == "large" {
		r.LargeText = true
	}
	return r
}

// enter loads the session and finds out who came.
func (s *Server) enter(r *Request) (loaded string, err error) {
	ctx, loaded, err := s.loadSession(r.Request)
	if err != nil {
		return "", err
	}
	r.Request = r.WithContext(ctx)
	account := s.sessions.GetInt64(ctx, SessionAccount)
	if account == 0 {
		return loaded, nil
	}
	who, err := s.cfg.Identify(ctx, account)
	if errors.Is(err, ErrNobody) {
		return loaded, s.sessions.Destroy(ctx)
	}
	if err != nil {
		return loaded, err
	}
	r.Account, r.Who, r.mustChange = account, who.Actor, who.MustChange
	return loaded, nil
}

// door lets a visitor into the route's face, or answers itself.
func (s *Server) door(r *Request, route Route) (Response, error) {
	if route.Face != Public && !r.LoggedIn() {
		if r.Method == http.MethodGet || r.Method == http.MethodHead {
			return Redirect(LoginPath + "?back=" + url.QueryEscape(r.URL.RequestURI())), nil
		}
		return Response{}, Fail(http.StatusUnauthorized, "")
	}
	if r.mustChange && !route.whileMustChange && route.Face != Public {
		return Redirect(PasswordPath), nil
	}
	if route.Face == Desk && len(r.Who.Offices) == 0 {
		return Response{}, Forbidden("您目前没有担任职务，不能进入工作台。")
	}
	return Response{}, nil
}

// runPage runs the page and turns a panic into an error with its stack.
func runPage(page Page, r *Request) (res Response, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("page panicked: %v\n%s", p, debug.Stack())
		}
	}()
	return page(r)
}

// fail shows the error page and notes the cause for the request's line in the log.
func (s *Server) fail(w http.ResponseWriter, r *Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		// The visitor left; there is nobody to show a page to.
		markOf(r.Request).err = err
		w.WriteHeader(statusLeft)
		return
	}
	e := asError(err, s.cfg.Explain)
	markOf(r.Request).err = e.Err
	s.writeError(w, r, e)
}

// statusLeft is logged for a visitor who closed the connection before the answer.
const statusLeft = 499
