package ui

import "testing"

func TestMoneyWritesSeparators(t *testing.T) {
	for fen, want := range map[int64]string{0: "0.00", 5: "0.05", -123456: "-1,234.56", 325000: "3,250.00", 100000000: "1,000,000.00"} {
		if got := Money(fen); got != want {
			t.Errorf("Money(%d) = %q, want %q", fen, got, want)
		}
	}
}

func TestCapitalFollowsTheVoucherRules(t *testing.T) {
	for fen, want := range map[int64]string{
		0: "零元整", 5: "伍分", 50: "伍角整", 140950: "壹仟肆佰零玖元伍角整", 600714: "陆仟零柒元壹角肆分",
		168032: "壹仟陆佰捌拾元叁角贰分", 10700053: "壹拾万零柒仟元伍角叁分", 1640902: "壹万陆仟肆佰零玖元零贰分",
		32504: "叁佰贰拾伍元零肆分", 10000000000: "壹亿元整", 100000000000000: "壹万亿元整", 123450000000000: "壹万贰仟叁佰肆拾伍亿元整", -325000: "负叁仟贰佰伍拾元整",
	} {
		if got := Capital(fen); got != want {
			t.Errorf("Capital(%d) = %q, want %q", fen, got, want)
		}
	}
}
