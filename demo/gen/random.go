package main

import (
	"hash/fnv"
	"math/rand/v2"
	"time"
)

const seed = 321002003

// stream returns the random numbers of one named purpose.
func stream(name string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(name))
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// weighted picks an index with the given weights.
func weighted(r *rand.Rand, weights ...int) int {
	total := 0
	for _, w := range weights {
		total += w
	}
	n := r.IntN(total)
	for i, w := range weights {
		if n -= w; n < 0 {
			return i
		}
	}
	return len(weights) - 1
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

const layout = "2006-01-02"

func day(s string) time.Time {
	t, err := time.Parse(layout, s)
	if err != nil {
		panic(err)
	}
	return t
}

func addDays(s string, n int) string { return day(s).AddDate(0, 0, n).Format(layout) }

// addMonths moves a date by whole months; where the day does not exist, to the
// month's end.
func addMonths(s string, n int) string {
	t := day(s)
	first := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, n, 0)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1).Format(layout)
}

// between draws a date in [from, to].
func between(r *rand.Rand, from, to string) string {
	days := int(day(to).Sub(day(from)).Hours() / 24)
	return addDays(from, r.IntN(days+1))
}

// years are the completed years from one date to another.
func years(from, to string) int {
	a, b := day(from), day(to)
	n := b.Year() - a.Year()
	if addMonths(from, 12*n) > to {
		n--
	}
	return n
}
