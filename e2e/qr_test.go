package e2e

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"rsc.io/qr/coding"
)

var (
	quietZone = 4 // modules of white around a code
	drawn     = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-\d+z`)
)

// scan reads the code with this name off a page, as the camera of a phone does: from its picture.
func scan(t *testing.T, page, name string) string {
	t.Helper()
	_, after, ok := strings.Cut(page, `aria-label="`+name+`"`)
	if !ok {
		t.Fatalf("no code %s on the page", name)
	}
	picture, _, _ := strings.Cut(after, "</svg>")
	dark, size := map[[2]int]bool{}, 0
	for _, m := range drawn.FindAllStringSubmatch(picture, -1) {
		x, y, n := whole(t, m[1])-quietZone, whole(t, m[2])-quietZone, whole(t, m[3])
		for i := range n {
			dark[[2]int{x + i, y}] = true
		}
		size = max(size, x+n, y+1)
	}
	version := coding.Version((size - 17) / 4)
	for mask := range coding.Mask(8) {
		plan, err := coding.NewPlan(version, coding.M, mask)
		if err != nil {
			t.Fatalf("a code of %d modules: %v", size, err)
		}
		data := make([]byte, plan.DataBytes)
		for y, row := range plan.Pixel {
			for x, p := range row {
				at := int(p.Offset())
				if p.Role() == coding.Data && at/8 < len(data) && dark[[2]int{x, y}] != (p&coding.Invert != 0) {
					data[at/8] |= 0x80 >> (at % 8)
				}
			}
		}
		if text := textIn(data, version); strings.HasPrefix(text, "http") || strings.HasPrefix(text, "CUNJU1:") {
			return text
		}
	}
	t.Fatalf("the code %s cannot be read", name)
	return ""
}

// signs are the characters of alphanumeric mode in order of their values (ISO/IEC 18004, 7.3.4).
const signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

// textIn is the text of a code in byte or alphanumeric mode (ISO/IEC 18004, 7.4.4 and 7.4.5), "" for any other.
func textIn(data []byte, version coding.Version) string {
	at := 0
	take := func(bits int) (n int) {
		for range bits {
			n = n<<1 | int(data[at/8]>>(7-at%8)&1)
			at++
		}
		return n
	}
	class := 0 // of versions, by how long the count is
	if version >= 10 {
		class++
	}
	if version >= 27 {
		class++
	}
	var text []byte
	switch take(4) {
	case 4:
		n := take([]int{8, 16, 16}[class])
		if at+8*n > 8*len(data) {
			return ""
		}
		for range n {
			text = append(text, byte(take(8)))
		}
	case 2:
		n := take([]int{9, 11, 13}[class])
		if at+n/2*11+n%2*6 > 8*len(data) {
			return ""
		}
		for ; n > 1; n -= 2 {
			pair := take(11)
			if pair >= len(signs)*len(signs) {
				return ""
			}
			text = append(text, signs[pair/len(signs)], signs[pair%len(signs)])
		}
		if n == 1 {
			last := take(6)
			if last >= len(signs) {
				return ""
			}
			text = append(text, signs[last])
		}
	}
	return string(text)
}

func whole(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
