package body

import (
	"reflect"
	"slices"

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

// small fields stand side by side.
func small(f Field) bool { return f.Kind != Map && f.Kind != Long }

// at is a field's value, invalid where an act leaves it as it was.
func at(v reflect.Value, f Field) reflect.Value {
	x := v.FieldByIndex(f.index)
	if x.Kind() == reflect.Pointer {
		return x.Elem()
	}
	return x
}

// known adds a code that no list has: what was recorded stays in its input.
func known(options []ui.Option, code string) []ui.Option {
	if code == "" || slices.Contains(codesOf(options), code) {
		return options
	}
	return append(slices.Clone(options), ui.Option{Value: code, Text: code})
}

// field is an input with its help, which says what was there where something else is typed now.
func (fm Form) field(f *web.Form, x Field, now reflect.Value) ui.Field {
	out := f.Field(x.Name, x.Title, web.Need(x.Kind == Number && !x.Given && !x.None))
	out.Help, out.Width = x.Help, ui.Third
	if !small(x) {
		out.Width = ui.Full
	}
	if x.Given && out.Help == "" {
		out.Help = "空着表示这次没有改这一栏。"
	}
	if now.Kind() == reflect.Pointer {
		now = now.Elem()
	}
	if now.IsValid() && bare(typed(x, now)) != bare(out.Value) {
		out.Help = "原为：" + orEmpty(fm.Words.text(x, now)) + "。" + out.Help
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
