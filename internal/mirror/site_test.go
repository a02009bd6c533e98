package mirror

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// text serves fixed files, and a page for everything else.
func text(t *testing.T, files map[string]string, otherwise int) string {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s, ok := files[r.URL.Path]; ok {
			fmt.Fprint(w, s)
			return
		}
		w.WriteHeader(otherwise)
		fmt.Fprint(w, "<!doctype html><p>欢迎访问")
	}))
	t.Cleanup(srv.Close)
	return srv.URL
}

// Any address of a board leads to its log; a log under a name of its own is found too.
func TestTheLogOfABoardIsFound(t *testing.T) {
	y := newTown(t)
	surface := y.j.Surface()
	mux := http.NewServeMux()
	mux.Handle("/log/", surface)
	mux.Handle("/own/", http.StripPrefix("/own", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.URL.Path = "/log/" + code + r.URL.Path
		surface.ServeHTTP(w, r)
	})))
	board := httptest.NewServer(mux)
	t.Cleanup(board.Close)
	for path, town := range map[string]string{"": code, "/": code, "/log": code, "/log/": code, "/log/" + code: code, "/log/" + code + "/": code, "/n/7/verify?x=1#a": code, "/own": ""} {
		p, err := Open(t.Context(), board.URL+path)
		if err != nil || p.Town != town {
			t.Errorf("%s: %+v %v", path, p, err)
			continue
		}
		r, err := Verify(t.Context(), p.Source, Options{Town: p.Town, Policy: y.policy, Public: y.public(), Deleted: deleted, Owed: owed})
		if err != nil || !r.OK() || r.Town != code {
			t.Errorf("%s: %+v %v", path, r, err)
		}
	}
}

// Where nothing can be found, that is said, and never that something does not agree.
func TestWhatCannotBeFoundIsNoFault(t *testing.T) {
	gone := httptest.NewServer(nil)
	gone.Close()
	y := newTown(t)
	for name, c := range map[string]struct{ place, say string }{
		"nobody answers":     {gone.URL, "连不上"},
		"no address":         {"http://", "写得不对"},
		"no log":             {text(t, nil, http.StatusNotFound), "没有找到公开总账"},
		"a page for all":     {text(t, nil, http.StatusOK), "没有找到公开总账"},
		"out of order":       {text(t, nil, http.StatusServiceUnavailable), "现在给不出来"},
		"several towns":      {text(t, map[string]string{"/log/towns.txt": "321002003\n321002004\n"}, http.StatusNotFound), "2 本总账，请写明核对哪一本：http"},
		"nothing published":  {text(t, map[string]string{"/log/towns.txt": "321002003\n", "/policy.txt": y.policy.String()}, http.StatusNotFound), "还没有公布过"},
		"no rules":           {text(t, map[string]string{"/log/towns.txt": "321002003\n"}, http.StatusNotFound), "--policy"},
		"no folder":          {t.TempDir() + "/x", "打不开"},
		"a folder of others": {t.TempDir(), "没有公开总账"},
	} {
		p, err := Open(t.Context(), c.place)
		if err == nil {
			var r *Report
			if r, err = Verify(t.Context(), p.Source, Options{Town: p.Town, Public: y.public()}); err == nil {
				t.Errorf("%s: it was checked: %+v", name, r)
				continue
			}
		}
		var a *Absent
		if !errors.As(err, &a) || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: %v, want %q", name, err, c.say)
		}
	}
}
