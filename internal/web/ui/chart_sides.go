package ui

// SidesProps is figures beside each other as bars that lie: one row for each thing that is compared, one bar for each series that
// has a value for it. Every bar bears its series' name and its figure in words, so that neither colour nor length alone says anything.
type SidesProps struct {
	Title    string
	Unit     string // 元
	Decimals int    // 2 when values are fen and Unit is 元
	Series   []string
	Rows     []SidesRow
}

// SidesRow is one thing: a value for each series, nil where there is none.
type SidesRow struct {
	Label  string
	Values []*int64
}

// side is one bar of a row.
type side struct {
	Series string
	Value  int64
	Class  string
	Width  string
}

// sides are the bars of a row, as long as their value is beside the greatest of the whole chart.
func (p SidesProps) sides(r SidesRow) []side {
	var most int64
	for _, row := range p.Rows {
		for _, v := range row.Values {
			if v != nil {
				most = max(most, abs(*v))
			}
		}
	}
	var out []side
	for k, v := range r.Values {
		if v == nil || k >= len(p.Series) {
			continue
		}
		s := side{Value: *v, Class: sideClass(k), Width: "0%"}
		if len(p.Series) > 1 {
			s.Series = p.Series[k]
		}
		if most > 0 {
			s.Width = pct(float64(abs(*v)) * 100 / float64(most))
		}
		if *v < 0 {
			s.Class += " below"
		}
		out = append(out, s)
	}
	return out
}

// sideClass tells the series apart in black and white too: full, pale, only an outline.
func sideClass(series int) string { return []string{"full", "pale", "open"}[series%3] }

// heading is the title with its unit.
func (p SidesProps) heading() string {
	if p.Unit == "" {
		return p.Title
	}
	return p.Title + "（单位：" + p.Unit + "）"
}
