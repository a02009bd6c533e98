package web_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"cunju/internal/web"
	"cunju/internal/web/ui"
)

// emptyFS is a folder in which nothing was built.
type emptyFS struct{}

func (emptyFS) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// start runs the house on a free port; stop asks it to end and gives Run's answer.
func (h *house) start() (addr string, stop func() error) {
	h.t.Helper()
	ctx, cancel := context.WithCancel(h.t.Context())
	listening := make(chan string, 1)
	ended := make(chan error, 1)
	go func() {
		ended <- h.Run(ctx, "127.0.0.1:0", func(a net.Addr) { listening <- a.String() })
	}()
	select {
	case addr = <-listening:
	case err := <-ended:
		h.t.Fatal(err)
	}
	stopped := false
	stop = func() error {
		stopped = true
		cancel()
		return <-ended
	}
	h.t.Cleanup(func() {
		if !stopped {
			stop()
		}
	})
	return addr, stop
}

func TestStopLetsRequestsFinish(t *testing.T) {
	h := newHouse(t, nil)
	under, finish := make(chan bool), make(chan bool)
	h.Router.Public.Get("/slow", func(r *web.Request) (web.Response, error) {
		close(under)
		<-finish
		return web.Render(ui.Text("办完")), r.Context().Err()
	})
	addr, stop := h.start()
	got := make(chan string, 1)
	go func() {
		resp, err := http.Get("http://" + addr + "/slow")
		if err != nil {
			got <- err.Error()
			return
		}
		defer resp.Body.Close()
		b, _ := io.ReadAll(resp.Body)
		got <- string(b)
	}()
	<-under
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	for range 200 { // no new connections soon after
		c, err := net.Dial("tcp", addr)
		if err != nil {
			break
		}
		c.Close()
		time.Sleep(5 * time.Millisecond)
	}
	if _, err := net.Dial("tcp", addr); err == nil {
		t.Error("a stopping server still takes visitors")
	}
	close(finish)
	if s := <-got; s != "办完" {
		t.Errorf("the request under way got %q", s)
	}
	if err := <-stopped; err != nil {
		t.Errorf("stop: %v", err)
	}
}

func TestStopCutsWhatTakesTooLong(t *testing.T) {
	h := newHouse(t, func(c *web.Config) { c.Settings.StopWithin = 100 * time.Millisecond })
	under := make(chan bool)
	cut := make(chan error, 1)
	h.Router.Public.Get("/endless", func(r *web.Request) (web.Response, error) {
		close(under)
		<-r.Context().Done()
		cut <- r.Context().Err()
		return web.Response{}, r.Context().Err()
	})
	addr, stop := h.start()
	go http.Get("http://" + addr + "/endless")
	<-under
	if err := stop(); err == nil {
		t.Error("nothing was said about the request cut off")
	}
	if err := <-cut; err == nil {
		t.Error("the request was not told")
	}
}

func TestListenFails(t *testing.T) {
	h := newHouse(t, nil)
	addr, _ := h.start()
	if err := h.Run(t.Context(), addr, nil); err == nil {
		t.Error("two servers on one port")
	}
}

// TestSlowBodies sends one body that stalls and one that is slow but moves, both
// longer than the stall time in all.
func TestSlowBodies(t *testing.T) {
	h := newHouse(t, func(c *web.Config) { c.Settings.ReadStall = 300 * time.Millisecond })
	addr, _ := h.start()
	send := func(pause time.Duration) (string, error) {
		body := form("name", "王五")
		c, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		fmt.Fprintf(c, "POST /form HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n", len(body))
		for i := 0; i < len(body); i += 8 {
			if _, err := io.WriteString(c, body[i:min(len(body), i+8)]); err != nil {
				break // the server gave up
			}
			time.Sleep(pause)
		}
		c.SetReadDeadline(time.Now().Add(5 * time.Second))
		return bufio.NewReader(c).ReadString('\n')
	}
	if line, err := send(100 * time.Millisecond); err != nil || !strings.Contains(line, "303") {
		t.Errorf("slow but moving: %q %v", line, err)
	}
	if line, _ := send(600 * time.Millisecond); strings.Contains(line, "303") {
		t.Errorf("a stalled body was taken: %q", line)
	}
}

func TestCrowdIsTurnedAway(t *testing.T) {
	h := newHouse(t, func(c *web.Config) {
		c.Settings.MaxParallel = 1
		c.Settings.SlotWait = 50 * time.Millisecond
	})
	under, finish := make(chan bool), make(chan bool)
	h.Router.Public.Get("/slow", func(*web.Request) (web.Response, error) {
		close(under)
		<-finish
		return web.Render(ui.Text("办完")), nil
	})
	done := make(chan int)
	go func() { done <- h.get("/slow").Code }()
	<-under
	w := h.get("/")
	if w.Code != 503 || w.Header().Get("Retry-After") == "" {
		t.Errorf("answered %d", w.Code)
	}
	wantIn(t, w.Body.String(), "忙不过来")
	if w := h.get("/healthz"); w.Code != 200 {
		t.Errorf("a busy server looks dead: %d", w.Code)
	}
	close(finish)
	if code := <-done; code != 200 {
		t.Errorf("the first one got %d", code)
	}
	if w := h.get("/"); w.Code != 200 {
		t.Errorf("the place was not given back: %d", w.Code)
	}
}
