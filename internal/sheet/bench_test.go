package sheet_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"cunju/internal/sheet"
	"cunju/internal/sheet/layouts"
)

// roster builds a 29-column roster of n members with a few faults.
func roster(tb testing.TB, n int) []byte {
	tb.Helper()
	l := layouts.Roster29(layouts.Checks{})
	f := excelize.NewFile()
	defer f.Close()
	sw, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	row := make([]any, len(l.Columns))
	for i, c := range l.Columns {
		row[i] = c.Title
	}
	if err := sw.SetRow("A1", row); err != nil {
		tb.Fatal(err)
	}
	for i := range n {
		for k, v := range member(i) {
			row[k] = v
		}
		if err := sw.SetRow(sheet.Address(i+2, 1), row); err != nil {
			tb.Fatal(err)
		}
	}
	if err := sw.Flush(); err != nil {
		tb.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func member(i int) []string {
	v := []string{strconv.Itoa(i + 1), "张某" + strconv.Itoa(i), "男", fmt.Sprintf("3210021980010%05d", i), "汉族", "1980-01-01", "大学本科", "正式党员", "学士", "文峰村第一党支部", "13800000000",
		"2000-07-01", "2001-07-01", "25", "0", "", "农民", "", "否", "扬州市广陵区文峰街道文峰村一组" + strconv.Itoa(i) + "号", "扬州市广陵区", "否", "否", "新发展", "按期转正", "文峰村第一党支部", "", "农业", ""}
	if i%1000 == 7 {
		v[11], v[10] = "2000-13-01", "123"
	}
	return v
}

// BenchmarkPreview is the import: 10,000 × 29 with all problems.
func BenchmarkPreview(b *testing.B) {
	data := roster(b, 10_000)
	l := layouts.Roster29(layouts.Checks{})
	b.ReportAllocs()
	for b.Loop() {
		book, err := sheet.Open(bytes.NewReader(data), int64(len(data)), "名册.xlsx")
		if err != nil {
			b.Fatal(err)
		}
		p, err := sheet.Read(context.Background(), book, l, sheet.ReadOptions{})
		if err != nil || len(p.Rows) != 10_000 || p.Errors != 20 {
			b.Fatal(err, p.Summary())
		}
	}
}

// BenchmarkPeerRows only streams the same file with excelize, for a ratio.
func BenchmarkPeerRows(b *testing.B) {
	data := roster(b, 10_000)
	b.ReportAllocs()
	for b.Loop() {
		f, err := excelize.OpenReader(bytes.NewReader(data))
		if err != nil {
			b.Fatal(err)
		}
		rows, err := f.Rows("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			if _, err := rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
				b.Fatal(err)
			}
		}
		f.Close()
	}
}

// BenchmarkExport is 100,000 × 25.
func BenchmarkExport(b *testing.B) {
	l := layouts.Roster29(layouts.Checks{})
	l.Columns = l.Columns[:25]
	v := member(1)[:25]
	b.ReportAllocs()
	for b.Loop() {
		err := sheet.Export(io.Discard, l, sheet.Meta{Town: "321002003", Secret: []byte("x")}, func(yield func(sheet.ExportRow) bool) {
			for i := range 100_000 {
				if !yield(sheet.ExportRow{Key: int64(i), Values: v}) {
					return
				}
			}
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMarkUp marks a 10,000 × 29 roster.
func BenchmarkMarkUp(b *testing.B) {
	data := roster(b, 10_000)
	book, err := sheet.Open(bytes.NewReader(data), int64(len(data)), "名册.xlsx")
	if err != nil {
		b.Fatal(err)
	}
	p, err := sheet.Read(context.Background(), book, layouts.Roster29(layouts.Checks{}), sheet.ReadOptions{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := sheet.MarkUp(io.Discard, bytes.NewReader(data), int64(len(data)), p); err != nil {
			b.Fatal(err)
		}
	}
}

// peak runs fn and returns the highest heap in use above the start, sampled.
func peak(fn func()) uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	start, top := m.HeapAlloc, uint64(0)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				if m.HeapAlloc > start {
					top = max(top, m.HeapAlloc-start)
				}
			}
		}
	}()
	fn()
	close(stop)
	<-done
	return top
}

// TestMemory holds the bounds that keep the server small: a preview of
// 10,000 × 29 within 100 MB, an export within 100 MB.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("measures for seconds")
	}
	data := roster(t, 10_000)
	l := layouts.Roster29(layouts.Checks{})
	var p *sheet.Preview
	began := time.Now()
	got := peak(func() {
		book, err := sheet.Open(bytes.NewReader(data), int64(len(data)), "名册.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		if p, err = sheet.Read(context.Background(), book, l, sheet.ReadOptions{}); err != nil {
			t.Fatal(err)
		}
	})
	t.Logf("preview of %d rows: %d MB above the start, %v", len(p.Rows), got>>20, time.Since(began))
	if got > 100<<20 {
		t.Errorf("a preview took %d MB", got>>20)
	}
	v := member(1)
	got = peak(func() {
		err := sheet.Export(io.Discard, l, sheet.Meta{Town: "321002003", Secret: []byte("x")}, func(yield func(sheet.ExportRow) bool) {
			for i := range 20_000 {
				if !yield(sheet.ExportRow{Key: int64(i), Values: v}) {
					return
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	t.Logf("export of 20,000 rows: %d MB above the start", got>>20)
	if got > 100<<20 {
		t.Errorf("an export took %d MB", got>>20)
	}
}
