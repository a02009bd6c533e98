package main

import (
	"fmt"
	"os"
	"runtime"
)

// judge takes the place of a test: what cannot be done is printed, and the attempt ends.
type judge struct {
	name  string
	bad   int
	after []func()
}

// Helper does nothing: there are no lines of a test to point at.
func (j *judge) Helper() {}

// Name is what is being attempted.
func (j *judge) Name() string { return j.name }

// Logf prints a note.
func (j *judge) Logf(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "%s: %s\n", j.name, fmt.Sprintf(format, args...))
}

// Errorf prints a fault and goes on.
func (j *judge) Errorf(format string, args ...any) {
	j.bad++
	j.Logf(format, args...)
}

// Fatalf prints a fault and ends the attempt.
func (j *judge) Fatalf(format string, args ...any) {
	j.Errorf(format, args...)
	runtime.Goexit()
}

// Cleanup remembers what is to be done when the attempt has ended.
func (j *judge) Cleanup(f func()) { j.after = append(j.after, f) }

// attempt does something and answers how much went wrong in it.
func attempt(name string, do func(j *judge)) int {
	j := &judge{name: name}
	done := make(chan bool)
	go func() {
		defer close(done)
		do(j)
	}()
	<-done
	for i := len(j.after) - 1; i >= 0; i-- {
		j.after[i]()
	}
	return j.bad
}
