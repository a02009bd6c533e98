package posting

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cunju/internal/web/ui"
)

// However long a notice is, the screen shows all of it, in order, and no page holds more than it has room for.
func TestAScreenShowsAllOfANotice(t *testing.T) {
	for _, r := range []room{wide, tall} {
		for _, rows := range []int{0, 1, 8, 9, 57} {
			n := ui.Notice{Paragraphs: []string{strings.Repeat("甲", 1000), "乙"}, Tables: []ui.NoticeTable{{Caption: "一"}, {Caption: "二", Total: []string{"合计"}}}}
			for i := range rows {
				n.Tables[0].Rows = append(n.Tables[0].Rows, []string{fmt.Sprint(i)})
			}
			text, cells := "", []string{}
			pages := screens(7, n, r)
			for i, p := range pages {
				used := 0
				for _, s := range p.Notice.Paragraphs {
					text += s
					used += 1 + len([]rune(s))/r.line
				}
				for _, table := range p.Notice.Tables {
					used += 2 + len(table.Rows)
					for _, row := range table.Rows {
						cells = append(cells, row...)
					}
				}
				if used > r.rows && len(p.Notice.Paragraphs)+len(p.Notice.Tables) > 1 || p.Part != i+1 || p.Parts != len(pages) || p.ID != 7 {
					t.Errorf("page %d of %d holds %d rows", p.Part, p.Parts, used)
				}
			}
			if text != strings.Repeat("甲", 1000)+"乙" || len(cells) != rows+1 || cells[rows] != "合计" {
				t.Errorf("%d rows: %d characters and %d cells are shown", rows, len([]rune(text)), len(cells))
			}
		}
	}
	if pages := screens(7, ui.Notice{Title: "只有附件"}, wide); len(pages) != 1 {
		t.Errorf("%d pages of a notice without text", len(pages))
	}
	seen := map[int]bool{}
	for i := range 5 {
		seen[turn(time.Unix(int64(1000+20*i), 0), 20, 5)] = true
	}
	if len(seen) != 5 {
		t.Errorf("the screen stops at %v", seen)
	}
}
