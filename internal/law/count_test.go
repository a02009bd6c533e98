package law

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestCounting(t *testing.T) {
	for _, c := range []struct {
		name string
		got  bool
		want bool
	}{
		{"half of 30 is no majority", MoreThanHalf(15, 30), false},
		{"16 of 30 is", MoreThanHalf(16, 30), true},
		{"16 of 31 is", MoreThanHalf(16, 31), true},
		{"15 of 31 is not", MoreThanHalf(15, 31), false},
		{"two thirds of 30 exactly, at least", AtLeast(20, 30, 2, 3), true},
		{"two thirds of 30 exactly, more than", MoreThan(20, 30, 2, 3), false},
		{"21 of 30 is more than two thirds", MoreThan(21, 30, 2, 3), true},
		{"21 of 31 is at least two thirds", AtLeast(21, 31, 2, 3), true},
		{"20 of 31 is not", AtLeast(20, 31, 2, 3), false},
		{"nothing of nothing", AtLeast(0, 0, 1, 3), false},
		{"nothing of nothing, half", MoreThanHalf(0, 0), false},
		{"negative", AtLeast(-1, 3, 0, 3), false},
		{"beyond 64 bits", MoreThan(math.MaxInt64, math.MaxInt64-1, 3, 3), true},
		{"beyond 64 bits, equal", MoreThan(math.MaxInt64, math.MaxInt64, 3, 3), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v", c.name, c.got)
		}
	}
}

func TestLeastCountsAreLeast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.Int64Range(1, 1_000_000).Draw(t, "whole")
		d := rapid.Int64Range(1, 100).Draw(t, "d")
		n := rapid.Int64Range(0, d).Draw(t, "n")
		if k := LeastMoreThan(whole, n, d); !MoreThan(k, whole, n, d) || MoreThan(k-1, whole, n, d) {
			t.Fatalf("%d is not the least more than %d·%d/%d", k, whole, n, d)
		}
		if k := LeastAtLeast(whole, n, d); !AtLeast(k, whole, n, d) || AtLeast(k-1, whole, n, d) {
			t.Fatalf("%d is not the least at least %d·%d/%d", k, whole, n, d)
		}
	})
}
