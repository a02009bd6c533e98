package body

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/web/ui"
)

// sealedText stands where an encrypted value is.
const sealedText = "已加密封存，不在这里显示"

// Name is an entity or an act as people know it.
type Name struct{ Text, Href string }

// Words are what a body's codes and numbers are called.
type Words struct {
	Lists Lists
	Names func(ref string, id int64) Name // of entities; those of [Numbers] will be asked for
}

// Item is a labelled value. It has a text, or items of its own, or rows.
type Item struct {
	Path  string // the field's place in the body: content.finance.lines.2.item
	Title string
	Text  string // "" for nothing
	Href  string // of what a number names
	Items []Item
	Rows  [][]Item
	Head  []string // titles of the rows' columns

	kind Kind
}

// Empty reports whether there is nothing to show.
func (i Item) Empty() bool {
	if i.Rows != nil {
		return len(i.Rows) == 0
	}
	for _, x := range i.Items {
		if !x.Empty() {
			return false
		}
	}
	return i.Text == ""
}

// Show turns a body, a pointer to its frozen type, into labelled values. What an act leaves as it was is left out.
func (w Words) Show(b any) []Item {
	v := reflect.ValueOf(b).Elem()
	return w.show(Of(v.Type()), v, "", false)
}

// show labels the fields of a struct; in a row every column has its item.
func (w Words) show(fields []Field, v reflect.Value, prefix string, row bool) []Item {
	var out []Item
	for _, f := range fields {
		x := at(v, f)
		switch {
		case f.Kind == Inner || !x.IsValid() && !row:
		case !x.IsValid():
			out = append(out, Item{Path: prefix + f.Name, Title: f.Title, kind: f.Kind})
		default:
			out = append(out, w.item(f, x, prefix+f.Name))
		}
	}
	return out
}

func (w Words) item(f Field, v reflect.Value, path string) Item {
	i := Item{Path: path, Title: f.Title, kind: f.Kind}
	switch f.Kind {
	case Group:
		i.Items = w.show(f.Fields, v, path+".", false)
	case Rows:
		i.Rows = [][]Item{}
		for _, c := range f.Fields {
			if c.Kind != Inner {
				i.Head = append(i.Head, c.Title)
			}
		}
		for n := range v.Len() {
			i.Rows = append(i.Rows, w.show(f.Fields, v.Index(n), path+"."+strconv.Itoa(n)+".", true))
		}
	case Map:
		for _, k := range keysOf(v) {
			x := Item{Path: path + "." + k, Title: w.Lists.word(f.List, k)}
			if e := v.MapIndex(reflect.ValueOf(k).Convert(v.Type().Key())); f.Ref != "" {
				x = w.ref(x, f.Ref, e.Int())
			} else if x.Text = e.String(); x.Text == "" {
				x.Text = "（清空）"
			}
			i.Items = append(i.Items, x)
		}
	case Refs:
		for n := range v.Len() {
			i.Items = append(i.Items, w.ref(Item{Path: path + "." + strconv.Itoa(n), Title: f.Title}, f.Ref, v.Index(n).Int()))
		}
	case Ref:
		if v.Int() != 0 || !f.None {
			i = w.ref(i, f.Ref, v.Int())
		}
	default:
		i.Text = w.text(f, v)
		if f.Given && i.Text == "" {
			i.Text = "（清空）"
		}
	}
	return i
}

func (w Words) ref(i Item, ref string, id int64) Item {
	if id < 0 {
		i.Text = "无"
		return i
	}
	n := w.Names(ref, id)
	i.Text, i.Href = n.Text, n.Href
	return i
}

// text writes a plain value as people do.
func (w Words) text(f Field, v reflect.Value) string {
	switch f.Kind {
	case Date:
		if d := calendar.Date(v.String()); d != "" {
			return d.Chinese()
		}
		return ""
	case Money:
		if v.Int() == 0 && f.None {
			return ""
		}
		return ui.Money(v.Int()) + " 元"
	case Number:
		return strconv.FormatInt(v.Int(), 10)
	case Flag:
		if v.Bool() {
			return "是"
		}
		return "否"
	case Choice:
		return w.Lists.word(f.List, v.String())
	case Sealed:
		if v.IsZero() {
			return ""
		}
		return sealedText
	case Lines, Cells:
		return writeCells(v)
	}
	return v.String()
}

// writeCells puts rows on lines and divides their cells by bars.
func writeCells(v reflect.Value) string {
	lines := make([]string, v.Len())
	for i := range lines {
		if row := v.Index(i); row.Kind() == reflect.String {
			lines[i] = row.String()
		} else {
			cells := make([]string, row.Len())
			for j := range cells {
				cells[j] = row.Index(j).String()
			}
			lines[i] = strings.Join(cells, " | ")
		}
	}
	return strings.Join(lines, "\n")
}

func keysOf(v reflect.Value) []string {
	var keys []string
	for _, k := range v.MapKeys() {
		keys = append(keys, k.String())
	}
	slices.Sort(keys)
	return keys
}

// Numbers gathers the numbers of entities and acts that a body names, by type.
func Numbers(b any) map[string][]int64 {
	out := map[string][]int64{}
	w := Words{Names: func(ref string, id int64) Name {
		if !slices.Contains(out[ref], id) {
			out[ref] = append(out[ref], id)
		}
		return Name{}
	}}
	w.Show(b)
	return out
}

// Compare names the values that differ between two readings of an act, each with its full label.
func Compare(old, now []Item) []ui.DiffRow {
	var rows []ui.DiffRow
	at := map[string]int{}
	flatten(old, "", func(path, label, text string) {
		at[path] = len(rows)
		rows = append(rows, ui.DiffRow{Label: label, Old: text})
	})
	flatten(now, "", func(path, label, text string) {
		i, ok := at[path]
		if !ok {
			i = len(rows)
			rows = append(rows, ui.DiffRow{Label: label})
		}
		rows[i].New = text
	})
	return slices.DeleteFunc(rows, func(r ui.DiffRow) bool { return r.Old == r.New })
}

// Changed are the paths whose values differ between two readings.
func Changed(old, now []Item) map[string]bool {
	was, out := map[string]string{}, map[string]bool{}
	flatten(old, "", func(path, _, text string) { was[path] = text })
	flatten(now, "", func(path, _, text string) {
		if before, ok := was[path]; !ok || before != text {
			out[path] = true
		}
	})
	return out
}

func flatten(items []Item, before string, each func(path, label, text string)) {
	for _, i := range items {
		label := before + i.Title
		switch {
		case i.Rows != nil:
			for n, row := range i.Rows {
				flatten(row, label+"第 "+strconv.Itoa(n+1)+" 行 · ", each)
			}
		case i.kind == Group:
			flatten(i.Items, label+" · ", each)
		case i.Items != nil: // of a map: its keys say what they are
			flatten(i.Items, "", each)
		default:
			each(i.Path, cmp.Or(label, i.Path), i.Text)
		}
	}
}
