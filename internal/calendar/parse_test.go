package calendar

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseTheWaysOfficesWrite(t *testing.T) {
	for _, s := range []string{"2026-11-23", "20261123", "2026年11月23日", "2026.11.23", "2026/11/23", " 2026年 11月23日 ", "２０２６－１１－２３", "2026年11月23"} {
		if got, err := Parse(s); err != nil || got != "2026-11-23" {
			t.Errorf("Parse(%q) = %q, %v", s, got, err)
		}
	}
	if got, err := Parse("2026/1/5"); err != nil || got != "2026-01-05" {
		t.Errorf("Parse(2026/1/5) = %q, %v", got, err)
	}
}

func TestParseRefusals(t *testing.T) {
	for s, want := range map[string]string{
		"":                       "没有填写",
		"2026-02-30":             "没有30日",
		"2023年2月29日":             "没有29日",
		"2026-13-01":             "月份",
		"20261323":               "月份",
		"0026-11-23":             "年份",
		"2026年11月":               "只有年月",
		"去年冬天":                   "看不懂",
		"2026-11/23":             "看不懂",
		"2026-11-23 10:00":       "看不懂",
		"23-11-2026":             "看不懂",
		"45985":                  "看不懂",
		"9999-12-31":             "年份",
		strings.Repeat("长", 300): "…",
	} {
		got, err := Parse(s)
		if err == nil {
			t.Errorf("Parse(%q) = %q, want a refusal", s, got)
			continue
		}
		if !strings.Contains(err.Error(), want) {
			t.Errorf("Parse(%q) says %q, want %q in it", s, err, want)
		}
	}
}

func TestParseMonth(t *testing.T) {
	for _, s := range []string{"2026年11月", "2026-11", "2026.11", "202611", "2026/11"} {
		if got, err := ParseMonth(s); err != nil || got != "2026-11-01" {
			t.Errorf("ParseMonth(%q) = %q, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "2026-13", "2026", "十一月", "189912"} {
		if got, err := ParseMonth(s); err == nil {
			t.Errorf("ParseMonth(%q) = %q, want a refusal", s, got)
		}
	}
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDate(t, "d")
		for _, s := range []string{string(d), d.Chinese(), strings.ReplaceAll(string(d), "-", ""), strings.ReplaceAll(string(d), "-", ".")} {
			if got, err := Parse(s); err != nil || got != d {
				t.Fatalf("Parse(%q) = %q, %v", s, got, err)
			}
		}
	})
}

func TestParseNeverGivesAnImpossibleDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[0-9]{1,5}[-/.年]?[0-9]{1,3}[-/.月]?[0-9]{0,3}日?`).Draw(t, "s")
		if d, err := Parse(s); err == nil && !d.Valid() {
			t.Fatalf("Parse(%q) = %q", s, d)
		}
	})
}
