package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const committed = ".." // the folder of the committed files

// table is a written file read back: one map per row, by heading.
func table(t *testing.T, name, first string) []map[string]string {
	t.Helper()
	var rows [][]string
	path := filepath.Join(committed, name)
	if strings.HasSuffix(name, ".csv") {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text, err := simplifiedchinese.GB18030.NewDecoder().String(string(raw))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
			rows = append(rows, strings.Split(line, ","))
		}
	} else {
		f, err := excelize.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if rows, err = f.GetRows(f.GetSheetName(0), excelize.Options{RawCellValue: true}); err != nil {
			t.Fatal(err)
		}
	}
	says := false
	for i, row := range rows {
		says = says || strings.Contains(strings.Join(row, ""), disclaimer)
		at := slices.Index(row, first)
		if at < 0 {
			continue
		}
		if !says {
			t.Errorf("%s does not say that its persons are invented", name)
		}
		var out []map[string]string
		for _, cells := range rows[i+1:] {
			m := map[string]string{}
			for k, h := range row {
				if k < len(cells) {
					m[h] = cells[k]
				} else {
					m[h] = ""
				}
			}
			out = append(out, m)
		}
		return out
	}
	t.Fatalf("%s has no heading %s", name, first)
	return nil
}
