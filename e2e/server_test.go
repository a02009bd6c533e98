package e2e

import (
	"os"
	"os/exec"
	"regexp"
	"testing"
	"time"

	"cunju/demo"
	"cunju/e2e/browser"
)

// server is one running `cunju serve`.
type server struct {
	t    *testing.T
	cmd  *exec.Cmd
	said tail // all that it printed
	base string
	done chan error
}

// startWithin is the longest start, with a rebuild of a small town in it.
const startWithin = 60 * time.Second

var address = regexp.MustCompile(`公开栏\s+(http://\S+?)/\s`)

// serve starts a server on a data folder; it is stopped with the test.
func serve(t *testing.T, data string) *server {
	t.Helper()
	return run(t, "serve", "--data", data)
}

// serveAsOf serves the demonstration in a data folder as if a later day had come.
func serveAsOf(t *testing.T, data string, day time.Time) *server {
	t.Helper()
	return run(t, "demo", "--data", data, "--today", day.Format(time.DateOnly))
}

// run starts a command that serves on a free port.
func run(t *testing.T, args ...string) *server {
	t.Helper()
	s := &server{t: t, cmd: exec.Command(common.binary, append(args, "--addr", "127.0.0.1:0")...), done: make(chan error, 1)}
	s.cmd.Stdout, s.cmd.Stderr = &s.said, &s.said
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { s.done <- s.cmd.Wait() }()
	t.Cleanup(func() { s.stop() })
	for end := time.Now().Add(startWithin); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if m := address.FindStringSubmatch(s.said.String()); m != nil {
			s.base = m[1]
			return s
		}
		select {
		case err := <-s.done:
			s.cmd = nil
			t.Fatalf("the server ended: %v\n%s", err, s.said.String())
		default:
		}
	}
	t.Fatalf("the server did not start within %v:\n%s", startWithin, s.said.String())
	return nil
}

// stop stops the server in order and answers what it printed.
func (s *server) stop() string { return s.end(os.Interrupt) }

// kill ends the server as a power cut would.
func (s *server) kill() string { return s.end(os.Kill) }

func (s *server) end(by os.Signal) string {
	s.t.Helper()
	if s.cmd == nil {
		return s.said.String()
	}
	if err := s.cmd.Process.Signal(by); err != nil {
		s.t.Errorf("stop the server: %v", err)
	}
	select {
	case err := <-s.done:
		if err != nil && by != os.Kill {
			s.t.Errorf("the server did not stop in order: %v\n%s", err, s.said.String())
		}
	case <-time.After(startWithin):
		s.t.Errorf("the server did not stop within %v", startWithin)
		s.cmd.Process.Kill()
		<-s.done
	}
	s.cmd = nil
	return s.said.String()
}

// visit opens a browser at the server.
func (s *server) visit(t *testing.T, o browser.Options) *browser.Tab {
	t.Helper()
	needBrowser(t)
	return common.chromium.Open(t, s.base, o)
}

// enter opens a browser and logs in through the door.
func (s *server) enter(t *testing.T, login string, o browser.Options) *browser.Tab {
	t.Helper()
	tab := s.visit(t, o)
	who := person(t, login)
	tab.Go("/login")
	tab.Fill("账号或手机号", who.Login)
	tab.Fill("密码", who.Password)
	tab.Click("登录")
	if tab.Status() != 200 || tab.Path() == "/login" {
		t.Fatalf("%s cannot log in: %d %s", login, tab.Status(), tab.Text())
	}
	return tab
}

// person is an account of the demonstration.
func person(t *testing.T, login string) demo.Login {
	t.Helper()
	for _, l := range common.facts.Logins {
		if l.Login == login {
			return l
		}
	}
	t.Fatalf("demo/facts.yaml has no log-in %s", login)
	return demo.Login{}
}
