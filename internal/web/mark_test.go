package web

import (
	"net/http/httptest"
	"net/netip"
	"testing"
)

// TestVisitor: an address is believed only as far as our own proxies vouch for it.
func TestVisitor(t *testing.T) {
	s := &Server{set: Settings{Proxies: []netip.Prefix{
		netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("10.0.0.0/8"),
	}}}
	for _, c := range []struct{ peer, forwarded, want string }{
		{"192.0.2.1:5", "", "192.0.2.1"},
		{"192.0.2.1:5", "203.0.113.9", "192.0.2.1"},             // a stranger's claim
		{"127.0.0.1:5", "203.0.113.9", "203.0.113.9"},           // our proxy
		{"127.0.0.1:5", "6.6.6.6, 203.0.113.9", "203.0.113.9"},  // what the visitor made up
		{"127.0.0.1:5", "203.0.113.9, 10.1.1.1", "203.0.113.9"}, // two proxies of ours
		{"127.0.0.1:5", "rubbish", "127.0.0.1"},
		{"127.0.0.1:5", "203.0.113.9, rubbish", "127.0.0.1"},
		{"[::ffff:192.0.2.1]:5", "", "192.0.2.1"},
		{"[2001:db8::1]:5", "", "2001:db8::1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got, _ := s.visitor(r); got.String() != c.want {
			t.Errorf("%s for %q: %s, want %s", c.peer, c.forwarded, got, c.want)
		}
	}
}
