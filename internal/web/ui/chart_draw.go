package ui

import (
	"math"
	"strconv"
)

// plotHeight is the height of a plot in pixels, plotTop the room above it for
// the figure on the highest bar.
const (
	plotHeight = 140.0
	plotTop    = 18.0
)

// bar is one upright bar: x and width in percent of the plot, y and height in
// pixels, so that text keeps its size however wide the plot is.
type bar struct {
	Label   string
	Text    string
	X, W    float64
	Y, H    float64
	TextY   float64
	Series  int
	Current bool
}

func (b bar) middle() string { return pct(b.X + b.W/2) }

// bars places one bar per point, half of each slot wide.
func (p ChartProps) bars(s scale) []bar {
	slot := 100 / float64(max(1, len(p.Points)))
	list := make([]bar, len(p.Points))
	for i, pt := range p.Points {
		top, foot := s.y(max(pt.Value, 0), plotHeight), s.y(min(pt.Value, 0), plotHeight)
		b := bar{Label: pt.Label, Text: axisNumber(pt.Value, p.Decimals), X: slot*float64(i) + slot*.26, W: slot * .48, Y: plotTop + top, H: foot - top}
		b.TextY = b.Y - 5
		if pt.Value < 0 {
			b.TextY = b.Y + b.H + 13
		}
		list[i] = b
	}
	return list
}

// stack is one bar of a stacked chart from the baseline up.
type stack struct {
	Label string
	Text  string // the sum
	TextY float64
	Parts []bar
	Mid   string
}

// stacks places the parts of each group on top of each other. Negative values
// have no place in a stack and are drawn as nothing; the table shows them.
func (p SeriesProps) stacks() ([]stack, scale) {
	sums := make([]int64, len(p.Groups))
	for i, g := range p.Groups {
		for k := range p.Series {
			sums[i] += max(0, g.at(k))
		}
	}
	s := newScale(sums)
	slot := 100 / float64(max(1, len(p.Groups)))
	list := make([]stack, len(p.Groups))
	for i, g := range p.Groups {
		x, w := slot*float64(i)+slot*.26, slot*.48
		st := stack{Label: g.Label, Text: axisNumber(sums[i], p.Decimals), TextY: plotTop + s.y(sums[i], plotHeight) - 5, Mid: pct(x + w/2)}
		var below int64
		for k := range p.Series {
			v := max(0, g.at(k))
			top, foot := s.y(below+v, plotHeight), s.y(below, plotHeight)
			if v > 0 {
				st.Parts = append(st.Parts, bar{X: x, W: w, Y: plotTop + top, H: foot - top, Series: k})
			}
			below += v
		}
		list[i] = st
	}
	return list, s
}

// dot is one point of a line, x in percent, y in pixels.
type dot struct{ X, Y float64 }

// lines places each series' points at the middle of their slots.
func (p SeriesProps) lines() ([][]dot, scale) {
	var all []int64
	for _, g := range p.Groups {
		for k := range p.Series {
			all = append(all, g.at(k))
		}
	}
	s := newScale(all)
	list := make([][]dot, len(p.Series))
	for k := range p.Series {
		for i, g := range p.Groups {
			list[k] = append(list[k], dot{p.x(i), plotTop + s.y(g.at(k), plotHeight)})
		}
	}
	return list, s
}

// x is the middle of slot i in percent.
func (p SeriesProps) x(i int) float64 {
	return 100 / float64(max(1, len(p.Groups))) * (float64(i) + .5)
}

// arc is one part of a ring as a dash on a circle of circumference 100.
type arc struct {
	Dash   string // length of the part and the rest
	Offset string
	Label  string
	Text   string
	Share  string
	Series int
}

// arcs turns points into parts of a ring, clockwise from the top. Zero and
// negative values take no part.
func (p ChartProps) arcs() []arc {
	total := 0.0
	for _, pt := range p.Points {
		total += float64(max(0, pt.Value))
	}
	var list []arc
	done := 0.0
	for i, pt := range p.Points {
		a := arc{Label: pt.Label, Text: number(pt.Value, p.Decimals), Series: i, Share: share(max(0, pt.Value), int64(total))}
		part := 0.0
		if total > 0 {
			part = float64(max(0, pt.Value)) * 100 / total
		}
		a.Dash = px(part) + " " + px(100-part)
		a.Offset = px(25 - done)
		done += part
		list = append(list, a)
	}
	return list
}

// sparkPath draws values as one line in a box of 100 by 24, zero at the foot.
func sparkPath(values []int64) string {
	if len(values) < 2 {
		return ""
	}
	s := newScale(values)
	step := 100 / float64(len(values)-1)
	path := ""
	for i, v := range values {
		letter := "L"
		if i == 0 {
			letter = "M"
		}
		path += letter + px(step*float64(i)) + " " + px(1+s.y(v, 22))
	}
	return path
}

// width is a bar lying down, in percent of the largest magnitude.
func (p ChartProps) width(v int64) string {
	var most int64
	for _, pt := range p.Points {
		most = max(most, abs(pt.Value))
	}
	if most == 0 {
		return "0%"
	}
	return pct(float64(abs(v)) * 100 / float64(most))
}

func abs(v int64) int64 {
	if v < 0 {
		return -v
	}
	return v
}

// colour is the class of a series; six differ, then they come again.
func colour(series int) string { return "c" + strconv.Itoa(series%6+1) }

// plotBox is the height of the whole drawing: room above, plot, labels.
func plotBox() string { return px(math.Ceil(plotTop + plotHeight + 24)) }

// axisClass reserves room for the longest figure on the axis.
func axisClass(s scale, decimals int) string {
	longest := 0
	for _, t := range s.ticks() {
		longest = max(longest, len(axisNumber(t, decimals)))
	}
	switch {
	case longest <= 2:
		return "axis-2"
	case longest <= 3:
		return "axis-3"
	case longest <= 5:
		return "axis-4"
	}
	return "axis-6"
}
