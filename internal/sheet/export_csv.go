package sheet

import (
	"bufio"
	"io"
	"iter"
	"strconv"
	"strings"
)

// ExportCSV writes a register as UTF-8 text with a byte order mark, which office
// programs need to show Chinese. Digits that they would turn into numbers, and
// texts that they would take for formulas, begin with a tab; [Open] takes it off.
func ExportCSV(w io.Writer, l *Layout, rows iter.Seq[ExportRow]) error {
	b := bufio.NewWriter(w)
	b.WriteString("\ufeff")
	for i := range l.Columns {
		if i > 0 {
			b.WriteByte(',')
		}
		csvField(b, l.Columns[i].Title)
	}
	b.WriteString("\r\n")
	n := 0
	for r := range rows {
		n++
		for i := range l.Columns {
			c := &l.Columns[i]
			v := r.Values[i]
			if i > 0 {
				b.WriteByte(',')
			}
			switch fen, err := strconv.ParseInt(v, 10, 64); {
			case c.Kind == Serial:
				v = strconv.Itoa(n)
			case c.Kind == Money && err == nil:
				v = FormatMoney(fen)
			case c.Kind != Int && v != "" && (strings.ContainsRune("=+-@", rune(v[0])) || len(v) >= 11 && err == nil || v[0] == '0' && err == nil):
				v = "\t" + v
			}
			csvField(b, v)
		}
		b.WriteString("\r\n")
	}
	return b.Flush()
}

func csvField(b *bufio.Writer, s string) {
	if !strings.ContainsAny(s, ",\"\r\n\t;") {
		b.WriteString(s)
		return
	}
	b.WriteByte('"')
	b.WriteString(strings.ReplaceAll(s, `"`, `""`))
	b.WriteByte('"')
}
