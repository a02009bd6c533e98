package law

import "testing"

func TestArticleText(t *testing.T) {
	for in, want := range map[string]string{
		"1": "第一条", "10": "第十条", "11": "第十一条", "20": "第二十条", "35": "第三十五条", "100": "第一百条", "105": "第一百零五条",
		"110": "第一百一十条", "1001": "第一千零一条", "1259": "第一千二百五十九条", "1010": "第一千零一十条",
		"35、42": "第三十五条、第四十二条", "5.2": "5.2", "": "", "0": "0", "99999": "99999",
	} {
		if got := ArticleText(in); got != want {
			t.Errorf("ArticleText(%q) = %q, want %q", in, got, want)
		}
	}
}
