package main

import "fmt"

// idNumber completes the 17 digits of a citizen's number (6 area, 8 birth, 3
// order) with its check character (GB 11643).
func idNumber(area, birth string, order int) string {
	body := area + birth[0:4] + birth[5:7] + birth[8:10] + fmt.Sprintf("%03d", order)
	return body + string(idCheck(body))
}

// idCheck is the check character of a citizen's number (GB 11643).
func idCheck(body string) byte {
	weights := [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += int(body[i]-'0') * w
	}
	return "10X98765432"[sum%11]
}

// creditAlphabet is the character set of the unified social credit code
// (GB 32100-2015): no I, O, S, V, Z.
const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// creditCode builds an 18-character unified social credit code: two characters
// of department and kind, six of area, the organisation code with its own check
// character (GB 11714), and the check character (GB 32100-2015).
func creditCode(kind, area, org string) string {
	body := kind + area + org + string(orgCheck(org))
	return body + string(creditCheck(body))
}

func creditCheck(body string) byte {
	sum, weight := 0, 1
	for i := range len(body) {
		sum += creditValue(body[i]) * weight
		weight = weight * 3 % 31
	}
	return creditAlphabet[(31-sum%31)%31]
}

func creditValue(c byte) int {
	for i := range len(creditAlphabet) {
		if creditAlphabet[i] == c {
			return i
		}
	}
	panic("not a credit code character: " + string(c))
}

// orgCheck is the check character of an eight-character organisation code
// (GB 11714).
func orgCheck(org string) byte {
	weights := [8]int{3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		v := int(org[i] - '0')
		if org[i] >= 'A' {
			v = int(org[i]-'A') + 10
		}
		sum += v * w
	}
	switch c := 11 - sum%11; c {
	case 10:
		return 'X'
	case 11:
		return '0'
	default:
		return byte('0' + c)
	}
}
