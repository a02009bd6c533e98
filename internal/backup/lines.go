package backup

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"cunju/internal/db"
)

// lineMost is the longest line that is read, far above any act: a damaged length must not take all memory.
const lineMost = 64 << 20

// writeRows writes a town's rows of a table, in order of their key, one JSON object a line without the town.
func writeRows(ctx context.Context, q db.Querier, w io.Writer, t db.Table, town string) (n int64, err error) {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	rows, err := q.Query(ctx, `SELECT `+strings.Join(names, ", ")+` FROM `+t.Name+` WHERE town = $1 ORDER BY `+strings.Join(names[:t.Key], ", "), town)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	values := make([]any, len(names))
	into := make([]any, len(names))
	for i := range values {
		into[i] = &values[i]
	}
	var line []byte
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return n, err
		}
		if line, err = appendLine(line[:0], t.Columns[1:], values[1:]); err != nil {
			return n, fmt.Errorf("table %s, row %d: %w", t.Name, n, err)
		}
		if _, err := w.Write(line); err != nil {
			return n, err
		}
		n++
	}
	return n, rows.Err()
}

func appendLine(b []byte, columns []db.Column, values []any) ([]byte, error) {
	b = append(b, '{')
	for i, c := range columns {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(strconv.AppendQuote(b, c.Name), ':')
		switch v := values[i].(type) {
		case nil:
			b = append(b, "null"...)
		case int64:
			b = strconv.AppendInt(b, v, 10)
		case []byte:
			if c.Type == db.Text { // a driver may give text as bytes
				b = appendText(b, string(v))
				continue
			}
			b = append(base64.StdEncoding.AppendEncode(append(b, '"'), v), '"')
		case string:
			b = appendText(b, v)
		default:
			return nil, fmt.Errorf("column %s has type %T", c.Name, v)
		}
	}
	return append(b, "}\n"...), nil
}

// appendText writes a string as JSON without escapes for HTML.
func appendText(b []byte, s string) []byte {
	var out strings.Builder
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string always can be encoded
	return append(b, strings.TrimSuffix(out.String(), "\n")...)
}

// errLine says that a line is not one that appendLine wrote.
var errLine = errors.New("not a line of this table")

// readRows hands every line to f as the values of a row, town first. Values given to f are its own.
func readRows(r io.Reader, t db.Table, town string, f func(row []any) error) (n int64, err error) {
	in := bufio.NewReaderSize(r, 64<<10)
	var line []byte
	for {
		line = line[:0]
		for {
			part, err := in.ReadSlice('\n')
			line = append(line, part...)
			if err == nil {
				break
			}
			if errors.Is(err, bufio.ErrBufferFull) && len(line) < lineMost {
				continue
			}
			if errors.Is(err, io.EOF) && len(line) == 0 {
				return n, nil
			}
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return n, err
		}
		row, err := parseLine(line, t, town)
		if err != nil {
			return n, err
		}
		if err := f(row); err != nil {
			return n, err
		}
		n++
	}
}

func parseLine(line []byte, t db.Table, town string) ([]any, error) {
	fields := map[string]json.RawMessage{}
	if json.Unmarshal(line, &fields) != nil || len(fields) != len(t.Columns)-1 {
		return nil, errLine
	}
	row := make([]any, len(t.Columns))
	row[0] = town
	for i, c := range t.Columns[1:] {
		raw, ok := fields[c.Name]
		if !ok {
			return nil, errLine
		}
		v, err := parseValue(raw, c.Type)
		if err != nil {
			return nil, errLine
		}
		row[i+1] = v
	}
	return row, nil
}

func parseValue(raw json.RawMessage, t db.Type) (any, error) {
	switch t {
	case db.Int:
		return strconv.ParseInt(string(raw), 10, 64)
	case db.Text:
		var s *string
		if err := json.Unmarshal(raw, &s); err != nil || s == nil {
			return nil, errLine
		}
		return *s, nil
	case db.NullBytes:
		if string(raw) == "null" {
			return nil, nil
		}
	}
	var s *string
	if err := json.Unmarshal(raw, &s); err != nil || s == nil {
		return nil, errLine
	}
	return base64.StdEncoding.DecodeString(*s)
}
