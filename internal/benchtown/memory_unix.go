//go:build unix

package benchtown

import (
	"os"
	"syscall"
)

// peakMemory is the most that a process kept resident, in MiB.
func peakMemory(s *os.ProcessState) float64 {
	if u, ok := s.SysUsage().(*syscall.Rusage); ok {
		return float64(u.Maxrss) / 1024
	}
	return 0
}
