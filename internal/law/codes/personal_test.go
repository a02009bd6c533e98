package codes

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFindAndMask(t *testing.T) {
	for _, c := range []struct {
		name, in string
		kinds    []PersonalKind
		masked   string
	}{
		{"nothing", "2026年第三季度收入125,000.00元，共36户", nil, "2026年第三季度收入125,000.00元，共36户"},
		{"identity number", "张某（321002199001010016）领取", []PersonalKind{PersonalID}, "张某（321002********0016）领取"},
		{"with small x", "号码11010519491231002x。", []PersonalKind{PersonalID}, "号码110105********002X。"},
		{"in groups", "321002 19900101 0016", []PersonalKind{PersonalID}, "321002********0016"},
		{"full width", "３２１００２１９９００１０１００１６", []PersonalKind{PersonalID}, "321002********0016"},
		{"a wrong check digit", "号码321002199001010017", []PersonalKind{PersonalID}, "号码321002********0017"},
		{"a wrong check digit, in groups", "32100219630512 4417", []PersonalKind{PersonalID}, "321002********4417"},
		{"a wrong check digit, no birth date", "编号321002199013010017", nil, "编号321002199013010017"},
		{"a wrong check digit, no province", "编号991002199001010017", nil, "编号991002199001010017"},
		{"fifteen digits", "旧证321002900101001", []PersonalKind{PersonalID}, "旧证321002*****1001"},
		{"fifteen digits, impossible birth", "流水321002901301001", nil, "流水321002901301001"},
		{"mobile", "电话13812345678，找李某", []PersonalKind{PersonalMobile}, "电话138****5678，找李某"},
		{"mobile in groups", "电话138-1234-5678", []PersonalKind{PersonalMobile}, "电话138****5678"},
		{"with country code", "+8613812345678", []PersonalKind{PersonalMobile}, "+86138****5678"},
		{"two with a comma", "13812345678,13912345678", []PersonalKind{PersonalMobile, PersonalMobile}, "138****5678,139****5678"},
		{"two with a space", "13812345678 13912345678", []PersonalKind{PersonalMobile, PersonalMobile}, "138****5678 139****5678"},
		{"a sum of money", "合计13812345678.50元", nil, "合计13812345678.50元"},
		{"at the end of a sentence", "联系13812345678.", []PersonalKind{PersonalMobile}, "联系138****5678."},
		{"part of a longer number", "单号9138123456780", nil, "单号9138123456780"},
		{"card", "卡号6222021234567890128", []PersonalKind{PersonalCard}, "卡号***************0128"},
		{"card in groups", "6228 4804 0256 4899", []PersonalKind{PersonalCard}, "************4899"},
		{"card with a wrong digit", "卡号6222021234567890127", nil, "卡号6222021234567890127"},
		{"a row of figures", "622 202123 4567890128 ", nil, "622 202123 4567890128 "},
		{"figures in a mobile's digits", "1381 234 5678", nil, "1381 234 5678"},
		{"credit code of digits only", "代码911101066976941872", nil, "代码911101066976941872"},
		{"already covered", "138****5678，321002********0016", nil, "138****5678，321002********0016"},
		{"landline", "电话0514-87654321", nil, "电话0514-87654321"},
		{"several", "王某 321002199001010016 13812345678 6222021234567890128", []PersonalKind{PersonalID, PersonalMobile, PersonalCard},
			"王某 321002********0016 138****5678 ***************0128"},
	} {
		spans := FindPersonal(c.in)
		var kinds []PersonalKind
		for _, s := range spans {
			kinds = append(kinds, s.Kind)
		}
		if len(kinds) != len(c.kinds) {
			t.Errorf("%s: found %v, want %v", c.name, kinds, c.kinds)
			continue
		}
		for i := range kinds {
			if kinds[i] != c.kinds[i] || kinds[i].Chinese() == "" {
				t.Errorf("%s: found %v, want %v", c.name, kinds, c.kinds)
			}
		}
		if got := Mask(c.in); got != c.masked {
			t.Errorf("%s: masked to %q, want %q", c.name, got, c.masked)
		}
	}
}

func TestSpansAreInOrderAndMaskingLeavesNothing(t *testing.T) {
	part := rapid.OneOf(
		rapid.SampledFrom([]string{"321002199001010016", "13812345678", "6222021234567890128", "11010519491231002X", "村", "，", " ", "-", ".", "元", "x", "１３８１２３４５６７８"}),
		rapid.StringMatching(`[0-9]{1,6}`),
	)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(part, 0, 12).Draw(t, "parts"), "")
		at := 0
		for _, s := range FindPersonal(text) {
			if s.Start < at || s.End <= s.Start || s.End > len(text) || !utf8.ValidString(text[s.Start:s.End]) {
				t.Fatalf("%q: span %+v after %d", text, s, at)
			}
			at = s.End
		}
		masked := Mask(text)
		if left := FindPersonal(masked); len(left) > 0 {
			t.Fatalf("%q masked to %q still shows %v", text, masked, left)
		}
	})
}
