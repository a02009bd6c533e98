package disclosure

import (
	"bytes"
	"context"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cunju/internal/calendar"
	"cunju/internal/sheet"
)

func writeAndRead(t interface {
	Fatal(...any)
	Helper()
}, c Content) Content {
	t.Helper()
	var b bytes.Buffer
	if err := WriteSheet(&b, "文峰村", c); err != nil {
		t.Fatal(err)
	}
	book, err := sheet.Open(bytes.NewReader(b.Bytes()), int64(b.Len()), "a.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	got, p, err := ReadSheet(context.Background(), book)
	if err != nil || p.Errors > 0 {
		t.Fatal(err, p)
	}
	return got
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	word := rapid.StringMatching(`[项目甲乙丙丁水电维修补助]{2,8}`)
	rapid.Check(t, func(t *rapid.T) {
		f := &Finance{Opening: rapid.Int64Range(-1e9, 1e12).Draw(t, "opening"), Lines: []Line{}}
		f.Closing = f.Opening
		for range rapid.IntRange(0, 12).Draw(t, "n") {
			l := Line{Item: word.Draw(t, "item"), Source: word.Draw(t, "source"), Dept: word.Draw(t, "dept"), Handler: "王某"}
			fen := rapid.Int64Range(1, 1e11).Draw(t, "fen")
			if rapid.Bool().Draw(t, "in") {
				l.In, f.Closing = fen, f.Closing+fen
			} else {
				l.Out, f.Closing = fen, f.Closing-fen
			}
			if rapid.Bool().Draw(t, "dated") {
				l.Day = calendar.Date("2026-10-01").AddDays(rapid.IntRange(0, 30).Draw(t, "day"))
			}
			f.Lines = append(f.Lines, l)
		}
		want := Content{Subject: "finance", Title: "文峰村2026年10月财务收支公开表", From: "2026-10-01", To: "2026-10-31", Text: "第一条说明。\n第二条说明。", Finance: f}
		if err := want.check(); err != nil {
			t.Fatal(err)
		}
		if got := writeAndRead(t, want); !reflect.DeepEqual(got, want) {
			t.Fatalf("wrote %+v %+v\nread  %+v %+v", want, *want.Finance, got, got.Finance)
		}
	})
}

func TestTheTableOfYunxiaoSurvivesAWayOut(t *testing.T) {
	want, _, err := readFile(t, "../../demo/finance/yunxiao-2017.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	got := writeAndRead(t, want)
	if !reflect.DeepEqual(got.Table, want.Table) {
		t.Fatalf("wrote %+v\nread  %+v", want.Table, got.Table)
	}
}

// A balance that is off by one fen in either direction is never recorded, whatever the lines.
func TestBalancesThatDoNotAddUpAreRefused(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, out := rapid.Int64Range(1, 1e12).Draw(t, "in"), rapid.Int64Range(1, 1e12).Draw(t, "out")
		opening := rapid.Int64Range(-1e12, 1e12).Draw(t, "opening")
		off := rapid.SampledFrom([]int64{-1e6, -1, 1, 100}).Draw(t, "off")
		f := &Finance{Opening: opening, Lines: []Line{{Item: "甲", In: in}, {Item: "乙", Out: out}}, Closing: opening + in - out}
		if err := f.check(); err != nil {
			t.Fatal(err)
		}
		f.Closing += off
		if err := f.check(); err == nil || !strings.Contains(err.Error(), "不符，差") {
			t.Fatalf("off by %d: %v", off, err)
		}
	})
}

func TestContentIsHeldAgainstItself(t *testing.T) {
	good := func() Content {
		return Content{Subject: "village", Item: "decisions", Title: "村民代表会议决定", Text: "修路。", From: "2026-10-01", To: "2026-10-31"}
	}
	g := good()
	if err := g.check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Content){
		"no subject":         func(c *Content) { c.Subject = "gossip" },
		"no title":           func(c *Content) { c.Title = "  " },
		"nothing said":       func(c *Content) { c.Text = "\n" },
		"period turned":      func(c *Content) { c.To = "2026-09-30" },
		"money from nowhere": func(c *Content) { c.Finance = &Finance{Closing: 1} },
		"line both ways":     func(c *Content) { c.Finance = &Finance{Lines: []Line{{Item: "甲", In: 5, Out: 5}}} },
		"line without sum":   func(c *Content) { c.Finance = &Finance{Lines: []Line{{Item: "甲"}}} },
		"line without item":  func(c *Content) { c.Finance = &Finance{Lines: []Line{{In: 1}}, Closing: 1} },
		"negative":           func(c *Content) { c.Finance = &Finance{Lines: []Line{{Item: "甲", In: -1}}, Closing: -1} },
		"absurd sum":         func(c *Content) { c.Finance = &Finance{Lines: []Line{{Item: "甲", In: 1 << 62}}, Closing: 1 << 62} },
		"ragged table":       func(c *Content) { c.Table = &Table{Columns: []string{"甲", "乙"}, Rows: [][]string{{"1"}}} },
		"empty table":        func(c *Content) { c.Table = &Table{Columns: []string{"甲"}} },
		"words in a sum": func(c *Content) {
			c.Table = &Table{Columns: []string{"甲"}, Rows: [][]string{{"约三"}}, Total: []string{"3"}}
		},
		"damaged file name": func(c *Content) { c.Files = []File{{Name: "a.pdf", Hash: "abc"}} },
		"item of no law":    func(c *Content) { c.Item = "gossip" },
	} {
		c := good()
		spoil(&c)
		if err := c.check(); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestMaskedContentHoldsNoNumber(t *testing.T) {
	c := Content{Subject: "village", Title: "低保名单 13812345678", Text: "张某 321002199001010016",
		Finance: &Finance{Lines: []Line{{Item: "慰问 李某6222021234567890128", In: 1, Note: "电话138 1234 5678"}}, Closing: 1},
		Table:   &Table{Columns: []string{"甲"}, Rows: [][]string{{"13812345678"}}, Total: []string{"合计"}}, Files: []File{{Name: "13812345678.pdf"}}}
	if got := c.Personal(); !strings.Contains(got, "手机号码 4 处") || !strings.Contains(got, "银行卡") {
		t.Errorf("found %q", got)
	}
	m := c.Masked()
	if got := m.Personal(); got != "" {
		t.Errorf("left after masking: %s in %q", got, m.all())
	}
	if c.Table.Rows[0][0] != "13812345678" || c.Finance.Lines[0].Note != "电话138 1234 5678" {
		t.Error("masking changed the original")
	}
}
