package e2e

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"
	"testing"

	"cunju/e2e/browser"
)

// isPaper tells the pages made to be printed: a register on paper is as long as it is.
func isPaper(address string) bool {
	path, _, _ := strings.Cut(address, "?")
	return strings.HasSuffix(path, "/print") || strings.HasSuffix(path, "/archive")
}

// firstVisit is the most that a page with all it needs may take on the line.
const firstVisit = 100 << 10

// TestSiteMap walks through all pages as every role, by links, and looks at each page of the site map with a browser.
func TestSiteMap(t *testing.T) {
	needBrowser(t)
	s := serve(t, copyTown(t))
	all := routes(t)
	roles := []string{""} // a visitor first, then everybody with a log-in
	for _, l := range common.facts.Logins {
		roles = append(roles, l.Login)
	}
	walkers := make([]*walker, len(roles))
	t.Run("walk", func(t *testing.T) {
		for i, who := range roles {
			t.Run(role(who), func(t *testing.T) {
				t.Parallel()
				walkers[i] = newWalker(t, s, who, all)
				walkers[i].walk(entrances(who, all)...)
			})
		}
	})
	if t.Failed() && slices.Contains(walkers, nil) {
		return
	}

	work := make([][]string, len(walkers)) // addresses that each role looks at
	for _, r := range all {
		if i := whoLooks(walkers, work, r.pattern); i >= 0 {
			work[i] = append(work[i], walkers[i].found[r.pattern][0])
		}
		reached := slices.ContainsFunc(walkers, func(w *walker) bool { return w.there[r.pattern] })
		if !reached && !slices.Contains(midway, r.pattern) && !slices.Contains(caseless, r.pattern) {
			t.Errorf("no page leads anybody to %s", r.pattern)
		}
	}
	t.Run("look", func(t *testing.T) {
		for i, w := range walkers {
			t.Run(role(w.who), func(t *testing.T) {
				t.Parallel()
				look(t, s, w, work[i])
			})
		}
	})
}

// whoLooks chooses who looks at a page: the visitor, else of those who see no more than twice as much as the one who sees
// least (a village's roster shows all that a street's shows) the one with least to do. It answers -1 when nobody gets there.
func whoLooks(walkers []*walker, work [][]string, pattern string) int {
	least := math.MaxInt
	for _, w := range walkers {
		if n := w.weight[pattern]; n > 0 {
			least = min(least, n)
		}
	}
	chosen := -1
	for i, w := range walkers {
		switch n := w.weight[pattern]; {
		case n == 0 || n > 2*least:
		case w.who == "":
			return i
		case chosen < 0 || len(work[i]) < len(work[chosen]):
			chosen = i
		}
	}
	return chosen
}

// role names a log-in in the tests.
func role(who string) string {
	if who == "" {
		return "visitor"
	}
	return who
}

// entrances are the pages without parameters of the faces that a role may enter.
func entrances(who string, all []route) []string {
	var out []string
	if who != "" {
		out = append(out, "/desk/members?category=probationary") // who can be made a full member
	}
	if who == "chenxiaomei" {
		out = append(out, "/desk/acts?kind=member.float/1") // what the street's clerk can correct, however much came after it
	}
	for _, r := range all {
		if r.holes > 0 && r.pattern != "/{$}" {
			continue
		}
		path := strings.TrimSuffix(r.pattern, "{$}")
		if slices.Contains(midway, path) || slices.Contains(asking, path) {
			continue
		}
		inside := strings.HasPrefix(path, "/me") || strings.HasPrefix(path, "/desk")
		if !inside || who != "" {
			out = append(out, path)
		}
	}
	return out
}

// asking are pages without a meaning unless their address says about what; links lead there. The switch of letters needs to know
// where to go back.
var asking = []string{"/size", "/desk/disclosure/catalogue/new", "/desk/disclosure/catalogue/end"}

// midway are pages that exist only while somebody is on the way through them; the journeys go there. The gallery of
// components is for development and not served; feeds are for programs.
var midway = []string{"/desk/imports/{upload}", "/desk/imports/{upload}/progress", "/desk/imports/{upload}/marked", "/desk/erasures/{id}",
	"/desk/disclosure/{id}/edit", "/desk/disclosure/{id}/file/{hash}", "/n/{id}/file/{hash}", "/feed.atom", "/v/{unit}/feed.atom", "/desk/gallery", "/desk/gallery/{name}"}

// caseless are pages for which the demonstration has no case: tables and files of what is published for members only, photos and
// scanned lists of those who stood before a board. The tests of their rooms open them.
var caseless = []string{"/me/notices/{id}/sheet", "/me/notices/{id}/file/{hash}", "/desk/posting/{id}/file/{hash}"}

// look opens each page on a large and on a small window and judges it.
func look(t *testing.T, s *server, w *walker, work []string) {
	if len(work) == 0 {
		return
	}
	size := browser.DeskSize
	size.NoCache = true
	tab := common.chromium.Open(t, s.base, size)
	home, err := url.Parse(s.base)
	if err != nil {
		t.Error(err)
		return
	}
	for _, c := range w.client.Jar.Cookies(home) {
		tab.SetCookie(c.Name, c.Value)
	}
	for _, address := range work {
		tab.Resize(browser.DeskSize)
		judge(t, tab, fmt.Sprintf("%s at %s", role(w.who), address), address)
	}
}

// judge opens a page and says all that is wrong with it.
func judge(t *testing.T, tab *browser.Tab, name, address string) {
	if status := tab.Go(address); status != 200 {
		t.Errorf("%s: status %d", name, status)
		return
	}
	if n := tab.Received(); n > firstVisit && !isPaper(address) {
		t.Errorf("%s: a first visit takes %d KB", name, n>>10)
	}
	inspect(t, tab, name)
}

// inspect judges the page that is open: no wider than the window at both sizes, and accessible.
func inspect(t *testing.T, tab *browser.Tab, name string) {
	t.Helper()
	for _, size := range []browser.Options{browser.DeskSize, browser.PhoneSize} {
		tab.Resize(size)
		if wide := tab.TooWide(); wide != "" {
			t.Errorf("%s: at a width of %d: %s", name, size.Width, wide)
		}
		if strings.Contains(name, "/desk") != size.Phone { // each face as it is mostly seen
			for _, fault := range tab.Faults(common.axe) {
				t.Errorf("%s: at a width of %d: %s", name, size.Width, fault)
			}
		}
	}
	tab.Resize(browser.DeskSize)
}
