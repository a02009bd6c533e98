package web

import (
	"fmt"
	"net/http"
	"strings"
)

// Face is one of the three sides of the house.
type Face string

const (
	// Public pages need no log-in: the notice board, verification, log-in itself.
	Public Face = "public"
	// Mine is what a person sees of himself, under /me.
	Mine Face = "mine"
	// Desk is where offices work, under /desk; it needs an office held today.
	Desk Face = "desk"
)

// Route is one line of the site map.
type Route struct {
	// Method is GET or POST; a GET answers HEAD too.
	Method string
	// Pattern is the path with {wildcards}.
	Pattern string
	// Face says who may come in at all.
	Face Face
	// MaxBody is the largest body in bytes.
	MaxBody int64

	whileMustChange bool
}

// Option changes one route.
type Option func(*Route)

// MaxBody lets a route take bodies of up to n bytes: uploads.
func MaxBody(n int64) Option { return func(rt *Route) { rt.MaxBody = n } }

// WhileMustChange keeps a route open to a person who has to change the password
// first.
func WhileMustChange() Option { return func(rt *Route) { rt.whileMustChange = true } }

// Router collects the site map. Patterns are written out in full, so that a path
// seen in the browser is found by searching the code for it.
type Router struct {
	// Public, Mine and Desk take the routes of each face.
	Public, Mine, Desk *Group

	server *Server
	routes []Route
}

// Group is the routes of one face.
type Group struct {
	router *Router
	face   Face
}

func newRouter(s *Server) *Router {
	rt := &Router{server: s}
	rt.Public = &Group{rt, Public}
	rt.Mine = &Group{rt, Mine}
	rt.Desk = &Group{rt, Desk}
	return rt
}

// Routes is the site map in the order it was written.
func (rt *Router) Routes() []Route { return append([]Route(nil), rt.routes...) }

// Get adds a page to read.
func (g *Group) Get(pattern string, page Page, options ...Option) {
	g.add(http.MethodGet, pattern, page, options)
}

// Post adds a page that takes a form.
func (g *Group) Post(pattern string, page Page, options ...Option) {
	g.add(http.MethodPost, pattern, page, options)
}

// Handle adds a plain handler for GET, such as the log's files. Only the public
// face has such, since a plain handler knows no visitor.
func (g *Group) Handle(pattern string, h http.Handler) {
	if g.face != Public {
		panic("web: plain handlers belong to the public face: " + pattern)
	}
	route := Route{Method: http.MethodGet, Pattern: pattern, Face: g.face}
	g.check(route)
	g.router.server.mux.Handle("GET "+pattern, g.router.server.plain(h))
}

func (g *Group) add(method, pattern string, page Page, options []Option) {
	route := Route{Method: method, Pattern: pattern, Face: g.face, MaxBody: g.router.server.set.MaxBody}
	for _, o := range options {
		o(&route)
	}
	g.check(route)
	g.router.server.mux.Handle(method+" "+pattern, g.router.server.edge(route, page))
}

// check panics on a pattern under the wrong face: a mistake of the site map that
// must not wait for a visitor.
func (g *Group) check(route Route) {
	want := Public
	switch {
	case under(route.Pattern, "/me"):
		want = Mine
	case under(route.Pattern, "/desk"):
		want = Desk
	}
	if want != route.Face || !strings.HasPrefix(route.Pattern, "/") {
		panic(fmt.Sprintf("web: %s is not a path of the %s face", route.Pattern, route.Face))
	}
	g.router.routes = append(g.router.routes, route)
}

func under(pattern, prefix string) bool {
	return pattern == prefix || strings.HasPrefix(pattern, prefix+"/")
}
