package law

import "math/bits"

// MoreThanHalf reports part > whole/2 (过半数, 超过半数; 民法典 第一千二百五十九条
// on what "超过" leaves out). Nothing is a majority of nothing.
func MoreThanHalf(part, whole int64) bool { return MoreThan(part, whole, 1, 2) }

// MoreThan reports part > whole·n/d, without rounding (超过三分之二). Parts of
// nothing and negative counts are never more.
func MoreThan(part, whole, n, d int64) bool { return compare(part, whole, n, d) > 0 }

// AtLeast reports part ≥ whole·n/d, without rounding (三分之二以上, 不少于五分之四).
func AtLeast(part, whole, n, d int64) bool { return compare(part, whole, n, d) >= 0 }

// LeastMoreThan is the smallest count that MoreThan accepts.
func LeastMoreThan(whole, n, d int64) int64 { return whole*n/d + 1 }

// LeastAtLeast is the smallest count that AtLeast accepts.
func LeastAtLeast(whole, n, d int64) int64 { return (whole*n + d - 1) / d }

// compare orders part·d against whole·n in 128 bits: shares are counted in
// their smallest unit, and their products may pass 64 bits.
func compare(part, whole, n, d int64) int {
	if part < 0 || whole <= 0 || n < 0 || d <= 0 {
		return -1
	}
	ah, al := bits.Mul64(uint64(part), uint64(d))
	bh, bl := bits.Mul64(uint64(whole), uint64(n))
	switch {
	case ah > bh || ah == bh && al > bl:
		return 1
	case ah == bh && al == bl:
		return 0
	}
	return -1
}
