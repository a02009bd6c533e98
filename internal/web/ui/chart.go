package ui

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Point is one labelled value. Values are whole numbers in their smallest unit
// (heads, fen, minutes); the chart's Decimals says where the point stands.
type Point struct {
	Label string
	Value int64
}

// ChartProps is a chart of one series.
type ChartProps struct {
	Title    string
	Unit     string // 人, 元
	Decimals int    // 2 when values are fen and Unit is 元
	Points   []Point
	Label    string // heading of the label column in the table; 项目 when empty
	Lying    bool   // bars lie down even when their labels are short, as on the large-type faces
}

// Group is one bar of a stacked chart, or one point in time of a line chart:
// one value per series.
type Group struct {
	Label  string
	Values []int64
}

// SeriesProps is a chart of several series.
type SeriesProps struct {
	Title    string
	Unit     string
	Decimals int
	Series   []string
	Groups   []Group
	Label    string
}

// scale maps values to the height of a plot. Zero is always on it, because a
// bar cut off at the foot lies about proportions.
type scale struct {
	low, high, step int64
}

// newScale finds round steps that cover all values and zero, at most eight of them.
func newScale(values []int64) scale {
	var low, high int64
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	if low == 0 && high == 0 {
		return scale{0, 4, 1}
	}
	step := niceStep(float64(high) - float64(low))
	return scale{floorTo(low, step), ceilTo(high, step), step}
}

// niceStep is 1, 2 or 5 times a power of ten, a sixth of the span or more.
func niceStep(span float64) int64 {
	raw := span / 6
	if raw <= 1 {
		return 1
	}
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 5, 10} {
		if m*power >= raw {
			return int64(m * power)
		}
	}
	return int64(10 * power)
}

func floorTo(v, step int64) int64 {
	q := v / step
	if v%step < 0 {
		q--
	}
	return q * step
}

func ceilTo(v, step int64) int64 { return -floorTo(-v, step) }

// ticks are the labelled heights, lowest first.
func (s scale) ticks() []int64 {
	var list []int64
	for v := s.low; v <= s.high; v += s.step {
		list = append(list, v)
	}
	return list
}

// y is the distance of v from the top of a plot of this height.
func (s scale) y(v int64, height float64) float64 {
	return height * float64(s.high-v) / float64(s.high-s.low)
}

// px writes a coordinate with at most two decimals.
func px(f float64) string {
	return strconv.FormatFloat(math.Round(f*100)/100, 'f', -1, 64)
}

func pct(f float64) string { return px(f) + "%" }

// number writes v with its decimal point and separators.
func number(v int64, decimals int) string {
	sign := ""
	if v < 0 {
		sign, v = "-", -v
	}
	unit := int64(math.Pow10(decimals))
	s := sign + group(v/unit)
	if decimals > 0 {
		frac := strconv.FormatInt(v%unit, 10)
		s += "." + strings.Repeat("0", decimals-len(frac)) + frac
	}
	return s
}

// axisNumber is short enough for an axis: from ten thousand on in 万, from a
// hundred million on in 亿.
func axisNumber(v int64, decimals int) string {
	f := float64(v) / math.Pow10(decimals)
	switch a := math.Abs(f); {
	case a >= 1e8:
		return px(f/1e8) + "亿"
	case a >= 1e4:
		return px(f/1e4) + "万"
	}
	return px(f)
}

// share is the part of v in total as a percentage with one decimal; halves
// round up, as in the offices' tables.
func share(v, total int64) string {
	if total == 0 {
		return "0.0%"
	}
	tenths := int64(math.Floor(float64(v)*1000/float64(total) + .5))
	return number(tenths, 1) + "%"
}

// lying says that labels are too long or too many to stand below upright bars.
func lying(labels []string) bool {
	total := 0
	for _, l := range labels {
		n := utf8.RuneCountInString(l)
		if n > 6 {
			return true
		}
		total += n + 1
	}
	return total > 30
}

// every is the distance between labels that are printed below n points.
func every(n int) int { return max(1, (n+5)/6) }

func (p ChartProps) values() []int64 {
	list := make([]int64, len(p.Points))
	for i, pt := range p.Points {
		list[i] = pt.Value
	}
	return list
}

func (p ChartProps) labels() []string {
	list := make([]string, len(p.Points))
	for i, pt := range p.Points {
		list[i] = pt.Label
	}
	return list
}

func (p ChartProps) total() int64 {
	var sum int64
	for _, pt := range p.Points {
		sum += pt.Value
	}
	return sum
}

// rows are the chart's numbers as a table.
func (p ChartProps) rows() [][]string {
	list := make([][]string, len(p.Points))
	for i, pt := range p.Points {
		list[i] = []string{pt.Label, number(pt.Value, p.Decimals)}
	}
	return list
}

func (p ChartProps) heads() []string {
	return []string{or(p.Label, "项目"), or(p.Unit, "数值")}
}

func (p SeriesProps) rows() [][]string {
	list := make([][]string, len(p.Groups))
	for i, g := range p.Groups {
		row := []string{g.Label}
		for k := range p.Series {
			row = append(row, number(g.at(k), p.Decimals))
		}
		list[i] = row
	}
	return list
}

func (p SeriesProps) heads() []string {
	return append([]string{or(p.Label, "项目")}, p.Series...)
}

// at is the k-th value; a missing one counts as zero.
func (g Group) at(k int) int64 {
	if k < len(g.Values) {
		return g.Values[k]
	}
	return 0
}

// spoken is a chart in one sentence for readers of the picture alone.
func spoken(title, unit string, rows [][]string) string {
	parts := make([]string, len(rows))
	for i, r := range rows {
		parts[i] = strings.Join(r, " ")
	}
	return title + "（" + or(unit, "数值") + "）：" + strings.Join(parts, "；")
}
