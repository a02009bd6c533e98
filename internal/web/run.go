package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Run serves on addr (host:port; port 0 takes a free one) until ctx ends, and
// tells onListen the address taken. Then it accepts nothing new, lets requests
// under way finish within Settings.StopWithin, and cuts the rest.
func (s *Server) Run(ctx context.Context, addr string, onListen func(net.Addr)) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", addr, err)
	}
	// Requests outlive the signal to stop, but not the time given for it.
	base, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	srv := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 10 * time.Second,
		WriteTimeout:      s.set.WriteStall, // moved on with every write
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		BaseContext:       func(net.Listener) context.Context { return base },
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(listener) }()
	if onListen != nil {
		onListen(listener.Addr())
	}
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	limit, cancel := context.WithTimeout(base, s.set.StopWithin)
	defer cancel()
	err = srv.Shutdown(limit)
	if errors.Is(err, context.DeadlineExceeded) {
		cut()
		srv.Close()
		err = errors.New("requests were still under way when the time to stop ran out")
	}
	<-done
	return err
}
