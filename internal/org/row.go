package org

import (
	"errors"
	"fmt"
	"strings"

	"cunju/internal/journal"
)

// AtRow names the row of the file in a refusal of a batch; other errors stay as they are. Every slice's importers use it.
func AtRow(row int, err error) error {
	var r *journal.Refusal
	if errors.As(err, &r) {
		c := *r
		c.Message = fmt.Sprintf("第 %d 行：%s。整批没有登记。", row, strings.TrimRight(r.Message, "。"))
		return &c
	}
	return err
}
