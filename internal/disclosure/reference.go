package disclosure

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	forms "golang.org/x/text/width"
)

// reference is what someone typed or pasted to find a notice again. One of its fields is filled in; none means that it names
// nothing.
type reference struct {
	Host  string // of a pasted address, beside ID
	ID    int64  // notice of a pasted address
	Leaf  string // hex digits of a fingerprint
	Act   int64  // number of an act
	Name  string // of the unit, as far as it was typed, beside Year and No
	Year  int
	No    int
	found bool
}

var (
	address   = regexp.MustCompile(`^(?:https?://)?([^/]*)/n/(\d{1,15})(?:[/?#].*)?$`)
	hexDigits = regexp.MustCompile(`^[0-9a-f]{16,64}$`)
	docNumber = regexp.MustCompile(`^(.*?)[\[(【{〔﹝《<「『-]*(\d{4})(?:[\])】}〕﹞》>」』-]|年)+第?0*(\d{1,6})号?$`)
	actNumber = regexp.MustCompile(`^(?:总账|登记号?|:)*第?0*(\d{1,15})号?$`)
)

// read makes out what was typed: the address behind a QR code, the fingerprint beside it, the notice's number with whatever
// brackets, digits and hyphens people have, or the number of its act.
func read(q string) (r reference) {
	if m := address.FindStringSubmatch(strings.TrimSpace(q)); m != nil {
		r.Host, r.found = m[1], true
		r.ID, r.found = number(m[2])
		return r
	}
	q = plain(q)
	if digits := strings.NewReplacer(":", "", "-", "").Replace(q); hexDigits.MatchString(digits) {
		return reference{Leaf: digits[:len(digits)/2*2], found: true}
	}
	if m := docNumber.FindStringSubmatch(q); m != nil {
		return reference{Name: nameOf(m[1]), Year: num(m[2]), No: num(m[3]), found: true}
	}
	if m := actNumber.FindStringSubmatch(q); m != nil {
		r.Act, r.found = number(m[1])
	}
	return r
}

func number(s string) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil
}

// plain makes characters narrow and small, every dash a hyphen, and drops spaces and marks that a paste brings along.
func plain(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r):
			return -1
		case unicode.Is(unicode.Pd, r) || r == '−' || r == '_' || r == '/':
			return '-'
		}
		return r
	}, forms.Narrow.String(s)))
}

// nameOf is the unit in a number's beginning, without the word that every number has and without what divides them.
func nameOf(s string) string {
	return strings.Trim(strings.TrimSuffix(strings.TrimRight(s, "-:第,.;"), "公开"), "-")
}

// local reports whether a pasted address leads to this board; "" is a path without a host.
func (r reference) local(own ...string) bool {
	for _, o := range append(own, "") {
		if u, err := url.Parse(o); err == nil && u.Host != "" {
			o = u.Host
		}
		if strings.EqualFold(r.Host, o) {
			return true
		}
	}
	return false
}

// ending is how the number of a document ends, in the form in which it is kept.
func (r reference) ending() string { return fmt.Sprintf("〔%d〕%d号", r.Year, r.No) }

// choose keeps the notices that a typed number means: those of the unit named in full, else those whose unit's name has the
// typed part in it, else all.
func (r reference) choose(rows []Row) []Row {
	var whole, part []Row
	for _, row := range rows {
		name := nameOf(plain(strings.TrimSuffix(row.Number, r.ending())))
		if name == r.Name {
			whole = append(whole, row)
		}
		if strings.Contains(name, r.Name) {
			part = append(part, row)
		}
	}
	if len(whole) > 0 {
		return whole
	}
	return part
}
