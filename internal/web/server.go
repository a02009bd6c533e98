package web

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/prometheus/client_golang/prometheus"
)

// Config is what the house is built from. Everything without "may be nil" is
// needed.
type Config struct {
	// Settings are the operator's values; see DefaultSettings.
	Settings Settings
	// Town is the 9-digit division code of the town served.
	Town string
	// Log gets one line a request.
	Log *slog.Logger
	// Registry gets the metrics of requests and is what /metrics shows.
	Registry *prometheus.Registry
	// Sessions keeps sessions.
	Sessions SessionStore
	// Identify says who an account stands for now. Not found, locked or closed is
	// ErrNobody, and the session ends.
	Identify func(ctx context.Context, account int64) (Identity, error)
	// Assets holds the built styles and scripts with their manifest.json.
	Assets fs.FS
	// Ping asks the database for a sign of life.
	Ping func(ctx context.Context) error
	// Position is the number of acts in the journal; may be nil.
	Position func(ctx context.Context) (int64, error)
	// Explain finds words for the slices' refusals and conflicts, or nil for
	// errors it does not know; may itself be nil.
	Explain func(error) *Error
	// Clock is time.Now when nil.
	Clock func() time.Time
}

// Paths of pages the edge sends people to.
const (
	// LoginPath shows the log-in form.
	LoginPath = "/login"
	// PasswordPath shows the form to change one's own password.
	PasswordPath = "/me/password"
)

// Server answers requests. Make one with New, fill its Router, then Run it.
type Server struct {
	// Router takes the routes; it must not change once the server runs.
	Router *Router

	set      Settings
	cfg      Config
	now      func() time.Time
	log      *slog.Logger
	mux      *http.ServeMux
	sessions *scs.SessionManager
	assets   *assetStore
	metrics  *requestMetrics
	slots    chan struct{}
	room     *room // for uploads of people who are logged in
	guests   *room // for those of others
	handler  http.Handler
}

// New builds a server with the routes of the house itself: assets, health,
// metrics, the size of letters.
func New(cfg Config) (*Server, error) {
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	assets, err := loadAssets(cfg.Assets)
	if err != nil {
		return nil, err
	}
	s := &Server{
		set: cfg.Settings, cfg: cfg, now: cfg.Clock, log: cfg.Log,
		mux:      http.NewServeMux(),
		sessions: newSessions(cfg.Sessions, cfg.Settings),
		assets:   assets,
		slots:    make(chan struct{}, cfg.Settings.MaxParallel),
		room:     newRoom(cfg.Settings.UploadRoom),
		guests:   newRoom(cfg.Settings.GuestRoom),
	}
	if s.metrics, err = newRequestMetrics(cfg.Registry); err != nil {
		return nil, err
	}
	s.Router = newRouter(s)
	s.mux.Handle("GET /assets/", s.assets)
	s.mux.HandleFunc("GET /healthz", s.health)
	s.mux.HandleFunc("GET /metrics", s.showMetrics)
	s.mux.Handle("/", s.edge(Route{Pattern: "/", Face: Public, whileMustChange: true}, pageUnknown))
	s.Router.Public.Get("/size", pageSize, WhileMustChange())
	s.handler = s.outside(s.mux)
	return s, nil
}

// ServeHTTP answers one request with all the safety of the house.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// pageUnknown answers every path outside the site map.
func pageUnknown(*Request) (Response, error) { return Response{}, NotFound("") }

// pageSize keeps the choice of large or ordinary letters for a year and goes back
// to where the visitor came from.
func pageSize(r *Request) (Response, error) {
	switch r.Query("to") {
	case "large":
		return Redirect(r.Back()).withCookie(sizeCookie, "large", 365*24*3600), nil
	case "normal":
		return Redirect(r.Back()).withCookie(sizeCookie, "", -1), nil
	}
	return Response{}, BadRequest("没有这种字号。")
}
