package account

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"cunju/internal/web"
	"golang.org/x/text/width"
)

// weak are passwords that satisfy every rule of form and are tried first by
// everybody who guesses; compared in lower case.
var weak = []string{
	"password", "passw0rd", "p@ssw0rd", "admin123", "admin@123", "admin888", "abc12345", "abcd1234",
	"qwer1234", "1qaz2wsx", "1qaz@wsx", "a1234567", "aa123456", "abc123456", "123456aa", "qq123456",
	"cunju123", "dangyuan", "woaini13",
}

// distinctLeast is the number of different characters a password needs.
const distinctLeast = 5

// CheckPassword says in Chinese everything that is wrong with a new password for
// an account with this login and name; nothing means it is good. The rules are the
// usual reading of GB/T 22239-2019, 8.1.4.1 a.
func CheckPassword(set web.Settings, login, name, password string) []string {
	var wrong []string
	if n := utf8.RuneCountInString(password); n < set.PasswordLength {
		wrong = append(wrong, fmt.Sprintf("至少要 %d 个字符，现在有 %d 个", set.PasswordLength, n))
	}
	if n := classes(password); n < set.PasswordClasses {
		wrong = append(wrong, fmt.Sprintf("大写字母、小写字母、数字、符号四类中至少要有 %d 类，现在有 %d 类", set.PasswordClasses, n))
	}
	lower := strings.ToLower(password)
	for _, own := range []string{login, name} {
		if own = strings.ToLower(own); own != "" && strings.Contains(lower, own) {
			wrong = append(wrong, "不能包含账号或者姓名")
			break
		}
	}
	easy := distinct(lower) < distinctLeast
	for _, w := range weak {
		easy = easy || strings.HasPrefix(lower, w)
	}
	if easy {
		wrong = append(wrong, "太容易被猜到，请换一个")
	}
	return wrong
}

// classes counts which of the four classes of characters occur.
func classes(s string) int {
	var upper, lower, digit, other int
	for _, c := range s {
		switch {
		case c >= 'A' && c <= 'Z':
			upper = 1
		case c >= 'a' && c <= 'z':
			lower = 1
		case c >= '0' && c <= '9':
			digit = 1
		default:
			other = 1
		}
	}
	return upper + lower + digit + other
}

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, c := range s {
		seen[c] = true
	}
	return len(seen)
}

// NewPassword makes a random first password that people can copy from paper: four
// groups of three, without characters that look alike. It has 59 bits.
func NewPassword() string {
	const (
		upper  = "ABCDEFGHJKLMNPQRSTUVWXYZ"
		lower  = "abcdefghijkmnpqrstuvwxyz"
		digits = "23456789"
	)
	pick := func(from string) byte {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(from))))
		if err != nil {
			panic(err) // the system's source of chance does not fail
		}
		return from[n.Int64()]
	}
	var b strings.Builder
	for group := range 4 {
		if group > 0 {
			b.WriteByte('-')
		}
		b.WriteByte(pick(upper))
		b.WriteByte(pick(lower))
		b.WriteByte(pick(lower + digits))
	}
	return b.String() + string(pick(digits))
}

var mobile = regexp.MustCompile(`^1[3-9][0-9]{9}$`)

// normalLogin is the form in which login names are compared and stored: narrow,
// lower case, without spaces around.
func normalLogin(s string) string {
	return strings.ToLower(strings.TrimSpace(width.Narrow.String(s)))
}

// CheckLogin says in Chinese what is wrong with a new login name, or "". A name
// that looks like a mobile number is refused, because numbers lead to persons.
func CheckLogin(login string) string {
	login = normalLogin(login)
	n := utf8.RuneCountInString(login)
	if n < 2 || n > 32 {
		return "账号要有 2 到 32 个字"
	}
	if mobile.MatchString(login) {
		return "账号不能是手机号；手机号登记后可以直接用来登录"
	}
	for _, c := range login {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("-_.", c) {
			return "账号只能用汉字、字母、数字和 - _ ."
		}
	}
	return ""
}
