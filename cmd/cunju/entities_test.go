package main

import (
	"slices"
	"testing"

	"cunju/internal/desk/body"
)

// A clerk reads and corrects every act of the book by its labels: a new kind, code list or entity type cannot be forgotten.
func TestEveryBodyIsDescribed(t *testing.T) {
	b, err := book()
	if err != nil {
		t.Fatal(err)
	}
	known, words := entities(), lists()
	for _, kind := range b.Kinds() {
		fields := body.Of(b.Body(kind))
		for _, lack := range body.Lacks(fields, words, func(name string) bool { _, ok := known[name]; return ok }) {
			t.Errorf("%s: %s", kind, lack)
		}
		for _, f := range fields {
			if slices.Contains([]string{"day", "why", "seen", "heard", "answer", "_key"}, f.Name) {
				t.Errorf("%s: the field %s has the name of one of the correction form's own", kind, f.Name)
			}
		}
		if info := b.Info(kind); info.Final == "" && info.Power != "" {
			for _, name := range body.Unfit(fields, info.Keep) {
				t.Errorf("%s: a correction form has no input for the field %s: name it in the kind's Keep, make the kind Final, or give package body an input that gives back every value it is given", kind, name)
			}
		}
		for _, name := range b.Info(kind).Keep {
			if !slices.ContainsFunc(fields, func(f body.Field) bool { return f.Name == name }) {
				t.Errorf("%s keeps a field %s that it does not have", kind, name)
			}
		}
	}
	for _, name := range b.EntityTypes() {
		if e, ok := known[name]; !ok || e.Title == "" {
			t.Errorf("entities of type %s have no word", name)
		}
	}
	for name := range known {
		if !slices.Contains(b.EntityTypes(), name) {
			t.Errorf("no slice has entities of type %s", name)
		}
	}
}
