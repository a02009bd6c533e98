package publish

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Meter counts what witnesses do. A nil Meter counts nothing.
type Meter struct {
	signed  *prometheus.CounterVec
	faults  *prometheus.CounterVec
	took    *prometheus.HistogramVec
	waited  prometheus.Histogram
	release *prometheus.CounterVec
}

// NewMeter registers the numbers.
func NewMeter(r prometheus.Registerer) (*Meter, error) {
	buckets := []float64{.01, .03, .1, .3, 1, 3, 10, 30}
	m := &Meter{
		signed:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "cunju_witness_cosigned_total", Help: "Checkpoints cosigned, by witness."}, []string{"witness"}),
		faults:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "cunju_witness_faults_total", Help: "Requests that a witness did not answer with a signature."}, []string{"witness", "fault"}),
		took:    prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "cunju_witness_seconds", Help: "Time until a witness had cosigned.", Buckets: buckets}, []string{"witness"}),
		waited:  prometheus.NewHistogram(prometheus.HistogramOpts{Name: "cunju_checkpoint_wait_seconds", Help: "Time from signing a checkpoint to publishing it.", Buckets: buckets}),
		release: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "cunju_checkpoints_total", Help: "Checkpoints published under a policy, with or without quorum."}, []string{"quorum"}),
	}
	for _, c := range []prometheus.Collector{m.signed, m.faults, m.took, m.waited, m.release} {
		if err := r.Register(c); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (m *Meter) cosigned(witness string, took time.Duration) {
	if m != nil {
		m.signed.WithLabelValues(witness).Inc()
		m.took.WithLabelValues(witness).Observe(took.Seconds())
	}
}

func (m *Meter) failed(witness string, f Fault) {
	if m != nil {
		m.faults.WithLabelValues(witness, string(f)).Inc()
	}
}

func (m *Meter) released(r Release) {
	if m != nil {
		quorum := "missing"
		if r.Quorum > 0 {
			quorum = "reached"
		}
		m.release.WithLabelValues(quorum).Inc()
		m.waited.Observe(float64(r.Released-r.Signed) / 1000)
	}
}
