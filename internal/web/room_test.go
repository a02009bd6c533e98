package web

import (
	"context"
	"testing"
	"time"
)

func TestUploadsShareTheirRoom(t *testing.T) {
	m := newRoom(10)
	ctx := context.Background()
	if !m.take(ctx, 7, 0) {
		t.Fatal("no room in an empty room")
	}
	if m.take(ctx, 4, 10*time.Millisecond) {
		t.Fatal("more was taken than there is")
	}
	if !m.take(ctx, 3, 0) {
		t.Fatal("what is left was not given")
	}
	done := make(chan bool)
	go func() { done <- m.take(ctx, 7, time.Minute) }()
	m.give(3)
	m.give(7)
	if !<-done {
		t.Fatal("who waited was not served")
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if m.take(gone, 10, time.Minute) {
		t.Fatal("who left was served")
	}
}
