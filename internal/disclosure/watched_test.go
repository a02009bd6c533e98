package disclosure

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cunju/internal/publish"
)

// What the public pages say of the last times is what was written down of them.
func TestHowItCameOutLately(t *testing.T) {
	day := time.Date(2026, 11, 20, 1, 0, 0, 0, time.UTC).UnixMilli()
	in := publish.Release{Size: 9, Signed: day, Released: day + 400, Quorum: day + 400}
	late := publish.Release{Size: 8, Signed: day, Released: day + 8000, Quorum: day + 60_000}
	open := publish.Release{Size: 7, Signed: day, Released: day + 8000}
	for want, list := range map[string][]publish.Release{
		"": nil,
		"最近 2 次封账，次次都是见证齐了才公布的。":                                         {in, in},
		"最近 3 次封账，有 2 次到了时限见证还不足，先公布了；最近的一次在2026年11月20日09时00分，后来补齐了。":    {in, late, open},
		"最近 2 次封账，有 1 次到了时限见证还不足，先公布了；最近的一次在2026年11月20日09时00分，到现在还没有补齐。": {in, open},
	} {
		if got := (watchView{Recent: list}).lately(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Terms that only a programmer knows stand in the folded parts of the public pages, nowhere else.
func TestPublicPagesOfProofArePlain(t *testing.T) {
	onBoth(t, publicPagesOfProofArePlain)
}

func publicPagesOfProofArePlain(t *testing.T, y *town) {
	id := y.out(october(), 0)
	b := y.site.Visit()
	pages := []string{"/trust", "/log", "/verify", fmt.Sprintf("/n/%d/verify", id)}
	for _, sealed := range []bool{false, true} {
		if sealed {
			y.sign()
		}
		for _, path := range pages {
			readable(t, path, b.Get(path).Want(200).Body.String())
		}
	}
}

func readable(t *testing.T, path, page string) {
	t.Helper()
	for folded := true; folded; {
		var open string
		open, page, folded = strings.Cut(page, "<details")
		for _, word := range []string{"检查点", "哈希", "公钥", "树根", "SHA-256", "C2SP", "tlog", "镜像"} {
			if strings.Contains(open, word) {
				t.Errorf("%s says %q", path, word)
			}
		}
		_, page, _ = strings.Cut(page, "</details>")
	}
}
