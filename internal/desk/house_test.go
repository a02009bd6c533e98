package desk

import (
	"bytes"
	"mime/multipart"
	"net/http/httptest"
	"testing"

	"cunju/internal/access"
	"cunju/internal/web"
)

// sent is a form as a log-in sends it, with a file in it.
type sent struct {
	account, person             int64
	path, field, value, name, s string
}

func (s sent) input(t *testing.T) string {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	m.WriteField(s.field, s.value)
	w, err := m.CreateFormFile("sheet", s.name)
	if err != nil {
		t.Fatal(err)
	}
	w.Write([]byte(s.s))
	m.Close()
	r := httptest.NewRequest("POST", s.path, &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		t.Fatal(err)
	}
	in, err := input(&web.Request{Request: r, Account: s.account, Who: access.Actor{Person: s.person}})
	if err != nil {
		t.Fatal(err)
	}
	return string(in)
}

// A key that comes back must be a conflict unless the very same form of the very same person comes back.
func TestWhatAKeyStandsFor(t *testing.T) {
	first := sent{account: 1, person: 7, path: "/desk/x", field: "title", value: "甲", name: "十月.csv", s: "100"}
	in := first.input(t)
	if again := first.input(t); again != in {
		t.Errorf("the same form reads %q and %q", in, again)
	}
	for name, change := range map[string]func(*sent){
		"another log-in":         func(s *sent) { s.account = 2 },
		"another person":         func(s *sent) { s.person = 8 },
		"another page":           func(s *sent) { s.path = "/desk/y" },
		"another field":          func(s *sent) { s.field = "text" },
		"another value":          func(s *sent) { s.value = "乙" },
		"another file's name":    func(s *sent) { s.name = "九月.csv" },
		"another file's content": func(s *sent) { s.s = "101" },
		"a longer file":          func(s *sent) { s.s = "1000" },
	} {
		other := first
		change(&other)
		if other.input(t) == in {
			t.Errorf("%s is not noticed", name)
		}
	}
}
