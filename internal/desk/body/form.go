package body

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"cunju/internal/law/codes"
	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// Form is a body on a form: what may be changed of it and what not.
type Form struct {
	Fields  []Field
	Words   Words
	Choices map[string][]ui.Option // entities to choose from by type; others are typed by their numbers
	Keep    []string               // top fields that stay as they are
	Private bool                   // the body is about a person: numbers belong to the vault, not into plain text
}

// NewForm describes the form of a body.
func NewForm(b any) Form { return Form{Fields: Of(reflect.TypeOf(b).Elem())} }

// free reports whether a field is on the form.
func (fm Form) free(f Field) bool {
	return !slices.Contains(fm.Keep, f.Name) && f.Kind != Sealed && f.Kind != Inner && f.Kind != Refs && !(f.Kind == Map && f.Ref != "")
}

// Any reports whether there is anything to fill in.
func (fm Form) Any() bool {
	for _, f := range fm.Fields {
		if fm.free(f) {
			return true
		}
	}
	return false
}

// Labels name the fields of the form, for refusals about them.
func (fm Form) Labels() map[string]string {
	out := map[string]string{}
	for _, f := range fm.Fields {
		if fm.free(f) {
			out[f.Name] = f.Title
		}
	}
	return out
}

// rowsOf is the hidden field that counts the rows shown; more is the button that asks for more of them, drop the box that takes
// one away, clear the box that empties what an act gave.
func rowsOf(path string) string  { return path + ".n" }
func dropOf(path string) string  { return path + ".drop" }
func clearOf(path string) string { return path + ".clear" }

const (
	doField    = "do"
	morePrefix = "more:"
	moreRows   = 3
	mostRows   = 2000
)

// Fill gives the form's first values, in pairs, as [web.NewForm] takes them.
func (fm Form) Fill(b any) []string { return fm.fill(fm.Fields, reflect.ValueOf(b).Elem(), "") }

func (fm Form) fill(fields []Field, v reflect.Value, prefix string) (pairs []string) {
	for _, f := range fields {
		if !fm.free(f) && prefix == "" {
			continue
		}
		x, path := v.FieldByIndex(f.index), prefix+f.Name
		if x.Kind() == reflect.Pointer {
			if x.IsNil() {
				continue
			}
			if x = x.Elem(); f.Given && x.IsZero() && f.Kind != Flag {
				pairs = append(pairs, clearOf(path), "1")
			}
		}
		switch f.Kind {
		case Group:
			pairs = append(pairs, fm.fill(f.Fields, x, path+".")...)
		case Rows:
			pairs = append(pairs, rowsOf(path), strconv.Itoa(x.Len()))
			for n := range x.Len() {
				pairs = append(pairs, fm.fill(f.Fields, x.Index(n), path+"."+strconv.Itoa(n)+".")...)
			}
		case Map:
			for _, k := range keysOf(x) {
				value := valueAt(x, k)
				pairs = append(pairs, path+"."+k, value)
				if value == "" {
					pairs = append(pairs, clearOf(path+"."+k), "1")
				}
			}
		default:
			pairs = append(pairs, path, typed(f, x))
		}
	}
	return pairs
}

// typed is a value as it stands in its input.
func typed(f Field, v reflect.Value) string {
	switch f.Kind {
	case Money:
		if v.Int() == 0 {
			return ""
		}
		return ui.Money(v.Int())
	case Number, Ref:
		return strconv.FormatInt(v.Int(), 10)
	case Flag:
		if v.Bool() {
			return "1"
		}
		if f.Given {
			return "0"
		}
		return ""
	case Lines, Cells:
		return writeCells(v)
	}
	return v.String()
}

// More reports whether the form was sent to get more rows, not to be recorded, and puts them onto it.
func (fm Form) More(f *web.Form) bool {
	path, ok := strings.CutPrefix(f.Value(doField), morePrefix)
	if ok {
		f.Set(rowsOf(path), strconv.Itoa(min(count(f, path)+moreRows, mostRows)))
	}
	return ok
}

// count is how many rows of a list the form shows.
func count(f *web.Form, path string) int {
	n, err := strconv.Atoi(f.Value(rowsOf(path)))
	if err != nil || n < 0 {
		return 0
	}
	return min(n, mostRows)
}

// Read takes the form's values into b, a pointer to a body as it reads now, and puts what is wrong onto the form.
func (fm Form) Read(f *web.Form, b any) {
	r := reading{fm, f}
	for _, x := range fm.Fields {
		if fm.free(x) {
			r.field(x, x.Name, x.Title, reflect.ValueOf(b).Elem().FieldByIndex(x.index))
		}
	}
}

type reading struct {
	Form
	in *web.Form
}

const (
	shortText = 500
	longText  = 20_000
)

func (r reading) field(f Field, path, label string, v reflect.Value) {
	switch {
	case f.Given && f.Kind == Flag && r.in.Value(path) == "", f.Given && f.Kind != Flag && r.blank(path) && !r.in.Bool(clearOf(path)):
		v.SetZero()
		return
	case f.Given:
		x := reflect.New(v.Type().Elem())
		if !r.blank(path) {
			r.value(f, path, label, x.Elem())
		}
		v.Set(x)
		return
	case v.Kind() == reflect.Pointer && v.IsNil(): // a part that the act does not have
		return
	case v.Kind() == reflect.Pointer:
		v = v.Elem()
	}
	r.value(f, path, label, v)
}

func (r reading) blank(path string) bool { return strings.TrimSpace(r.in.Value(path)) == "" }

func (r reading) value(f Field, path, label string, v reflect.Value) {
	switch f.Kind {
	case Text:
		v.SetString(r.plain(path, label, shortText))
	case Long:
		v.SetString(r.plain(path, label, longText))
	case Date:
		v.SetString(string(r.in.Date(path, label, web.Optional)))
	case Money:
		if s := r.in.Text(path, label, shortText); s == "" {
			v.SetInt(0)
		} else if fen, err := web.ParseMoney(s); err != nil {
			r.in.Fail(path, label, err.Error())
		} else {
			v.SetInt(fen)
		}
	case Number:
		v.SetInt(r.in.Int64(path, label, web.Optional, -1<<53, 1<<53))
	case Ref:
		r.ref(f, path, label, v)
	case Flag:
		v.SetBool(r.in.Bool(path))
	case Choice:
		v.SetString(r.in.Choice(path, label, web.Optional, r.codes(f, v.String())...))
	case Lines, Cells:
		r.cells(path, label, v)
	case Group:
		for _, x := range f.Fields {
			if x.Kind != Sealed && x.Kind != Inner {
				r.field(x, path+"."+x.Name, x.Title, v.FieldByIndex(x.index))
			}
		}
	case Rows:
		r.rows(f, path, label, v)
	case Map:
		r.keyed(f, path, v)
	}
}

// plain reads a text in which no numbers of persons belong.
func (r reading) plain(path, label string, limit int) string {
	s := r.in.Text(path, label, limit)
	if r.Private && len(codes.FindPersonal(s)) > 0 {
		r.in.Fail(path, label, "这里不能填写证件号码、电话或银行卡号，请在人员页面的专门栏目里更正")
	}
	return s
}

func (r reading) codes(f Field, now string) []string {
	return append(codesOf(r.Words.Lists[f.List]), now)
}

func codesOf(options []ui.Option) []string {
	out := make([]string, len(options))
	for i, o := range options {
		out[i] = o.Value
	}
	return out
}

// valueAt is a map's text at a key, "" for none.
func valueAt(v reflect.Value, key string) string {
	if x := v.MapIndex(reflect.ValueOf(key).Convert(v.Type().Key())); x.IsValid() {
		return x.String()
	}
	return ""
}

// ref reads the number of an entity. What it names is for the journal to check, which knows whether it existed on the day.
func (r reading) ref(f Field, path, label string, v reflect.Value) {
	options, now := r.Choices[f.Ref], v.Int()
	id := r.in.Int64(path, label, web.Optional, -1, 1<<53)
	offered := options == nil || id == now || r.blank(path)
	for _, o := range options {
		offered = offered || o.Value == strconv.FormatInt(id, 10)
	}
	if !offered {
		r.in.Fail(path, label, "请从列出的选项中选择")
		return
	}
	v.SetInt(id)
}

// cells reads texts back, a line each, their cells divided by bars.
func (r reading) cells(path, label string, v reflect.Value) {
	s := r.plain(path, label, longText)
	out := reflect.MakeSlice(v.Type(), 0, 0)
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if v.Type().Elem().Kind() == reflect.String {
			out = reflect.Append(out, reflect.ValueOf(line))
			continue
		}
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		out = reflect.Append(out, reflect.ValueOf(cells))
	}
	if out.Len() == 0 {
		out = reflect.Zero(v.Type())
	}
	v.Set(out)
}

// rows reads a list: rows that are empty or marked to go are left out, the others keep what the form does not show of them.
func (r reading) rows(f Field, path, label string, v reflect.Value) {
	out := reflect.MakeSlice(v.Type(), 0, v.Len())
	for n := range count(r.in, path) + 1 {
		at := path + "." + strconv.Itoa(n)
		if r.in.Bool(dropOf(at)) || n >= v.Len() && r.blankRow(f.Fields, at) {
			continue
		}
		row := reflect.New(v.Type().Elem()).Elem()
		if n < v.Len() {
			row.Set(v.Index(n))
		}
		for _, x := range f.Fields {
			if x.Kind != Sealed && x.Kind != Inner {
				r.field(x, at+"."+x.Name, label+"第 "+strconv.Itoa(n+1)+" 行 · "+x.Title, row.FieldByIndex(x.index))
			}
		}
		out = reflect.Append(out, row)
	}
	v.Set(out)
}

func (r reading) blankRow(fields []Field, at string) bool {
	for _, x := range fields {
		if !r.blank(at + "." + x.Name) {
			return false
		}
	}
	return true
}

// keyed reads the values of a map, key by key. An empty value is left out unless the act is to empty it.
func (r reading) keyed(f Field, path string, v reflect.Value) {
	t := v.Type()
	out := reflect.MakeMap(t)
	for _, k := range r.keys(f, v) {
		at := path + "." + k.Value
		s := ""
		if choices := r.Words.Lists[f.List+"."+k.Value]; choices != nil {
			s = r.in.Choice(at, k.Text, web.Optional, append(codesOf(choices), valueAt(v, k.Value))...)
		} else {
			s = r.plain(at, k.Text, shortText)
		}
		if s != "" || f.Clears && r.in.Bool(clearOf(at)) {
			out.SetMapIndex(reflect.ValueOf(k.Value).Convert(t.Key()), reflect.ValueOf(s))
		}
	}
	if out.Len() == 0 {
		out = reflect.Zero(t)
	}
	v.Set(out)
}

// keys are those that a map may have: what the list offers, and what is there by now.
func (fm Form) keys(f Field, v reflect.Value) []ui.Option {
	out := append([]ui.Option(nil), fm.Words.Lists[f.List]...)
	for _, k := range keysOf(v) {
		if !slices.Contains(codesOf(out), k) {
			out = append(out, ui.Option{Value: k, Text: k})
		}
	}
	return out
}
