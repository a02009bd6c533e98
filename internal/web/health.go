package web

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// healthWait is how long the database may take for a sign of life.
const healthWait = 2 * time.Second

// health answers /healthz for monitors: 200 with the journal's position, or 503.
func (s *Server) health(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), healthWait)
	defer cancel()
	report := struct {
		Status   string `json:"status"`
		Position *int64 `json:"position,omitempty"`
	}{Status: "ok"}
	err := s.cfg.Ping(ctx)
	if err == nil && s.cfg.Position != nil {
		var n int64
		if n, err = s.cfg.Position(ctx); err == nil {
			report.Position = &n
		}
	}
	status := http.StatusOK
	if err != nil {
		markOf(r).err = err
		status, report.Status = http.StatusServiceUnavailable, "unavailable"
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(report) // the monitor may have gone
}
