package disclosure

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPairs(t *testing.T) {
	for text, want := range map[string]string{"": "", "王\n": "王|", "店面租金\n": "店面 面租 租金 金|", "aa\naa\n": "aa a|", "租金": "租金"} {
		if got := strings.ReplaceAll(strings.Join(pairs(text), " "), "\n", "|"); got != want {
			t.Errorf("pairs(%q) = %q, want %q", text, got, want)
		}
	}
}

// Any part of a line leads back to it: each of its pairs is among the text's, and a single character begins one.
func TestAnyPartOfALineIsFound(t *testing.T) {
	character := rapid.SampledFrom([]rune("店面租金2026年1月〔〕号a"))
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SliceOfN(character, 1, 8).Draw(t, "line")
		from := rapid.IntRange(0, len(line)-1).Draw(t, "from")
		to := rapid.IntRange(from+1, len(line)).Draw(t, "to")
		n := Notice{Number: "村公开〔2026〕1号", Content: Content{Title: "公开表", Text: string(line)}}
		text := n.words()
		for _, term := range terms(string(line[from:to])) {
			if !strings.Contains(text, term) {
				t.Fatalf("%q is not in %q", term, text)
			}
			all := pairs(text)
			for _, p := range pairs(term) {
				if !slices.Contains(all, p) {
					t.Fatalf("pair %q of %q is missing", p, term)
				}
			}
			if !slices.ContainsFunc(all, func(p string) bool { return strings.HasPrefix(p, string([]rune(term)[0])) }) {
				t.Fatalf("no pair begins with %q", term)
			}
		}
	})
}

func TestWordsOfANotice(t *testing.T) {
	c := october()
	c.Table = &Table{Columns: []string{"姓名", "项目"}, Rows: [][]string{{"张大明", "临时救助"}}}
	got := (&Notice{Number: "文峰村村委会公开〔2026〕1号", Content: c}).words()
	for _, want := range []string{"文峰村村委会公开〔2026〕1号\n", "店面租金\n", "村集体经营收入\n", "临时救助\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in %q", want, got)
		}
	}
	for _, not := range []string{"张大明", "李某"} { // who is named is not searched
		if strings.Contains(got, not) {
			t.Errorf("%q is searched", not)
		}
	}
	c.Text = strings.Repeat("长。\n"+strings.Repeat("很长的话", 100)+"\n", 5) + strings.Repeat("字", wordsMost)
	if n := len((&Notice{Content: c}).words()); n > wordsMost {
		t.Errorf("%d bytes of words", n)
	}
}
