package journal

import (
	"flag"
	"os"
	"testing"
)

// The test program is also the process that fault tests kill.
func TestMain(m *testing.M) {
	if dsn := os.Getenv(victimDSN); dsn != "" {
		os.Exit(victim(dsn))
	}
	flag.Parse()
	// Each check of a property is a town of its own on a real database: fewer of them, each long.
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue {
		f.Value.Set("25")
		flag.Set("rapid.shrinktime", "10s")
		flag.Set("rapid.nofailfile", "true") // the seed is enough
	}
	os.Exit(m.Run())
}
