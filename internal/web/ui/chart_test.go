package ui

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestScaleIsRoundAndHoldsZero(t *testing.T) {
	for _, c := range []struct {
		values          []int64
		low, high, step int64
	}{
		{nil, 0, 4, 1},
		{[]int64{0, 0}, 0, 4, 1},
		{[]int64{1}, 0, 1, 1},
		{[]int64{31, 42, 38, 47, 55}, 0, 60, 10},
		{[]int64{100, 101}, 0, 120, 20},
		{[]int64{-8000, 12000}, -10000, 15000, 5000},
		{[]int64{-3}, -3, 0, 1},
		{[]int64{418}, 0, 500, 100},
	} {
		if s := newScale(c.values); s != (scale{c.low, c.high, c.step}) {
			t.Errorf("scale of %v is %+v, want %d…%d by %d", c.values, s, c.low, c.high, c.step)
		}
	}
}

func TestScaleCoversAnyValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(-1e15, 1e15), 1, 20).Draw(t, "values")
		s := newScale(values)
		if s.low > min(0, slices.Min(values)) || s.high < max(0, slices.Max(values)) || s.low > 0 || s.high < 0 {
			t.Fatalf("%+v does not cover %v and zero", s, values)
		}
		if n := len(s.ticks()); n < 2 || n > 9 {
			t.Fatalf("%d ticks on %+v", n, s)
		}
		if !slices.Contains(s.ticks(), 0) {
			t.Fatalf("no tick at zero on %+v", s)
		}
	})
}

func TestBarsStandOnZeroInProportion(t *testing.T) {
	p := ChartProps{Points: []Point{{"甲", 50}, {"乙", -25}, {"丙", 0}}}
	s := newScale(p.values())
	bars := p.bars(s)
	zero := plotTop + s.y(0, plotHeight)
	if foot := bars[0].Y + bars[0].H; math.Abs(foot-zero) > 1e-9 {
		t.Errorf("the first bar ends at %v, the baseline is %v", foot, zero)
	}
	if math.Abs(bars[1].Y-zero) > 1e-9 {
		t.Errorf("the negative bar starts at %v, the baseline is %v", bars[1].Y, zero)
	}
	if math.Abs(bars[0].H-2*bars[1].H) > 1e-9 || bars[2].H != 0 {
		t.Errorf("heights %v, %v, %v are not as 2 : 1 : 0", bars[0].H, bars[1].H, bars[2].H)
	}
}

func TestStacksAddUp(t *testing.T) {
	p := SeriesProps{Series: []string{"甲", "乙", "丙"}, Groups: []Group{{"一", []int64{3, 4, 5}}, {"二", []int64{10}}}}
	stacks, s := p.stacks()
	if stacks[0].Text != "12" || stacks[1].Text != "10" {
		t.Errorf("sums %s and %s, want 12 and 10", stacks[0].Text, stacks[1].Text)
	}
	total := 0.0
	for i, b := range stacks[0].Parts {
		total += b.H
		if i > 0 && math.Abs(b.Y+b.H-stacks[0].Parts[i-1].Y) > 1e-9 {
			t.Errorf("part %d does not stand on the one below", i)
		}
	}
	if want := s.y(0, plotHeight) - s.y(12, plotHeight); math.Abs(total-want) > 1e-9 {
		t.Errorf("the parts are %v high, their sum %v", total, want)
	}
	if len(stacks[1].Parts) != 1 {
		t.Errorf("%d parts drawn for one value", len(stacks[1].Parts))
	}
}

func TestArcsFillTheRing(t *testing.T) {
	arcs := ChartProps{Points: []Point{{"甲", 206}, {"乙", 7}, {"丙", 23}, {"丁", 0}}}.arcs()
	for i, want := range []struct{ dash, offset, share string }{
		{"87.29 12.71", "25", "87.3%"}, {"2.97 97.03", "-62.29", "3.0%"}, {"9.75 90.25", "-65.25", "9.7%"}, {"0 100", "-75", "0.0%"},
	} {
		if a := arcs[i]; a.Dash != want.dash || a.Offset != want.offset || a.Share != want.share {
			t.Errorf("part %d is %+v, want %+v", i, a, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		value    int64
		decimals int
		full     string
		axis     string
	}{
		{0, 0, "0", "0"}, {1206, 0, "1,206", "1206"}, {12865075, 2, "128,650.75", "12.87万"}, {-800000, 2, "-8,000.00", "-8000"},
		{5, 2, "0.05", "0.05"}, {150000000000, 2, "1,500,000,000.00", "15亿"}, {986, 1, "98.6", "98.6"},
	} {
		if got := number(c.value, c.decimals); got != c.full {
			t.Errorf("number(%d, %d) = %q, want %q", c.value, c.decimals, got, c.full)
		}
		if got := axisNumber(c.value, c.decimals); got != c.axis {
			t.Errorf("axisNumber(%d, %d) = %q, want %q", c.value, c.decimals, got, c.axis)
		}
	}
	if got := share(1, 0); got != "0.0%" {
		t.Errorf("a share of nothing is %q", got)
	}
}

func TestLabelsThatDoNotFitLieDown(t *testing.T) {
	for _, c := range []struct {
		labels []string
		lying  bool
	}{
		{[]string{"35岁以下", "36–45", "46–55", "56–65", "66岁以上"}, false},
		{[]string{"农贸市场党支部"}, true},
		{strings.Split("一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月", " "), true},
	} {
		if got := lying(c.labels); got != c.lying {
			t.Errorf("lying(%v) = %v", c.labels, got)
		}
	}
}

func TestChartsCarryTheirNumbersAsATable(t *testing.T) {
	html := render(t, Bar(sampleAges()))
	want(t, html, `role="img"`, `aria-label="年龄结构（人）：35岁以下 31；36–45 42`, `<table`, `scope="col" class="">年龄`, `scope="row">35岁以下`, `<td class="num">31</td>`)
	line := render(t, Line(SeriesProps{Title: "收支", Unit: "元", Decimals: 2, Series: []string{"收入", "支出"}, Groups: []Group{{"1月", []int64{100, 250}}, {"2月", []int64{300}}}}))
	want(t, line, `class="stroke c1"`, `class="stroke c2"`, `scope="row">1月`, `1.00`, `2.50`, `scope="row">2月`, `3.00`, `0.00`)
	if empty := render(t, Donut(ChartProps{})); !strings.Contains(empty, "还没有数据") {
		t.Error("a chart without points does not say so")
	}
}

func TestSpark(t *testing.T) {
	if got, want := sparkPath([]int64{0, 4, 2}), "M0 23L50 1L100 12"; got != want {
		t.Errorf("path %q, want %q", got, want)
	}
	if got := sparkPath([]int64{7}); got != "" {
		t.Errorf("one value draws %q", got)
	}
}

// Sides say everything in words; a bar is as long as its value beside the greatest of all, and a missing one is not drawn as nothing.
func TestSidesAreToldInWords(t *testing.T) {
	v := func(n int64) *int64 { return &n }
	html := render(t, Sides(SidesProps{Title: "收入", Unit: "元", Decimals: 2, Series: []string{"本期", "上期"}, Rows: []SidesRow{{"租金", []*int64{v(5000), v(20000)}}, {"其他", []*int64{v(-100), nil}}}}))
	want(t, html, "收入（单位：元）", "租金", "本期", `aria-hidden="true"`, `class="full" width="25%"`, "50.00", "上期", `class="pale" width="100%"`, "200.00", "其他", "本期", `class="full below" width="0.5%"`, "-1.00")
	if n := strings.Count(html, "<rect"); n != 3 {
		t.Errorf("%d bars", n)
	}
	if one := render(t, Sides(SidesProps{Title: "结余", Series: []string{"结余"}, Rows: []SidesRow{{"八月", []*int64{v(0)}}}})); strings.Count(one, "结余") != 1 || !strings.Contains(one, `width="0%"`) {
		t.Error(one)
	}
}
