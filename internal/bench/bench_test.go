package bench

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// Every case runs to its end on a small journal and prints its line. How fast is for make bench to say.
func TestEveryCaseRuns(t *testing.T) {
	var out bytes.Buffer
	o := Options{Dir: t.TempDir(), Acts: 1500, Batch: 200, Round: 10 * time.Millisecond, Cases: []Case{
		{Name: "one that is brought along", Target: Target{1, "ms", true}, Run: func(context.Context, *Bench) (Measure, error) { return Measure{Value: 0.5}, nil }}}}
	if os.Getenv("CUNJU_BENCH") != "" {
		o = Options{Dir: t.TempDir(), Only: os.Getenv("CUNJU_BENCH_ONLY")}
		if n := os.Getenv("CUNJU_BENCH"); n != "full" {
			fmt.Sscan(n, &o.Acts)
		}
	}
	err := Run(t.Context(), &out, o)
	t.Log("\n" + out.String())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range append(cases(), o.Cases...) {
		if !strings.Contains(out.String(), c.Name) {
			t.Errorf("no line for %q", c.Name)
		}
	}
}
