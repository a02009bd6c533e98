package sheet

import (
	"slices"
	"strings"
)

// HeaderSearch is how many rows from the top a header may begin in.
const HeaderSearch = 10

// maxHeaderHeight is how many rows a header with groups may take.
const maxHeaderHeight = 3

// Match says where a sheet's header is and which of its columns are which.
type Match struct {
	Sheet   string    `json:"sheet"`
	Index   int       `json:"index"`
	Row     int       `json:"row"`    // first header row, from 1
	Height  int       `json:"height"` // header rows
	Columns []Matched `json:"columns"`
	Unknown []Heading `json:"unknown,omitempty"` // kept as text with each row
	// Missing holds the titles of required columns that no heading matches.
	Missing []string `json:"missing,omitempty"`
	// Absent holds the titles of expected columns that no heading matches.
	Absent []string `json:"absent,omitempty"`
	// Doubles are headings that mean a column already matched; they are not read.
	Doubles []Heading `json:"doubles,omitempty"`
	score   int       // matched columns
	cost    int       // how far the headings are from the titles
	merged  []area
	scale   int64
}

// Heading is a column of the file that the layout does not know or use.
type Heading struct {
	Col   int    `json:"col"`
	Title string `json:"title"`
	Means string `json:"means,omitempty"` // title of the column it doubles
}

// Matched is a column of the file that the layout knows.
type Matched struct {
	Key   string `json:"key"`
	Title string `json:"title"`  // the layout's
	Found string `json:"found"`  // the file's
	Col   int    `json:"column"` // from 1
	Scale int64  `json:"scale,omitempty"`
	index int    // in the layout
	rank  int
}

// candidate is a possible meaning of a heading; a lower rank is a better one.
type candidate struct {
	layout, col, rank int
	scale             int64
}

// names is the layout's vocabulary: normalised heading to (column, rank).
type names map[string][]candidate

// vocabulary prepares a layout's titles and synonyms for matching.
func vocabulary(l *Layout) names {
	n := names{}
	for i := range l.Columns {
		for k, s := range append([]string{l.Columns[i].Title}, l.Columns[i].Synonyms...) {
			if h := parseHeading(s); h.full != "" {
				n[h.full] = append(n[h.full], candidate{layout: i, rank: k})
			}
		}
	}
	return n
}

// Ranks by how a heading was recognised; the place among the synonyms adds to it.
const (
	rankFull   = 0
	rankShort  = 1000
	rankLowest = 2000
)

// assign finds the best meaning of each heading. Its result does not depend on
// the order of the columns, but where two headings are the same word.
func (n names) assign(l *Layout, joined, lowest []string) ([]Matched, []Heading) {
	var all []candidate
	for col := 1; col < len(joined); col++ {
		if joined[col] == "" {
			continue
		}
		j := parseHeading(joined[col])
		add := func(word string, rank int, scale int64) {
			for _, c := range n[word] {
				all = append(all, candidate{c.layout, col, c.rank + rank, scale})
			}
		}
		add(j.full, rankFull, j.scale)
		add(j.short, rankShort, j.scale)
		if lowest[col] != joined[col] {
			low := parseHeading(lowest[col])
			scale := max(low.scale, j.scale)
			add(low.full, rankLowest, scale)
			add(low.short, rankLowest+rankShort, scale)
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		return a.col - b.col
	})
	taken, used := map[int]bool{}, map[int]bool{}
	var out []Matched
	for _, c := range all {
		if taken[c.layout] || used[c.col] {
			continue
		}
		taken[c.layout], used[c.col] = true, true
		out = append(out, Matched{Key: l.Columns[c.layout].Key, Title: l.Columns[c.layout].Title,
			Found: tidy(joined[c.col]), Col: c.col, Scale: c.scale, index: c.layout, rank: c.rank})
	}
	var doubles []Heading
	for _, c := range all {
		if !used[c.col] && taken[c.layout] {
			used[c.col] = true
			doubles = append(doubles, Heading{Col: c.col, Title: tidy(joined[c.col]), Means: l.Columns[c.layout].Title})
		}
	}
	slices.SortFunc(out, func(a, b Matched) int { return a.Col - b.Col })
	return out, doubles
}

// matchSheet finds the best header of one sheet.
func matchSheet(b *Book, index int, l *Layout, n names) (*Match, error) {
	t, err := readTop(b, index)
	if err != nil {
		return nil, err
	}
	best := &Match{Sheet: b.Sheets[index].Name, Index: index}
	for row := 1; row <= HeaderSearch; row++ {
		if t.rows[row] == nil {
			continue
		}
		for height := 1; height <= maxHeaderHeight; height++ {
			joined, lowest := t.header(row, height)
			cols, doubles := n.assign(l, joined, lowest)
			score, cost := 0, 0
			for _, c := range cols {
				cost += c.rank
				score += 2
				if l.Columns[c.index].Required {
					score++
				}
			}
			if score < best.score || score == 0 || score == best.score && cost >= best.cost {
				continue
			}
			*best = Match{Sheet: best.Sheet, Index: index, Row: row, Height: height,
				Columns: cols, Doubles: doubles, score: score, cost: cost, merged: t.merged, scale: t.scale(row)}
			best.Unknown = unknown(t, joined, cols, doubles)
		}
	}
	for i := range l.Columns {
		c := &l.Columns[i]
		if slices.ContainsFunc(best.Columns, func(m Matched) bool { return m.index == i }) {
			continue
		}
		if c.Required {
			best.Missing = append(best.Missing, c.Title)
		} else if c.Expected {
			best.Absent = append(best.Absent, c.Title)
		}
	}
	return best, nil
}

func unknown(t *top, joined []string, cols []Matched, doubles []Heading) []Heading {
	var out []Heading
	for col := 1; col <= t.width; col++ {
		if joined[col] == "" || slices.ContainsFunc(cols, func(m Matched) bool { return m.Col == col }) ||
			slices.ContainsFunc(doubles, func(h Heading) bool { return h.Col == col }) {
			continue
		}
		out = append(out, Heading{Col: col, Title: tidy(joined[col])})
	}
	return out
}

// Find chooses the sheet whose header matches a layout best and says how it
// matches. A name, when given, chooses the sheet. Hidden sheets are looked at
// only by name. The error is a [Refusal] when no header is found.
func Find(b *Book, l *Layout, name string) (*Match, error) {
	n := vocabulary(l)
	var best *Match
	for i, s := range b.Sheets {
		if name == "" && s.Hidden || name != "" && s.Name != name {
			continue
		}
		m, err := matchSheet(b, i, l, n)
		if err != nil {
			return nil, err
		}
		if best == nil || len(m.Missing) < len(best.Missing) || len(m.Missing) == len(best.Missing) && m.score > best.score {
			best = m
		}
	}
	switch {
	case best == nil && name != "":
		return nil, refuse("no-sheet", "文件里没有名为“%s”的工作表。文件里有：%s。", name, sheetNames(b))
	case best == nil || len(best.Columns) < min(2, len(l.Columns)):
		return nil, refuse("no-header", "前 %d 行里没有找到“%s”的表头，没有导入任何内容。表头至少要有：%s。请核对是不是选错了表，或下载空白模板填写。",
			HeaderSearch, l.Title, strings.Join(essential(l), "、"))
	}
	return best, nil
}

func sheetNames(b *Book) string {
	var out []string
	for _, s := range b.Sheets {
		out = append(out, "“"+s.Name+"”")
	}
	return strings.Join(out, "、")
}

// essential lists the titles of required columns, or the first few.
func essential(l *Layout) []string {
	var out []string
	for i := range l.Columns {
		if l.Columns[i].Required {
			out = append(out, l.Columns[i].Title)
		}
	}
	for i := 0; i < len(l.Columns) && len(out) < 2; i++ {
		if l.Columns[i].Kind != Serial {
			out = append(out, l.Columns[i].Title)
		}
	}
	return out
}
