package sheet

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseMoney(t *testing.T) {
	for text, want := range map[string]int64{
		"1,234.50": 123450, "1234.5元": 123450, "1.2万元": 1_200_000, "1.2万": 1_200_000, "(300)": -30000, "（３００．５０）": -30050, "¥ 12": 1200,
		"￥-12.3": -1230, "-￥12.3": -1230, "负5元": -500, "人民币5元整": 500, "0": 0, "0.00": 0, ".5": 50, "5.": 500, "1，234": 123400,
		"92233720368547758.07": math.MaxInt64, "0.000001万元": 1, "3亿元": 30_000_000_000, "2千元": 200_000, "+7": 700, "12.30000": 1230,
	} {
		got, message := ParseMoney(text, 100)
		if got != want || message != "" {
			t.Errorf("%q: %d %s, want %d", text, got, message, want)
		}
	}
	for _, text := range []string{"", ".", "一百", "1.234", "12.3.4", "--5", "1e5", "5元5角", "92233720368547758.08", "99999999999999999999", "0.0000001万元", "元", "()", "1 2a"} {
		if got, message := ParseMoney(text, 100); message == "" {
			t.Errorf("%q was read as %d", text, got)
		}
	}
	if got, _ := ParseMoney("1.5", 1_000_000); got != 1_500_000 {
		t.Errorf("1.5 in 万元: %d", got)
	}
	if got, _ := ParseMoney("1.5元", 1_000_000); got != 150 {
		t.Errorf("a unit in the cell goes before the heading's: %d", got)
	}
}

// TestMoneyRoundTrip: every amount survives being written and read, as text and
// as the number a spreadsheet stores.
func TestMoneyRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.Int64().Draw(t, "fen")
		if fen == math.MinInt64 {
			fen++
		}
		if got, message := ParseMoney(FormatMoney(fen), 100); got != fen || message != "" {
			t.Fatalf("%d written %s, read %d %s", fen, FormatMoney(fen), got, message)
		}
		fen %= maxFen
		var c Cell
		c.number(float64(fen)/100, formNone, false)
		if got, message := ParseMoney(c.Raw, 100); got != fen || message != "" {
			t.Fatalf("%d as a number %s, read %d %s", fen, c.Raw, got, message)
		}
	})
}

func TestChineseAmount(t *testing.T) {
	// The first group are the examples of 正确填写票据和结算凭证的基本规定.
	for fen, want := range map[int64]string{
		140950: "壹仟肆佰零玖元伍角整", 600714: "陆仟零柒元壹角肆分", 168032: "壹仟陆佰捌拾元零叁角贰分", 10700053: "壹拾万柒仟元零伍角叁分",
		1640902: "壹万陆仟肆佰零玖元零贰分", 32504: "叁佰贰拾伍元零肆分",
		0: "零元整", 5: "伍分", 50: "伍角整", 105: "壹元零伍分", 123450: "壹仟贰佰叁拾肆元伍角整", 10000: "壹佰元整", 1000: "壹拾元整", 101000: "壹仟零壹拾元整",
		1_000_000_000: "壹仟万元整", 10_000_000_100: "壹亿零壹元整", 10_010_000_000: "壹亿零壹拾万元整", 1_050_000_000_00: "壹拾亿伍仟万元整",
		12_345_678_901_23: "壹佰贰拾叁亿肆仟伍佰陆拾柒万捌仟玖佰零壹元贰角叁分",
		-30050:            "负叁佰元零伍角整",
	} {
		if got := ChineseAmount(fen); got != "人民币"+want {
			t.Errorf("%d: %s, want %s", fen, got, want)
		}
	}
}

// TestChineseRoundTrip: every amount written in capital characters is read as
// the same amount, and is written as the rules want.
func TestChineseRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-1e6, 1e6), rapid.Map(rapid.Int64Range(0, 1e9), func(n int64) int64 { return n * 1000 })).Draw(t, "fen")
		if fen == math.MinInt64 {
			fen++
		}
		s := ChineseAmount(fen)
		got, ok := ParseChineseAmount(s)
		if !ok || got != fen {
			t.Fatalf("%d: %s read as %d %v", fen, s, got, ok)
		}
		if strings.Contains(s, "零零") || strings.HasSuffix(s, "分整") || strings.HasSuffix(s, "元") || strings.HasSuffix(s, "角") || strings.Contains(s, "零万") || strings.Contains(s, "零亿") {
			t.Fatalf("%d: %s", fen, s)
		}
	})
}

func TestParseChineseAmount(t *testing.T) {
	for text, want := range map[string]int64{
		"壹仟贰佰叁拾肆元伍角整": 123450, "人民币：壹万元整": 1_000_000, "拾元正": 1000, "壹拾万零柒仟元伍角叁分": 10700053, "零元整": 0,
		"一千二百元": 120000, "贰佰圆整": 20000, "零仟零佰壹拾贰元叁角肆分": 1234, "壹万亿元整": 100_000_000_000_000, "负伍元整": -500, "壹佰": 10000,
	} {
		got, ok := ParseChineseAmount(text)
		if !ok || got != want {
			t.Errorf("%s: %d %v, want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "整", "1234", "壹贰元", "壹元贰元", "很多钱", "玖亿亿亿元", "人民币"} {
		if got, ok := ParseChineseAmount(text); ok {
			t.Errorf("%s was read as %d", text, got)
		}
	}
}
