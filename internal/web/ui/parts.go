package ui

import (
	"strconv"

	"github.com/a-h/templ"
)

// Stat is one figure at the head of a page.
type Stat struct {
	Label string
	Value string
	Note  string // what changed, or what is missing
	Icon  string
	Tone  Tone
	Href  string // the list behind the figure
}

// TreeNode is one unit of a tree of organisations.
type TreeNode struct {
	Text     string
	Href     string
	Count    string
	Current  bool
	Open     bool // shows its children; nodes on the way to the current one are open
	Children []TreeNode
}

func (n TreeNode) open() bool {
	if n.Open || n.Current {
		return true
	}
	for _, c := range n.Children {
		if c.open() {
			return true
		}
	}
	return false
}

// KV is one labelled value.
type KV struct {
	Key   string
	Value string
	Body  templ.Component // instead of Value
	Wide  bool            // takes the whole row
}

// DiffRow is one field in two versions.
type DiffRow struct {
	Label string
	Old   string
	New   string
}

func (d DiffRow) changed() bool { return d.Old != d.New }

// Event is one entry of a timeline.
type Event struct {
	When  string // date, and time of day where it matters
	Title string
	Who   string // unit and office, then the name
	Text  string
	Tone  Tone
	Act   int64  // number of the act; shown when ActHref is set
	Href  string // of the act
	Links []Link
}

// ProgressProps is long work under way. Total 0 means that the end is not known.
type ProgressProps struct {
	ID       string
	Title    string
	Text     string // what is being done now
	Done     int64
	Total    int64
	Unit     string // 行, 户, 件
	Finished bool
	Failed   string // why it stopped; what was kept, what to do
	Poll     string // address of this component alone, asked every second by scripts; without them set Page.Refresh
	Next     Link   // where the result is
}

func (p ProgressProps) running() bool { return !p.Finished && p.Failed == "" }

func (p ProgressProps) figure() string {
	if p.Total <= 0 {
		return "已处理 " + group(p.Done) + " " + p.Unit
	}
	return group(p.Done) + " / " + group(p.Total) + " " + p.Unit + "，" + strconv.FormatInt(p.Done*100/p.Total, 10) + "%"
}

// group writes a whole number with separators at thousands.
func group(n int64) string {
	s := Money(n * 100)
	return s[:len(s)-3]
}

// Tile is a large target of villagers' pages.
type Tile struct {
	Icon  string
	Title string
	Text  string
	Href  string
}

// HeroProps is the one figure a villager comes for.
type HeroProps struct {
	Title string
	Value string
	Unit  string
	Pairs []KV
	Link  Link
}

// NoticeItem is one notice in a list on the board.
type NoticeItem struct {
	Title string
	Href  string
	Unit  string
	Date  string // YYYY-MM-DD
	Kind  string // 财务公开
	State string // 公示中，还剩 9 天
	Tone  Tone
}

func actText(n int64) string { return "第 " + strconv.FormatInt(n, 10) + " 号" }

func level(n int) string { return "tree-" + strconv.Itoa(min(n, 6)) }
