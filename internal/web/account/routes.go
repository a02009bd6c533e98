package account

import (
	"context"

	"cunju/internal/web"
)

// Pages are the pages of log-in and of one's own account.
type Pages struct {
	store    *Store
	identify func(context.Context, int64) (web.Identity, error)
}

// NewPages makes the pages; identify is the function given to web.Config, asked
// where to go after log-in.
func NewPages(store *Store, identify func(context.Context, int64) (web.Identity, error)) *Pages {
	return &Pages{store, identify}
}

// Routes adds the pages to the site map.
func (p *Pages) Routes(rt *web.Router) {
	// Coming and going.
	rt.Public.Get(web.LoginPath, p.showLogin)
	rt.Public.Post(web.LoginPath, p.login)
	rt.Public.Post("/logout", p.logout)
	rt.Public.Get("/activate", p.showActivate)
	rt.Public.Post("/activate", p.activate)
	// One's own account.
	rt.Mine.Get(web.PasswordPath, p.showPassword, web.WhileMustChange())
	rt.Mine.Post(web.PasswordPath, p.changePassword, web.WhileMustChange())
	rt.Mine.Get("/me/security", p.security)
	rt.Mine.Post("/me/security/end", p.endSessions)
}

// landing is the first page after log-in: where the person was going, else the
// desk for those who hold an office, else the person's own pages.
func (p *Pages) landing(ctx context.Context, account int64, back string) (string, error) {
	if back != "/" {
		return back, nil
	}
	who, err := p.identify(ctx, account)
	if err != nil {
		return "", err
	}
	if len(who.Actor.Offices) > 0 {
		return "/desk", nil
	}
	return "/me", nil
}

// from tells where a request comes from.
func from(r *web.Request) Origin {
	o := Origin{Address: r.Address.String(), Device: web.Device(r.UserAgent())}
	if c, err := r.Cookie(deviceCookie); err == nil && len(c.Value) <= 64 {
		o.Token = c.Value
	}
	return o
}
