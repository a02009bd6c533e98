package sheet

import (
	"context"
	"crypto/hmac"
	"slices"
	"strconv"
	"strings"
)

// Change is one cell of an own export that somebody changed.
type Change struct {
	Key     int64  `json:"key"` // entity id
	Row     int    `json:"row"` // in the file
	Address string `json:"address"`
	Column  string `json:"column"` // key of the column
	Base    string `json:"base"`   // canonical value as exported
	Value   string `json:"value"`  // canonical value now
}

// Back is what came back of an own export.
type Back struct {
	Meta    Meta
	Changes []Change
	// New are rows without an id: added by hand below the exported ones. They
	// are row numbers of the preview.
	New []int
	// Gone are ids that were exported and are no longer in the file. Nothing
	// follows from it: a clerk may have sent back a part only.
	Gone    []int64
	Preview *Preview // all rows and problems; rows with errors give no changes
}

// IsExport reports whether a book says it is an export of this system, and the
// place it names. Only [ReadBack] finds out whether that is true.
func IsExport(b *Book) (Meta, bool) {
	m, _, _, err := readMeta(b, false)
	return m, err == nil
}

var errNotOurs = refuse("not-export", "这不是本系统导出的表，不能按修改导入。请用普通导入。")

// readMeta reads the hidden sheet: the description, the layout's name with the
// column keys, and the seals by entity id.
func readMeta(b *Book, withSeals bool) (m Meta, head []string, seals map[string]string, err error) {
	i := slices.IndexFunc(b.Sheets, func(s Info) bool { return s.Name == metaSheet })
	if i < 0 {
		return m, nil, nil, errNotOurs
	}
	head, seals = make([]string, metaHead), map[string]string{}
	for r, err := range b.Rows(i) {
		if err != nil {
			return m, nil, nil, err
		}
		if r.Number > metaHead && !withSeals {
			break
		}
		if r.Number <= metaHead {
			head[r.Number-1] = r.at(1).Raw
		} else {
			seals[r.at(1).Raw] = r.at(2).Raw
		}
	}
	m = Meta{Town: head[1], Kind: head[3]}
	if m.Position, err = strconv.ParseInt(head[2], 10, 64); err != nil || head[0] != exportMark {
		return m, nil, nil, errNotOurs
	}
	return m, head, seals, nil
}

// ReadBack compares an own export that came back with what was exported and
// returns the cells that differ. Base gives the canonical values of an entity as
// of the export's journal position, in the layout's order; it is asked only for
// rows whose seal no longer fits. The error is a [Refusal] when the file is not
// an export of this system, of this layout, under this secret.
func ReadBack(ctx context.Context, b *Book, l *Layout, secret []byte, base func(key int64) ([]string, bool), opt ReadOptions) (*Back, error) {
	meta, head, seals, err := readMeta(b, true)
	if err != nil {
		return nil, err
	}
	meta.Secret = secret
	seal := newSealer(meta)
	if head[4] != l.Name || head[5] != strings.Join(l.Keys(), ",") || !hmac.Equal([]byte(head[6]), []byte(seal.meta(l))) {
		return nil, refuse("foreign-export", "这张表不是从这里导出的，或者导出后系统的栏目改过，不能按修改导入。请重新导出一份再改。")
	}
	keyed := *l
	keyed.Columns = append([]Column{{Key: keyColumn, Title: "编号（系统用）", Kind: IDText}}, l.Columns...)
	opt.Sheet = "" // the visible sheet, whatever it is called by now
	p, err := Read(ctx, b, &keyed, opt)
	if err != nil {
		return nil, err
	}
	out := &Back{Meta: meta, Preview: p}
	c := comparison{l: l, p: p, seal: seal, seals: seals, base: base, out: out, seen: map[string]int{}}
	for i := range p.Rows {
		c.row(&p.Rows[i])
	}
	for key := range seals {
		if n, err := strconv.ParseInt(key, 10, 64); err == nil && c.seen[key] == 0 {
			out.Gone = append(out.Gone, n)
		}
	}
	slices.Sort(out.Gone)
	return out, nil
}

const keyColumn = "_key"

// comparison is the work of one ReadBack.
type comparison struct {
	l     *Layout
	p     *Preview
	seal  sealer
	seals map[string]string
	base  func(key int64) ([]string, bool)
	out   *Back
	seen  map[string]int // row by key
}

func (c *comparison) row(d *DataRow) {
	key, values := d.Values[0], d.Values[1:]
	if key == "" {
		c.out.New = append(c.out.New, d.Number)
		return
	}
	id, err := strconv.ParseInt(key, 10, 64)
	switch sealed, ok := c.seals[key]; {
	case err != nil || !ok:
		c.fault(d, "这一行的系统编号“"+clip(key)+"”不在导出的名单里，没有读取。新增的行请把 A 列留空")
		return
	case c.seen[key] != 0:
		c.fault(d, "这一行和第 "+itoa(int64(c.seen[key]))+" 行的系统编号相同，像是复制出来的，没有读取。新增的行请把 A 列留空")
		return
	case sealed == c.seal.row(key, c.l, values):
		c.seen[key] = d.Number
		return
	}
	c.seen[key] = d.Number
	if d.Level == Error {
		return
	}
	was, ok := c.base(id)
	if !ok || c.seal.row(key, c.l, was) != c.seals[key] {
		c.fault(d, "导出时这一行的内容已经无法还原，改动没有读取。请重新导出一份再改")
		return
	}
	for _, m := range c.p.Match.Columns {
		i := c.l.column(m.Key)
		if i < 0 || c.l.Columns[i].Kind == Serial || reread(&c.l.Columns[i], was[i]) == values[i] {
			continue
		}
		c.out.Changes = append(c.out.Changes, Change{Key: id, Row: d.Number, Address: Address(d.Number, m.Col),
			Column: m.Key, Base: was[i], Value: values[i]})
	}
}

// reread gives an exported value the form in which it is read again: a value
// recorded before the layout's present rules, with two spaces say, is no change.
func reread(col *Column, v string) string {
	if n, err := strconv.ParseInt(v, 10, 64); err == nil && col.Kind == Money {
		v = FormatMoney(n)
	}
	out, f := newParser(col, unitScale["元"]).parse(Cell{Raw: v, Kind: CellText})
	if f != nil && out == "" || v == "" {
		return v
	}
	return out
}

func (c *comparison) fault(d *DataRow, message string) {
	d.Level, d.Selected = Error, false
	c.p.Errors++
	c.p.BadRows++
	c.p.Problems = append(c.p.Problems, Problem{Sheet: c.p.Match.Sheet, Address: Address(d.Number, 1), Row: d.Number, Message: message, Level: Error})
}
