package body

import (
	"reflect"
	"strconv"

	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// plainOf are the values that stand beside their labels: all but rows and groups. Those of a map stand among them.
func plainOf(items []Item, marked map[string]bool) []ui.KV {
	var out []ui.KV
	for _, i := range items {
		switch {
		case i.Rows != nil || i.kind == Group || i.Empty():
		case i.Items != nil:
			out = append(out, plainOf(i.Items, marked)...)
		default:
			wide := i.kind == Long || i.kind == Cells || i.kind == Lines || len([]rune(i.Text)) > 24
			out = append(out, ui.KV{Key: i.Title, Body: value(i, marked[i.Path]), Wide: wide})
		}
	}
	return out
}

// used reports whether a column of the rows has anything in it.
func (i Item) used(column int) bool {
	for _, row := range i.Rows {
		if column < len(row) && !row[column].Empty() {
			return true
		}
	}
	return false
}

func (i Item) class() string {
	switch i.kind {
	case Money, Number:
		return "num"
	case Text, Long:
		return "wide"
	}
	return ""
}

// free0 are the top fields that are on the form.
func (fm Form) free0() []Field {
	var out []Field
	for _, f := range fm.Fields {
		if fm.free(f) {
			out = append(out, f)
		}
	}
	return out
}

// small fields stand side by side.
func small(f Field) bool {
	switch f.Kind {
	case Group, Rows, Map, Long, Lines, Cells:
		return false
	case Sealed, Inner, Refs:
		return false
	}
	return true
}

// at is a field's value, invalid in a row that is not there yet.
func at(v reflect.Value, f Field) reflect.Value {
	if !v.IsValid() {
		return v
	}
	x := v.FieldByIndex(f.index)
	if x.Kind() == reflect.Pointer {
		if x.IsNil() {
			return reflect.Value{}
		}
		return x.Elem()
	}
	return x
}

func rowAt(v reflect.Value, n int) reflect.Value {
	if !v.IsValid() || n >= v.Len() {
		return reflect.Value{}
	}
	return v.Index(n)
}

// present leaves out what has no input, and parts that the act does not have.
func present(v reflect.Value, f Field) bool {
	return f.Kind != Sealed && f.Kind != Inner && f.Kind != Refs && (f.Kind != Group || !v.IsValid() || at(v, f).IsValid())
}

func rowTitle(f Field, n, shown int) string {
	if n == shown {
		return f.Title + " · 新的一行（不填就不加）"
	}
	return f.Title + " · 第 " + strconv.Itoa(n+1) + " 行"
}

// field is an input with its help, which says what was there where something else is typed now.
func (fm Form) field(f *web.Form, x Field, path string, now reflect.Value) ui.Field {
	out := f.Field(path, x.Title, web.Optional)
	out.Help, out.Width = x.Help, ui.Third
	if !small(x) {
		out.Width = ui.Full
	}
	if x.Given && out.Help == "" {
		out.Help = "空着表示这次没有改这一栏。"
	}
	if x.Kind == Ref && fm.Choices[x.Ref] == nil {
		out.Help = "填编号。" + out.Help
	}
	if now.IsValid() && typed(x, now) != out.Value {
		was := typed(x, now)
		if x.Kind != Ref {
			was = fm.Words.text(x, now)
		}
		if was == "" {
			was = "（空）"
		}
		out.Help = "原为：" + was + "。" + out.Help
	}
	return out
}

func (fm Form) keyField(f *web.Form, path string, k ui.Option, now string) ui.Field {
	out := f.Field(path, k.Text, web.Optional)
	out.Width = ui.Third
	if now != out.Value {
		out.Help = "原为：" + now + "。"
		if now == "" {
			out.Help = "原为空。"
		}
	}
	return out
}

func worded(f ui.Field, empty string) ui.Field {
	f.Placeholder = empty
	return f
}

// linesOf is how high the input of a long text is.
func linesOf(f Field) int {
	if f.Kind == Long {
		return 3
	}
	return 8
}
