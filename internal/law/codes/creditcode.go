package codes

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// CreditInfo is what a unified social credit code says.
type CreditInfo struct {
	Code string // 18 characters in capitals
	Area string // six digits: place of the registering office
	Kind string // plain Chinese kind of body, "" where the prefix is not known here
}

// creditAlphabet leaves out I, O, S, V and Z, which are read as 1, 0, 5, U, 2.
const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// creditWeights are 3^(i−1) mod 31 (GB 32100-2015).
var creditWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// creditKinds names the bodies a street office meets. The split of N by level
// follows practice, not the text of the standard.
var creditKinds = map[string]string{
	"11": "机关", "12": "事业单位", "13": "群众团体",
	"51": "社会团体", "52": "民办非企业单位", "53": "基金会", "54": "村民委员会", "55": "居民委员会",
	"91": "企业", "92": "个体工商户", "93": "农民专业合作社",
	"N1": "组级农村集体经济组织", "N2": "村级农村集体经济组织", "N3": "乡镇级农村集体经济组织",
}

// CreditCode checks a unified social credit code (GB 32100-2015): eighteen
// characters of its alphabet, a six-digit place, the check character.
func CreditCode(s string) (CreditInfo, *Problem) {
	s = clean(s)
	if s == "" {
		return CreditInfo{}, &Problem{Empty, "没有填写统一社会信用代码", "请照证书填写18位代码"}
	}
	if p := damaged(s, "统一社会信用代码"); p != nil {
		return CreditInfo{}, p
	}
	if n := utf8.RuneCountInString(s); n != 18 {
		fix := "请照证书核对代码"
		if n == 9 || n == 10 || n == 15 {
			fix = "可能是旧的机构代码或营业执照号，请照现在的证书填写18位代码"
		}
		return CreditInfo{}, &Problem{Length, fmt.Sprintf("统一社会信用代码应为18位，填写的是%d位", n), fix}
	}
	i := 0
	for _, r := range s {
		i++
		switch {
		case strings.ContainsRune("IOSVZ", r):
			return CreditInfo{}, &Problem{Character, fmt.Sprintf("统一社会信用代码第%d位是字母%c，代码不用这个字母", i, r), "可能是与数字1、0、5、2或字母U混淆，请照证书核对"}
		case !strings.ContainsRune(creditAlphabet, r), i >= 3 && i <= 8 && (r < '0' || r > '9'):
			return CreditInfo{}, &Problem{Character, fmt.Sprintf("统一社会信用代码第%d位的字符不对", i), "只能用数字和大写字母，第3至8位只能是数字，请照证书核对"}
		}
	}
	if s[17] != creditCheck(s) {
		if strings.HasSuffix(s, "000") && digits(s) {
			return CreditInfo{}, &Problem{Damaged, "统一社会信用代码末三位被表格变成了000", retype}
		}
		return CreditInfo{}, &Problem{Check, "统一社会信用代码校验位不符，至少有一位填错", "请照证书逐位核对"}
	}
	return CreditInfo{Code: s, Area: s[2:8], Kind: creditKinds[s[:2]]}, nil
}

// creditCheck is the check character of the first seventeen.
func creditCheck(s string) byte {
	sum := 0
	for i, w := range creditWeights {
		sum += strings.IndexByte(creditAlphabet, s[i]) * w
	}
	return creditAlphabet[(31-sum%31)%31]
}
