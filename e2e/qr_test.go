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
		if text := bytesIn(data, version); strings.HasPrefix(text, "http") {
			return text
		}
	}
	t.Fatalf("the code %s cannot be read", name)
	return ""
}

// bytesIn is the text of a code in byte mode (ISO/IEC 18004, 7.4.5), "" for any other.
func bytesIn(data []byte, version coding.Version) string {
	at := 0
	take := func(bits int) (n int) {
		for range bits {
			n = n<<1 | int(data[at/8]>>(7-at%8)&1)
			at++
		}
		return n
	}
	if take(4) != 4 {
		return ""
	}
	length := 8
	if version >= 10 {
		length = 16
	}
	n := take(length)
	if at+8*n > 8*len(data) {
		return ""
	}
	text := make([]byte, n)
	for i := range text {
		text[i] = byte(take(8))
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
