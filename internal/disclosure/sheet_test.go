package disclosure

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cunju/internal/sheet"
)

func readFile(t *testing.T, path string) (Content, *sheet.Preview, error) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	book, err := sheet.Open(bytes.NewReader(b), int64(len(b)), filepath.Base(path))
	if err != nil {
		t.Fatal(err)
	}
	return ReadSheet(t.Context(), book)
}

func TestEveryDemoTableIsRead(t *testing.T) {
	paths, err := filepath.Glob("../../demo/finance/*")
	if err != nil || len(paths) < 50 {
		t.Fatalf("%d tables, %v", len(paths), err)
	}
	for _, path := range paths {
		c, p, err := readFile(t, path)
		if err != nil || p.Errors > 0 {
			t.Errorf("%s: %v %+v", path, err, p.Problems)
			continue
		}
		if err := c.check(); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		if !strings.Contains(c.Title+c.Text, "虚构") || c.From == "" || c.To < c.From || c.Title == "" {
			t.Errorf("%s: %q %s–%s %q", path, c.Title, c.From, c.To, c.Text)
		}
		if (c.Finance == nil) != strings.Contains(path, "yunxiao") {
			t.Errorf("%s: finance %v", path, c.Finance != nil)
		}
	}
}

// Published by 云霄县人民政府 on 2017-01-05: 171 villages, 40 of them poor, 25 communities, 8,240,000 yuan.
func TestTheTableOfYunxiao(t *testing.T) {
	c, _, err := readFile(t, "../../demo/finance/yunxiao-2017.xlsx")
	if err != nil || c.Table == nil {
		t.Fatal(c, err)
	}
	total := strings.Join(c.Table.Total, "|")
	for _, want := range []string{"|171|40|25|824|"} {
		if !strings.Contains(total, want) {
			t.Errorf("total row %s lacks %s", total, want)
		}
	}
	if len(c.Table.Rows) != 11 || c.From != "2017-01-01" || c.To != "2017-12-31" {
		t.Errorf("%d rows, %s–%s", len(c.Table.Rows), c.From, c.To)
	}
	heads := strings.Join(c.Table.Columns, "|")
	if !strings.Contains(heads, "万元") {
		t.Errorf("headings %s", heads)
	}
	c.Table.Rows[3][2] = "13"
	if err := c.check(); err == nil || !strings.Contains(err.Error(), "合计填的是 171") {
		t.Errorf("a changed figure: %v", err)
	}
}
