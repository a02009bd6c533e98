package web

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"

	"cunju/internal/access"
	"github.com/alexedwards/scs/v2"
)

// Keys of the values a session holds.
const (
	// SessionAccount holds the account number (int64) of who logged in.
	SessionAccount = "account"
	// SessionDevice holds a short description of the browser (string).
	SessionDevice = "device"
	// SessionAddress holds the network address at log-in (string).
	SessionAddress = "address"

	sessionFlash = "flash"
)

// sessionCookie is the name of the cookie with the session token.
const sessionCookie = "cunju"

// SessionStore keeps sessions. Tokens reach it hashed. Commit must insert only
// when [NewSession] says so, or a request that was under way while a session was
// revoked would bring it back to life.
type SessionStore interface {
	scs.CtxStore
}

// Identity is who an account stands for at this moment.
type Identity struct {
	// Actor is the person with the offices held today.
	Actor access.Actor
	// MustChange means the password has to be changed before anything else.
	MustChange bool
}

// newSessions sets up the session manager. The idle time-out is the store's work,
// because there it costs one write a minute instead of one a request.
func newSessions(store SessionStore, set Settings) *scs.SessionManager {
	m := scs.New()
	m.Store = store
	m.Lifetime = set.SessionLife
	m.HashTokenInStore = true
	return m
}

type newSessionKey struct{}

// NewSession tells a store whether the session it commits is a new one.
func NewSession(ctx context.Context) bool {
	fresh, _ := ctx.Value(newSessionKey{}).(bool)
	return fresh
}

// LogIn makes this session the account's, under a new token so that a token
// planted before log-in is worth nothing.
func (r *Request) LogIn(account int64) error {
	ctx, m := r.Context(), r.server.sessions
	if err := m.Clear(ctx); err != nil {
		return err
	}
	if err := m.RenewToken(ctx); err != nil {
		return err
	}
	m.Put(ctx, SessionAccount, account)
	m.Put(ctx, SessionDevice, Device(r.UserAgent()))
	m.Put(ctx, SessionAddress, r.Address.String())
	return nil
}

// LogOut ends this session.
func (r *Request) LogOut() error { return r.server.sessions.Destroy(r.Context()) }

// SessionID is the name of this session in the store: the hash of its token, or ""
// for a visitor without a session.
func (r *Request) SessionID() string {
	token := r.server.sessions.Token(r.Context())
	if token == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// loadSession puts the session into the request's context and gives the token it
// was found under.
func (s *Server) loadSession(req *http.Request) (context.Context, string, error) {
	token := ""
	if c, err := req.Cookie(sessionCookie); err == nil && len(c.Value) <= 64 {
		token = c.Value
	}
	ctx, err := s.sessions.Load(req.Context(), token)
	if err != nil {
		return nil, "", Unavailable("").Because(err)
	}
	return ctx, s.sessions.Token(ctx), nil
}

// saveSession stores a changed session and sets or clears its cookie. It runs
// before the first byte of the answer.
func (s *Server) saveSession(w http.ResponseWriter, r *Request, loaded string) error {
	ctx := r.Context()
	switch s.sessions.Status(ctx) {
	case scs.Modified:
		if s.sessions.Token(ctx) != loaded || loaded == "" {
			ctx = context.WithValue(ctx, newSessionKey{}, true)
		}
		token, _, err := s.sessions.Commit(ctx)
		if err != nil {
			return Unavailable("").Because(err)
		}
		if token != loaded {
			setCookie(w, r, sessionCookie, token, 0)
		}
	default:
		if _, err := r.Cookie(sessionCookie); err == nil && s.sessions.Token(ctx) == "" {
			setCookie(w, r, sessionCookie, "", -1)
		}
	}
	return nil
}

// setCookie sets a cookie that no script reads and no other site sends with a
// form. A maxAge of 0 ends with the browser; the server's own time-outs rule.
func setCookie(w http.ResponseWriter, r *Request, name, value string, maxAge int) {
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: maxAge,
		HttpOnly: true, Secure: r.HTTPS, SameSite: http.SameSiteLaxMode,
	})
}
