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
	Keep    []string // top fields that stay as they are
	Private bool     // the body is about a person: numbers belong to the vault, not into plain text
}

// NewForm describes the form of a body.
func NewForm(b any) Form { return Form{Fields: Of(reflect.TypeOf(b).Elem())} }

// withInput are the kinds of fields that have an input, which gives back every value that it was given.
var withInput = []Kind{Text, Long, Date, Number, Flag, Choice, Map}

func (f Field) input() bool {
	return slices.Contains(withInput, f.Kind) && !(f.Kind == Map && (f.Ref != "" || f.Given))
}

// Unfit names the top fields that a correction could neither keep nor change: of a kind that has no input here, and not kept.
func Unfit(fields []Field, keep []string) []string {
	var out []string
	for _, f := range fields {
		if !slices.Contains(keep, f.Name) && !f.input() && f.Kind != Sealed && f.Kind != Inner {
			out = append(out, f.Name)
		}
	}
	return out
}

// free are the fields that are on the form.
func (fm Form) free() []Field {
	return slices.DeleteFunc(slices.Clone(fm.Fields), func(f Field) bool { return slices.Contains(fm.Keep, f.Name) || !f.input() })
}

// Any reports whether there is anything to fill in.
func (fm Form) Any() bool { return len(fm.free()) > 0 }

// Labels name the fields of the form, for refusals about them.
func (fm Form) Labels() map[string]string {
	out := map[string]string{}
	for _, f := range fm.free() {
		out[f.Name] = f.Title
	}
	return out
}

// clearOf is the box that says that an act empties what it gives. No field's name has a colon before it.
func clearOf(path string) string { return "clear:" + path }

// entry is an input as a body fills it.
type entry struct {
	path, label, text string
	clear             bool
}

// entries are the form's inputs, filled from a body.
func (fm Form) entries(b any) []entry {
	var out []entry
	for _, f := range fm.free() {
		x := reflect.ValueOf(b).Elem().FieldByIndex(f.index)
		if f.Kind == Map {
			for _, k := range fm.keys(f, x) {
				e := entry{path: f.Name + "." + k.Value, label: k.Text, text: valueAt(x, k.Value)}
				e.clear = f.Clears && e.text == "" && x.MapIndex(keyOf(x, k.Value)).IsValid()
				out = append(out, e)
			}
			continue
		}
		e := entry{path: f.Name, label: f.Title}
		if !f.Given || !x.IsNil() {
			v := reflect.Indirect(x)
			e.text = typed(f, v)
			e.clear = f.Given && e.text == ""
		}
		out = append(out, e)
	}
	return out
}

// Fill gives the form's first values, in pairs, as [web.NewForm] takes them.
func (fm Form) Fill(b any) (pairs []string) {
	for _, e := range fm.entries(b) {
		pairs = append(pairs, e.path, e.text)
		if e.clear {
			pairs = append(pairs, clearOf(e.path), "1")
		}
	}
	return pairs
}

// typed is a value as it stands in its input.
func typed(f Field, v reflect.Value) string {
	switch f.Kind {
	case Number:
		return strconv.FormatInt(v.Int(), 10)
	case Flag:
		if v.Bool() {
			return "1"
		}
		if f.Given {
			return "0"
		}
		return ""
	}
	return v.String()
}

// same reports whether an input came back as it was sent. Browsers take line ends out of a line and change those of a text.
func (e entry) same(in *web.Form) bool {
	return bare(in.Value(e.path)) == bare(e.text) && in.Bool(clearOf(e.path)) == e.clear
}

func bare(s string) string {
	return strings.TrimSpace(strings.NewReplacer("\r", "", "\n", "").Replace(s))
}

// Merge is for a form that was opened on one reading of a body and comes back when another holds: inputs that were not touched
// take what holds now. Those that both changed, each to something else, are marked with both.
func (fm Form) Merge(f *web.Form, opened, now any) {
	was := map[string]entry{}
	for _, e := range fm.entries(opened) {
		was[e.path] = e
	}
	for _, e := range fm.entries(now) {
		old, ok := was[e.path]
		if !ok {
			old = entry{path: e.path}
		}
		switch theirs := e.text != old.text || e.clear != old.clear; {
		case !theirs || e.same(f):
		case old.same(f):
			f.Set(e.path, e.text)
			f.Set(clearOf(e.path), "")
			if e.clear {
				f.Set(clearOf(e.path), "1")
			}
		default:
			f.Fail(e.path, e.label, "别人刚刚改成了“"+orEmpty(fm.word(e))+"”，您填的是“"+orEmpty(fm.word(entry{path: e.path, text: f.Value(e.path)}))+"”。请核对，留下对的再提交")
		}
	}
}

// word is what people read for what stands in an input.
func (fm Form) word(e entry) string {
	for _, f := range fm.free() {
		switch {
		case f.Name == e.path && f.Kind == Flag && e.text != "":
			return map[bool]string{true: "是", false: "否"}[e.text == "1"]
		case f.Name == e.path && f.Kind == Choice:
			return fm.Words.Lists.word(f.List, e.text)
		}
	}
	return e.text
}

func orEmpty(s string) string {
	if s == "" {
		return "（空）"
	}
	return s
}

// Read takes the form's values into b, a pointer to a body as it reads now, and puts what is wrong onto the form. What came
// back as it was sent keeps its value, whatever it is.
func (fm Form) Read(f *web.Form, b any) {
	r := reading{fm, f}
	same := map[string]bool{}
	for _, e := range fm.entries(b) {
		same[e.path] = e.same(f)
	}
	for _, x := range fm.free() {
		v := reflect.ValueOf(b).Elem().FieldByIndex(x.index)
		switch {
		case x.Kind == Map:
			r.keyed(x, v, same)
		case !same[x.Name]:
			r.field(x, v)
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

func (r reading) field(f Field, v reflect.Value) {
	blank := strings.TrimSpace(r.in.Value(f.Name)) == ""
	switch {
	case !f.Given:
		r.value(f, v)
	case blank && (f.Kind == Flag || !r.in.Bool(clearOf(f.Name))):
		v.SetZero()
	default:
		x := reflect.New(v.Type().Elem())
		if !blank {
			r.value(f, x.Elem())
		}
		v.Set(x)
	}
}

func (r reading) value(f Field, v reflect.Value) {
	switch f.Kind {
	case Text:
		v.SetString(r.plain(f.Name, f.Title, shortText))
	case Long:
		v.SetString(r.plain(f.Name, f.Title, longText))
	case Date:
		v.SetString(string(r.in.Date(f.Name, f.Title, web.Optional)))
	case Number:
		v.SetInt(r.in.Int64(f.Name, f.Title, web.Need(!f.None), -1<<53, 1<<53))
	case Flag:
		v.SetBool(r.in.Bool(f.Name))
	case Choice:
		v.SetString(r.in.Choice(f.Name, f.Title, web.Optional, append(codesOf(r.Words.Lists[f.List]), v.String())...))
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

func codesOf(options []ui.Option) []string {
	out := make([]string, len(options))
	for i, o := range options {
		out[i] = o.Value
	}
	return out
}

func keyOf(v reflect.Value, key string) reflect.Value {
	return reflect.ValueOf(key).Convert(v.Type().Key())
}

// valueAt is a map's text at a key, "" for none.
func valueAt(v reflect.Value, key string) string {
	if x := v.MapIndex(keyOf(v, key)); x.IsValid() {
		return x.String()
	}
	return ""
}

// keyed reads the values of a map, key by key. An empty value is left out unless the act is to empty it.
func (r reading) keyed(f Field, v reflect.Value, same map[string]bool) {
	out, changed := reflect.MakeMap(v.Type()), false
	for _, k := range r.keys(f, v) {
		at := f.Name + "." + k.Value
		if same[at] {
			if old := v.MapIndex(keyOf(v, k.Value)); old.IsValid() {
				out.SetMapIndex(keyOf(v, k.Value), old)
			}
			continue
		}
		s := ""
		if choices := r.Words.Lists[f.List+"."+k.Value]; choices != nil {
			s = r.in.Choice(at, k.Text, web.Optional, append(codesOf(choices), valueAt(v, k.Value))...)
		} else {
			s = r.plain(at, k.Text, shortText)
		}
		changed = true
		if s != "" || f.Clears && r.in.Bool(clearOf(at)) {
			out.SetMapIndex(keyOf(v, k.Value), reflect.ValueOf(s).Convert(v.Type().Elem()))
		}
	}
	switch {
	case changed && out.Len() == 0:
		v.SetZero()
	case changed:
		v.Set(out)
	}
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
