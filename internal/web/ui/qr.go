package ui

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"rsc.io/qr"
)

// quiet is the blank margin around a QR code in modules (ISO/IEC 18004, 4X).
const quiet = 4

// QR draws text as a QR code of level M, one SVG path. Text too long for a code
// (about 2,300 bytes) is printed as text instead.
func QR(text, label string) templ.Component {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return Text(text)
	}
	return qrSVG(label, "0 0 "+strconv.Itoa(code.Size+2*quiet)+" "+strconv.Itoa(code.Size+2*quiet), qrPath(code))
}

// qrPath draws each run of dark modules in a row as one rectangle.
func qrPath(code *qr.Code) string {
	var b strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			run := 0
			for x+run < code.Size && code.Black(x+run, y) {
				run++
			}
			if run == 0 {
				continue
			}
			n := strconv.Itoa(run)
			b.WriteString("M" + strconv.Itoa(x+quiet) + " " + strconv.Itoa(y+quiet) + "h" + n + "v1h-" + n + "z")
			x += run
		}
	}
	return b.String()
}
