package mirror

import (
	"encoding/json"
	"regexp"
	"slices"
)

// Attachments lists the hashes of the files that a public act's payload shows to everyone, each once, in order. A voucher that
// was not declared open is named in the payload by its hash, and its file stays where it is.
func Attachments(payload string) []string {
	var v any
	if json.Unmarshal([]byte(payload), &v) != nil {
		return nil
	}
	var out []string
	walk(v, &out)
	slices.Sort(out)
	return slices.Compact(out)
}

var hexHash = regexp.MustCompile(`^[0-9a-f]{64}$`)

func walk(v any, out *[]string) {
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			walk(x, out)
		}
	case map[string]any:
		if hash, ok := v["sha256"].(string); ok && hexHash.MatchString(hash) {
			*out = append(*out, hash)
		}
		_, line := v["line"] // a voucher stands behind a line of a table
		for name, x := range v {
			if name == "file" && line && v["open"] != true {
				continue
			}
			walk(x, out)
		}
	}
}
