package codes

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"cunju/internal/calendar"
)

// IDInfo is what an identity number says.
type IDInfo struct {
	Number string // 18 characters, X in capitals
	Area   string // six digits of the place of first registration
	Birth  calendar.Date
	Sex    string // 男 or 女
	Doubt  string // plain Chinese: formally right, but to be compared with the document; "" = none
}

// idWeights are the factors of the seventeen digits (GB 11643, ISO 7064 MOD 11-2).
var idWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// IDNumber checks an identity number (GB 11643): eighteen characters, a province
// in use, a real birth date, the check digit. It knows no date; [IDNumberOn]
// also refuses a birth in the future.
func IDNumber(s string) (IDInfo, *Problem) {
	s = clean(s)
	if p := idShape(s); p != nil {
		return IDInfo{}, p
	}
	wrongCheck := s[17] != idCheck(s)
	if wrongCheck && strings.HasSuffix(s, "000") {
		return IDInfo{}, &Problem{Damaged, "身份证号码末三位被表格变成了000", retype}
	}
	place := s
	if s[0] == '9' { // permanent residence cards of foreigners since 2023: the province follows the 9
		place = s[1:]
	}
	if !province(place) {
		return IDInfo{}, &Problem{Area, "身份证号码开头两位不是任何省份的代码", "请照证件核对号码"}
	}
	birth := calendar.Of(number(s[6:10]), number(s[10:12]), number(s[12:14]))
	if birth == "" || birth.Year() < 1800 {
		return IDInfo{}, &Problem{Birth, "身份证号码第7至14位不是真实的出生日期", "请照证件核对号码"}
	}
	if wrongCheck {
		return IDInfo{}, &Problem{Check, "身份证号码校验位不符，至少有一位填错", "请照证件逐位核对号码"}
	}
	info := IDInfo{Number: s, Area: s[:6], Birth: birth, Sex: "女"}
	if number(s[16:17])%2 == 1 {
		info.Sex = "男"
	}
	if strings.HasSuffix(s, "000") {
		info.Doubt = "号码末三位是000，可能被表格改过，请照证件核对"
	}
	return info, nil
}

// IDNumberOn is [IDNumber] for an entry made on the given day: nobody was born
// later.
func IDNumberOn(s string, on calendar.Date) (IDInfo, *Problem) {
	info, p := IDNumber(s)
	if p == nil && info.Birth.After(on) {
		return IDInfo{}, &Problem{Birth, "身份证号码里的出生日期晚于办理日期", "请照证件核对号码"}
	}
	return info, p
}

// idShape refuses what is not seventeen digits and a digit or X.
func idShape(s string) *Problem {
	if s == "" {
		return &Problem{Empty, "没有填写身份证号码", "请照证件填写18位号码"}
	}
	if p := damaged(s, "身份证号码"); p != nil {
		return p
	}
	if strings.Contains(s, "*") {
		return &Problem{Masked, "身份证号码被星号遮盖", "请填写完整的18位号码，公开时系统会自动遮盖"}
	}
	if len(s) == 15 && digits(s) {
		return &Problem{Old, "这是15位的旧身份证号码，没有校验位，2013年起已停止使用", "请照现在的身份证填写18位号码"}
	}
	if n := utf8.RuneCountInString(s); n != 18 {
		return &Problem{Length, fmt.Sprintf("身份证号码应为18位，填写的是%d位", n), "请照证件核对号码"}
	}
	i := 0
	for _, r := range s {
		i++
		if r >= '0' && r <= '9' || i == 18 && r == 'X' {
			continue
		}
		return &Problem{Character, fmt.Sprintf("身份证号码第%d位不是数字", i), "前17位只能是数字，最后一位是数字或X，请照证件核对"}
	}
	return nil
}

// idCheck is the check character of the first seventeen digits.
func idCheck(s string) byte {
	sum := 0
	for i, w := range idWeights {
		sum += int(s[i]-'0') * w
	}
	return "10X98765432"[sum%11]
}

// number reads digits that were checked before.
func number(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
