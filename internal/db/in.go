package db

import (
	"strconv"
	"strings"
)

// In writes the placeholders of an IN list from number first on, "$2, $3", with their arguments. An empty list matches nothing.
func In(first int, ids []int64) (list string, args []any) {
	if len(ids) == 0 {
		return "NULL", nil
	}
	var b strings.Builder
	for i, id := range ids {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(first+i))
		args = append(args, id)
	}
	return b.String(), args
}

// Contains is a LIKE pattern with ESCAPE '!' for a text anywhere; what means something to LIKE is taken literally.
func Contains(s string) string {
	return "%" + strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(s) + "%"
}
