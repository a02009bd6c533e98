package codes

import (
	"fmt"
	"unicode/utf8"
)

// DivisionKind is the kind of unit that a division code names.
type DivisionKind string

// The kinds. Third segment (digits 7 to 9): street, township-level town,
// township, other; fourth segment (digits 10 to 12): community, village, other.
const (
	Street       DivisionKind = "street"        // 001–099 街道
	TownSeat     DivisionKind = "town"          // 100–199 镇
	Township     DivisionKind = "township"      // 200–399 乡
	TownOther    DivisionKind = "town-other"    // 400–599 开发区等类似乡级单位
	Community    DivisionKind = "community"     // 001–199 居民委员会
	Village      DivisionKind = "village"       // 200–399 村民委员会
	VillageOther DivisionKind = "village-other" // 400–599 类似居委会、村委会的单位
)

// Chinese names the kind.
func (k DivisionKind) Chinese() string {
	return map[DivisionKind]string{Street: "街道", TownSeat: "镇", Township: "乡", TownOther: "类似乡级单位",
		Community: "社区（居委会）", Village: "村（村委会）", VillageOther: "类似村级单位"}[k]
}

// DivisionInfo is what a division code says.
type DivisionInfo struct {
	Code   string // nine digits for a town, twelve for a village or community
	County string // six digits
	Town   string // nine digits; the code itself for a town
	Kind   DivisionKind
}

// segment is one assigned range of a three-digit part.
type segment struct {
	first, last int
	kind        DivisionKind
}

var (
	townSegments    = []segment{{1, 99, Street}, {100, 199, TownSeat}, {200, 399, Township}, {400, 599, TownOther}}
	villageSegments = []segment{{1, 199, Community}, {200, 399, Village}, {400, 599, VillageOther}}
)

// Division checks a division code of a town (nine digits) or of a village or
// community (twelve): GB/T 2260 for the first six, the statistical codes for
// the rest. Twelve digits ending in 000 are the town. It cannot know whether
// the number is assigned to a unit: holes in the numbering are normal.
func Division(s string) (DivisionInfo, *Problem) {
	s = clean(s)
	if s == "" {
		return DivisionInfo{}, &Problem{Empty, "没有填写区划代码", "街道、乡镇填写9位，村、社区填写12位"}
	}
	if p := damaged(s, "区划代码"); p != nil {
		return DivisionInfo{}, p
	}
	if !digits(s) {
		return DivisionInfo{}, &Problem{Character, "区划代码只能是数字", "请照统计用区划代码核对"}
	}
	if n := utf8.RuneCountInString(s); n != 9 && n != 12 {
		return DivisionInfo{}, &Problem{Length, fmt.Sprintf("区划代码应为9位（街道、乡镇）或12位（村、社区），填写的是%d位", n), "请照统计用区划代码补全"}
	}
	if !province(s) {
		return DivisionInfo{}, &Problem{Area, "区划代码开头两位不是任何省份的代码", "请照统计用区划代码核对"}
	}
	if s[4:6] == "00" || s[6:9] == "000" {
		return DivisionInfo{}, &Problem{Segment, "这是县（区）或以上的代码，没有写到街道、乡镇", "请填写到街道、乡镇的9位或到村、社区的12位"}
	}
	info := DivisionInfo{Code: s, County: s[:6], Town: s[:9], Kind: kindOf(s[6:9], townSegments)}
	if info.Kind == "" {
		return DivisionInfo{}, &Problem{Segment, "区划代码第7至9位不在街道、镇、乡的编号范围内", "请照统计用区划代码核对"}
	}
	if len(s) == 9 {
		return info, nil
	}
	if s[9:] == "000" {
		info.Code = s[:9]
		return info, nil
	}
	info.Kind = kindOf(s[9:], villageSegments)
	if info.Kind == "" {
		return DivisionInfo{}, &Problem{Segment, "区划代码末三位不在社区、村的编号范围内", "社区为001至199，村为200至399，请照统计用区划代码核对"}
	}
	return info, nil
}

func kindOf(part string, segments []segment) DivisionKind {
	n := number(part)
	for _, s := range segments {
		if n >= s.first && n <= s.last {
			return s.kind
		}
	}
	return ""
}

// UrbanClass names the statistical class of a village or community (城乡分类
// 代码), and false for a code that does not exist.
func UrbanClass(code string) (string, bool) {
	name, ok := map[string]string{"111": "主城区", "112": "城乡结合区", "121": "镇中心区", "122": "镇乡结合区",
		"123": "特殊区域", "210": "乡中心区", "220": "村庄"}[code]
	return name, ok
}
