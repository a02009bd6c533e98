package law

import (
	"strings"

	"cunju/internal/calendar"
)

// Source is one edition of a text that rules cite. A revised law is a new
// Source with the same Key.
type Source struct {
	Key    string        `json:"key"`              // VCL, RCL, …
	Title  string        `json:"title"`            // full title
	Short  string        `json:"short"`            // as printed in verdicts, with the edition where it matters
	Issued string        `json:"issued,omitempty"` // date and number of the issuing document
	From   calendar.Date `json:"from,omitempty"`   // in force from
}

// Confidence says how well the text behind a rule is known.
type Confidence string

// From the text itself down to hearsay.
const (
	Verified   Confidence = "verified"   // read in the text of the law itself
	Secondary  Confidence = "secondary"  // read in a reprint, a commentary or an exam paper
	Known      Confidence = "known"      // common professional knowledge, text not at hand
	Unverified Confidence = "unverified" // uncertain or purely local
)

// Chinese names the confidence for the rule list.
func (c Confidence) Chinese() string {
	switch c {
	case Verified:
		return "已核对原文"
	case Secondary:
		return "据转载，未核对原文"
	case Known:
		return "通行做法，未核对原文"
	case Unverified:
		return "未核实"
	}
	return string(c)
}

// Ground says on what a rule's refusal rests.
type Ground string

// The three grounds; see the package essay on who may refuse.
const (
	Statute Ground = "statute" // an article of law or of a Party rule
	Form    Ground = "form"    // the shape of a number as a standard defines it
	Control Ground = "control" // an internal control of the town, kept by the program
)

// ArticleText writes an article number in Chinese: "35" is 第三十五条, "35、42" is
// 第三十五条、第四十二条. Anything else stays as it is (sections of standards).
func ArticleText(article string) string {
	parts := strings.Split(article, "、")
	for i, part := range parts {
		n := 0
		for _, r := range part {
			if r < '0' || r > '9' || n > 999 {
				return article
			}
			n = n*10 + int(r-'0')
		}
		if n == 0 {
			return article
		}
		parts[i] = "第" + numeral(n) + "条"
	}
	return strings.Join(parts, "、")
}

// numeral writes 1 to 9999 in Chinese numerals.
func numeral(n int) string {
	digits := []string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	units := []struct {
		size int
		name string
	}{{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}}
	var b strings.Builder
	gap := false
	for _, u := range units {
		d := n / u.size % 10
		if d == 0 {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteString(digits[0])
			gap = false
		}
		if d != 1 || u.size != 10 || b.Len() > 0 {
			b.WriteString(digits[d])
		}
		b.WriteString(u.name)
	}
	return b.String()
}
