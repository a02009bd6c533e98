package disclosure

import (
	"fmt"
	"strings"
	"testing"
)

// The office's form asks for three copies: each says whose it is; lines carry their numbers; who asks for another count gets the one sheet.
func TestThreeCopiesAreMarked(t *testing.T) {
	onBoth(t, func(t *testing.T, y *town) {
		at := fmt.Sprintf("/n/%d/print", y.out(money("2026-07-01", "2026-09-30"), 0))
		guest := y.site.Visit()
		p := guest.Get(at+"?copies=3").Want(200, "一式三份，第 1 份：公开栏张贴", "第 2 份：村（居）务监督委员会留存", "第 3 份：存档", "序号")
		if n := strings.Count(p.Body.String(), `<article class="notice">`); n != 3 {
			t.Errorf("%d sheets", n)
		}
		for _, q := range []string{"", "?copies=400", "?copies=x"} {
			p := guest.Get(at + q).Want(200).Not("一式")
			if n := strings.Count(p.Body.String(), `<article class="notice">`); n != 1 {
				t.Errorf("%q: %d sheets", q, n)
			}
		}
	})
}
