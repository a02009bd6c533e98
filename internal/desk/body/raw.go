package body

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
)

// Raw is a body as it was recorded, indented, for whoever knows the format. What is sealed, and what only the program uses (the
// handle of a key, what a correction or an erasure carries), is left out: the browser never gets it.
func Raw(t reflect.Type, raw json.RawMessage) string {
	var all map[string]json.RawMessage
	if json.Unmarshal(raw, &all) != nil {
		return ""
	}
	var b, out bytes.Buffer
	b.WriteByte('{')
	for _, f := range Of(t) {
		v, ok := all[f.Name]
		if !ok || f.Kind == Sealed || f.Kind == Inner {
			continue
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.Quote(f.Name) + ":")
		b.Write(v)
	}
	b.WriteByte('}')
	if json.Indent(&out, b.Bytes(), "", "  ") != nil {
		return ""
	}
	return out.String()
}
