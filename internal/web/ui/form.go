package ui

import (
	"strconv"

	"github.com/a-h/templ"
)

// Width is the share of a form row a field takes on wide screens.
type Width string

// Widths of fields; on phones every field takes the whole row.
const (
	Full  Width = ""
	Half  Width = "w-half"
	Third Width = "w-third"
)

// Field is what all form fields share. Value is the text as the user typed it,
// so that a form shown again loses nothing.
type Field struct {
	Name     string
	Label    string
	Value    string
	Help     string // one line below the field
	Error    string // what is wrong and how to mend it; empty when fine
	ID       string // "f-" and the name when empty
	Required bool
	Disabled bool
	ReadOnly bool
	Focus    bool // takes the cursor when the page opens
	Width    Width

	Placeholder  string
	Autocomplete string   // HTML autofill name; "off" when empty
	InputMode    string   // numeric, tel, decimal: the keyboard phones show
	MaxLength    int      // characters; 0 unlimited
	List         []string // suggestions; any text may still be typed
}

func (f Field) id() string { return or(f.ID, "f-"+f.Name) }

// describedBy names the help and error lines for readers.
func (f Field) describedBy() string {
	var s string
	if f.Error != "" {
		s = f.id() + "-e"
	}
	if f.Help != "" {
		if s != "" {
			s += " "
		}
		s += f.id() + "-h"
	}
	return s
}

// Option is one choice of a select or a radio group.
type Option struct {
	Value    string
	Text     string
	Group    string // heading; options of one group stand together
	Help     string // radio groups only
	Disabled bool
}

// Options makes choices whose value is their text.
func Options(texts ...string) []Option {
	list := make([]Option, len(texts))
	for i, t := range texts {
		list[i] = Option{Value: t, Text: t}
	}
	return list
}

// FieldError is one entry of a form's error summary.
type FieldError struct {
	Name  string // of the field; empty when the error is about the whole form
	ID    string // of the field, where it is not the usual one
	Label string
	Text  string
}

// Errors collects the errors of fields in their order on the form.
func Errors(fields ...Field) []FieldError {
	var list []FieldError
	for _, f := range fields {
		if f.Error != "" {
			list = append(list, FieldError{Name: f.Name, ID: f.ID, Label: f.Label, Text: f.Error})
		}
	}
	return list
}

func (e FieldError) href() templ.SafeURL { return templ.SafeURL("#" + or(e.ID, "f-"+e.Name)) }

// errorsTitle is the sentence above a form that could not be accepted: how many
// fields are wrong. A refusal is no fault of a field and speaks for itself.
func errorsTitle(errors []FieldError) string {
	n := 0
	for _, e := range errors {
		if e.Name != "" {
			n++
		}
	}
	if n == 0 {
		return "没有办成："
	}
	return "有 " + strconv.Itoa(n) + " 处填写有误，请修改后提交"
}

// FormProps is the frame of a form.
type FormProps struct {
	ID        string
	Method    string // post when empty
	Action    string
	Multipart bool // carries files
	Errors    []FieldError
	Ask       templ.Component // stands before the fields; nil for nothing
	Params    []Param         // hidden values, such as the key that makes a repeated submit harmless
	Live      bool            // with scripts: replaces itself instead of loading a page
	Auto      bool            // with scripts: submits when a choice changes; still give it a button
}

func (p FormProps) method() string { return or(p.Method, "post") }

func (p FormProps) enctype() string {
	if p.Multipart {
		return "multipart/form-data"
	}
	return "application/x-www-form-urlencoded"
}

// grouped splits options at changes of their group, keeping order.
func grouped(options []Option) [][]Option {
	var runs [][]Option
	for _, o := range options {
		if n := len(runs); n > 0 && runs[n-1][0].Group == o.Group {
			runs[n-1] = append(runs[n-1], o)
		} else {
			runs = append(runs, []Option{o})
		}
	}
	return runs
}

// dateType is a date input unless the typed value is not one it could show.
func dateType(value string) string {
	if value == "" || isDate(value) {
		return "date"
	}
	return "text"
}

func (f Field) dateTyped() Field {
	f.Placeholder = or(f.Placeholder, "如 2026-11-23")
	f.InputMode = ""
	return f
}
