package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"cunju/internal/bench"
	"cunju/internal/benchtown"
)

// A bench that cannot run measures nothing: a year of ten villages is published, served, read and packed.
func TestTheBoardsBenchRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("a year of ten villages takes some seconds")
	}
	var out bytes.Buffer
	for _, only := range []string{"proof, compressed", "data and feeds"} {
		if err := bench.Run(t.Context(), &out, bench.Options{Dir: t.TempDir(), Acts: 1000, Round: 20 * time.Millisecond, Only: only, Cases: benchtown.BoardCases(1, benchHouse)}); err != nil {
			t.Fatalf("%v\n%s", err, &out)
		}
		if !strings.Contains(out.String(), only) {
			t.Errorf("no line for %q in\n%s", only, &out)
		}
	}
	t.Log(out.String())
}
