package benchtown

import (
	"bytes"
	"strings"
	"testing"

	"cunju/internal/bench"
)

// TestCasesRun runs every case on a small town: a bench that cannot run measures nothing.
func TestCasesRun(t *testing.T) {
	var out bytes.Buffer
	cases := Cases(2_000)
	if err := bench.Run(t.Context(), &out, bench.Options{Dir: t.TempDir(), Acts: 1_000, Only: "p95", Cases: cases}); err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	for _, c := range cases {
		if !strings.Contains(out.String(), c.Name) {
			t.Errorf("no line for %q in\n%s", c.Name, &out)
		}
	}
}
