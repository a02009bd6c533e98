package calendar

// maxSearch bounds the walk to the next working day; the longest rest on record
// is nine days.
const maxSearch = 31

// NextWorkday is d itself when it is worked, else the first working day after
// it. known is false when a year without a notice was looked at.
func NextWorkday(d Date) (next Date, known bool) {
	if !countable(d) {
		return d, false
	}
	known = true
	next = d
	for range maxSearch {
		workday, k := IsWorkday(next)
		known = known && k
		if workday {
			return next, known
		}
		next = next.AddDays(1)
	}
	return next, known
}

// AddWorkdays is the n-th working day after d; d itself is not counted. A
// negative n counts back. With n = 0 it is d.
func AddWorkdays(d Date, n int) (day Date, known bool) {
	if !countable(d) {
		return d, false
	}
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	known = true
	for n > 0 {
		d = d.AddDays(step)
		workday, k := IsWorkday(d)
		known = known && k
		if workday {
			n--
		}
	}
	return d, known
}

// WorkdaysBetween counts the working days after a up to and including b, as a
// period in working days counts them. It is 0 when b is not later than a.
func WorkdaysBetween(a, b Date) (n int, known bool) {
	if !countable(a) || !countable(b) {
		return 0, false
	}
	known = true
	for d := a.AddDays(1); d <= b; d = d.AddDays(1) {
		workday, k := IsWorkday(d)
		known = known && k
		if workday {
			n++
		}
	}
	return n, known
}

// countable keeps unknown and endless dates out of the walks above, which would
// otherwise never arrive.
func countable(d Date) bool { return d.Valid() && d != Forever }
