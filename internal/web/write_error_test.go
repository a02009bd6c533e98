package web

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"cunju/internal/access"
)

func TestErrorPagesLeadOn(t *testing.T) {
	office := access.Actor{Offices: []access.Office{{}}}
	for _, c := range []struct {
		name, path, from string
		status           int
		account          int64
		who              access.Actor
		want             []string
	}{
		{"a visitor", "/n/9", "", http.StatusNotFound, 0, access.Actor{}, []string{"/"}},
		{"a visitor at home", "/", "", http.StatusInternalServerError, 0, access.Actor{}, nil},
		{"an officer", "/desk/org", "", http.StatusForbidden, 3, office, []string{"/desk", "/me", "/"}},
		{"an officer at the desk", "/desk", "", http.StatusForbidden, 3, office, []string{"/me", "/"}},
		{"a person without office at the desk", "/desk", "", http.StatusForbidden, 3, access.Actor{}, []string{"/me", "/"}},
		{"a session that is over", "/desk/org/new", "http://example.com/desk/org/new?kind=a", http.StatusUnauthorized, 0, access.Actor{}, []string{"/login?back=%2Fdesk%2Forg%2Fnew%3Fkind%3Da"}},
		{"a session that is over, sent from elsewhere", "/desk/org/new", "http://bad.example/desk", http.StatusUnauthorized, 0, access.Actor{}, []string{"/login?back=%2F"}},
	} {
		req := httptest.NewRequest(http.MethodPost, "http://example.com"+c.path, nil)
		req.Header.Set("Referer", c.from)
		got := ways(&Request{Request: req, Account: c.account, Who: c.who}, Fail(c.status, ""))
		if len(got) != len(c.want) {
			t.Errorf("%s: %+v, want %v", c.name, got, c.want)
			continue
		}
		for i, l := range got {
			if l.Href != c.want[i] {
				t.Errorf("%s: %s, want %s", c.name, l.Href, c.want[i])
			}
		}
	}
	if e := NotNow("已经提交"); e.Status != http.StatusConflict || e.Title == "" || e.Kept == usual[http.StatusConflict].Kept {
		t.Errorf("%+v", e)
	}
}
