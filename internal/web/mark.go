package web

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"net/http"
	"net/netip"
	"strings"
)

// mark is what the outer layers know of a request and what the edge reports back
// to them for the log.
type mark struct {
	id      string
	address netip.Addr
	https   bool
	err     error
}

type markKey struct{}

// markOf finds the request's mark; a request that came around the outer layers
// gets an empty one.
func markOf(r *http.Request) *mark {
	if m, ok := r.Context().Value(markKey{}).(*mark); ok {
		return m
	}
	return &mark{}
}

func withMark(r *http.Request, m *mark) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), markKey{}, m))
}

// newMark numbers a request and finds out where it comes from.
func (s *Server) newMark(r *http.Request) *mark {
	address, forwarded := s.visitor(r)
	m := &mark{id: requestID(), address: address, https: r.TLS != nil}
	if forwarded && strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https") {
		m.https = true
	}
	return m
}

// requestID is a number people can read out on the telephone: eight letters and
// digits without 0, 1, 8 and 9.
func requestID() string {
	var b [5]byte
	rand.Read(b[:])
	return base32.StdEncoding.EncodeToString(b[:])
}

// visitor is the visitor's address. Behind our own proxies it is the last address
// in X-Forwarded-For that is not a proxy of ours; forwarded says that a proxy of
// ours spoke.
func (s *Server) visitor(r *http.Request) (address netip.Addr, forwarded bool) {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}, false
	}
	address = peer.Addr().Unmap()
	if !within(address, s.set.Proxies) {
		return address, false
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		hop, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		address = hop.Unmap()
		if !within(address, s.set.Proxies) {
			break
		}
	}
	return address, true
}

func within(a netip.Addr, nets []netip.Prefix) bool {
	for _, n := range nets {
		if n.Contains(a) {
			return true
		}
	}
	return false
}
