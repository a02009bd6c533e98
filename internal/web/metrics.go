package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// requestMetrics measure requests by route pattern. No label holds anything a
// visitor can choose, so neither personal data nor endless series can arise.
type requestMetrics struct {
	duration *prometheus.HistogramVec
	under    prometheus.Gauge
	refused  prometheus.Counter
}

func newRequestMetrics(reg *prometheus.Registry) (*requestMetrics, error) {
	m := &requestMetrics{
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "cunju_http_request_seconds",
			Help:    "Time to answer a request, by route, method and class of status.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"route", "method", "status"}),
		under: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "cunju_http_requests_under_way",
			Help: "Requests being answered now.",
		}),
		refused: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "cunju_http_requests_refused_total",
			Help: "Requests refused because too many were under way.",
		}),
	}
	for _, c := range []prometheus.Collector{m.duration, m.under, m.refused} {
		if err := reg.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (m *requestMetrics) observe(route, method string, status int, took time.Duration) {
	class := strconv.Itoa(status/100) + "xx"
	m.duration.WithLabelValues(route, methodLabel(method), class).Observe(took.Seconds())
}

// methodLabel keeps invented methods out of log and metrics.
func methodLabel(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete,
		http.MethodPatch, http.MethodOptions:
		return method
	}
	return "OTHER"
}

// showMetrics answers /metrics to the networks allowed to read it; to all others
// the page does not exist. A request that some unknown proxy forwarded counts as
// coming from outside.
func (s *Server) showMetrics(w http.ResponseWriter, r *http.Request) {
	m := markOf(r)
	_, ours := s.visitor(r)
	if !within(m.address, s.set.MetricsFrom) || (r.Header.Get("X-Forwarded-For") != "" && !ours) {
		s.fail(w, s.bare(r), NotFound(""))
		return
	}
	promhttp.HandlerFor(s.cfg.Registry, promhttp.HandlerOpts{}).ServeHTTP(w, r)
}
