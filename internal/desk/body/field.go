package body

import (
	"reflect"
	"strings"

	"cunju/internal/calendar"
	"cunju/internal/web/ui"
)

// Kind is how a field is written down.
type Kind uint8

// The kinds of fields.
const (
	Text   Kind = iota
	Long        // several lines
	Date        // a day
	Money       // fen, written in yuan
	Number      // a whole number
	Flag        // yes or no
	Choice      // a code of a list
	Ref         // the number of an entity or an act
	Refs        // several of them
	Sealed      // encrypted
	Inner       // of use only to the program
	Lines       // texts, one per line
	Cells       // rows of texts
	Group       // fields of its own
	Rows        // any number of groups
	Map         // values by keys of a list
)

// The entity types that a ref may name beside those of the journal.
const Act = "act"

// Field describes one field of a body.
type Field struct {
	Name   string // in the encoding, and on forms
	Title  string
	Help   string
	Kind   Kind
	Ref    string  // entity type, of Ref and Refs, and of the values of a Map
	List   string  // of Choice and of the keys of a Map
	None   bool    // 0 names nothing: the field is left out then
	Given  bool    // a pointer: absent where the act leaves it as it was
	Clears bool    // of a Map: an empty value takes one away that was there
	Fields []Field // of Group and Rows

	index []int
}

// Lists are code lists by name, in the order in which people choose.
type Lists map[string][]ui.Option

// word is what people read for a code; a code that no list knows stands for itself.
func (l Lists) word(list, code string) string {
	for _, o := range l[list] {
		if o.Value == code {
			return o.Text
		}
	}
	return code
}

var dateType = reflect.TypeFor[calendar.Date]()

// Of describes the fields of a body's type, in order. Embedded structs lie flat, as in the encoding.
func Of(t reflect.Type) []Field {
	var out []Field
	for i := range t.NumField() {
		sf := t.Field(i)
		if sf.Anonymous {
			for _, f := range Of(sf.Type) {
				f.index = append([]int{i}, f.index...)
				out = append(out, f)
			}
			continue
		}
		name, more, _ := strings.Cut(sf.Tag.Get("json"), ",")
		if name == "" {
			name = sf.Name
		}
		f := Field{Name: name, Title: sf.Tag.Get("title"), Help: sf.Tag.Get("help"), Ref: sf.Tag.Get("ref"), List: sf.Tag.Get("list"),
			None: more == "omitempty", Clears: sf.Tag.Get("as") == "change", index: []int{i}}
		f.of(sf.Type, sf.Tag.Get("as"))
		out = append(out, f)
	}
	return out
}

var asKind = map[string]Kind{"long": Long, "money": Money, "sealed": Sealed, "inner": Inner}

func (f *Field) of(t reflect.Type, as string) {
	if t.Kind() == reflect.Pointer && (t.Elem().Kind() != reflect.Struct || as != "") {
		f.Given, t = true, t.Elem()
	}
	if k, ok := asKind[as]; ok {
		f.Kind = k
		return
	}
	switch t.Kind() {
	case reflect.Bool:
		f.Kind = Flag
	case reflect.Int64, reflect.Int:
		f.Kind = Number
		if f.Ref != "" {
			f.Kind = Ref
		}
	case reflect.String:
		switch {
		case t == dateType:
			f.Kind = Date
		case f.List != "":
			f.Kind = Choice
		}
	case reflect.Map:
		if f.Kind = Map; t.Key().Kind() != reflect.String || t.Elem().Kind() != reflect.String && f.Ref == "" {
			f.Kind = Inner
		}
	case reflect.Struct:
		f.Kind, f.Fields = Group, Of(t)
	case reflect.Pointer:
		f.Kind, f.Fields = Group, Of(t.Elem())
	case reflect.Slice:
		f.ofSlice(t.Elem())
	default:
		f.Kind = Inner
	}
}

func (f *Field) ofSlice(elem reflect.Type) {
	switch elem.Kind() {
	case reflect.Struct:
		f.Kind, f.Fields = Rows, Of(elem)
	case reflect.Slice:
		f.Kind = Cells
	case reflect.String:
		f.Kind = Lines
	case reflect.Int64:
		f.Kind = Refs
	default: // raw bytes
		f.Kind = Inner
	}
}

// Lacks names what of a description is missing, by the field's path: titles, and lists and entity types that nobody brings.
func Lacks(fields []Field, lists Lists, types func(string) bool) []string {
	var out []string
	for _, f := range fields {
		var why []string
		if f.Title == "" {
			why = append(why, f.Name+": no title")
		}
		if f.List != "" && lists[f.List] == nil {
			why = append(why, f.Name+": no list "+f.List)
		}
		if f.Ref != "" && f.Ref != Act && !types(f.Ref) {
			why = append(why, f.Name+": no entity type "+f.Ref)
		}
		if f.Kind == Refs && f.Ref == "" {
			why = append(why, f.Name+": numbers of what?")
		}
		out = append(out, why...)
		for _, s := range Lacks(f.Fields, lists, types) {
			out = append(out, f.Name+"."+s)
		}
	}
	return out
}
