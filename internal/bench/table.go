package bench

import (
	"fmt"
	"io"
)

// table prints a line as soon as it is measured; the columns have fixed widths therefore.
type table struct {
	out    io.Writer
	missed int
}

const columns = "%-50s %20s %20s %8s  %s\n"

func newTable(out io.Writer) *table {
	t := &table{out: out}
	fmt.Fprintf(out, columns, "what", "measured", "target", "ratio", "")
	return t
}

func (t *table) line(c Case, m Measure) {
	name, value := c.Name, m.Value
	measured := quantity(value, c.Target.Unit)
	if c.Peer != "" {
		name += " ÷ " + c.Peer
		measured = fmt.Sprintf("%s÷%s", quantity(m.Value, m.Unit), quantity(m.Peer, ""))
		value = m.Value / m.Peer
	}
	ratio, sign := value/c.Target.Value, "≥ "
	if c.Target.AtMost {
		ratio, sign = c.Target.Value/value, "≤ "
	}
	word := "pass"
	if ratio < 1 {
		word = "miss"
		t.missed++
	}
	fmt.Fprintf(t.out, columns, name, measured, sign+quantity(c.Target.Value, c.Target.Unit), fmt.Sprintf("%.2f", ratio), word)
}

func (t *table) close() error {
	_, err := fmt.Fprintf(t.out, "\nratio: how far inside the target; %d missed. Each line is the median of its rounds.\n", t.missed)
	return err
}

// quantity prints a value with three digits that matter.
func quantity(v float64, unit string) string {
	var s string
	switch {
	case v >= 1000:
		s = thousands(int64(v + 0.5))
	case v >= 10:
		s = fmt.Sprintf("%.0f", v)
	default:
		s = fmt.Sprintf("%.2g", v)
	}
	if unit == "" || unit == "×" {
		return s + unit
	}
	return s + " " + unit
}

func thousands(n int64) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
