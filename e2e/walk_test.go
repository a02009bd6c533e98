package e2e

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// walker goes through the pages of one role by following links, as fast as the server answers.
type walker struct {
	t      *testing.T
	who    string // log-in, "" for a visitor
	base   string
	client *http.Client
	routes []route
	found  map[string][]string // pattern → addresses that answered a page, at most two
	there  map[string]bool     // patterns that answered anything: a page, a file, the way to another page
	tried  map[string]int      // pattern → addresses asked
	weight map[string]int      // pattern → size of the first page found
	sizes  map[string]int      // of assets
}

// perPattern is how many addresses of one page a walker looks at.
const perPattern = 2

func newWalker(t *testing.T, s *server, who string, all []route) *walker {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	w := &walker{t: t, who: who, base: s.base, routes: all, found: map[string][]string{}, there: map[string]bool{}, tried: map[string]int{}, weight: map[string]int{}, sizes: map[string]int{},
		client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	if who != "" {
		w.logIn(person(t, who).Password)
	}
	return w
}

// logIn goes through the door with a form, as a browser without scripts would.
func (w *walker) logIn(password string) {
	w.t.Helper()
	page := w.get("/login")
	form := url.Values{}
	for n := range page.root.Descendants() {
		if n.Data == "input" && attr(n, "type") == "hidden" {
			form.Set(attr(n, "name"), attr(n, "value"))
		}
	}
	form.Set("login", w.who)
	form.Set("password", password)
	res, err := w.client.PostForm(w.base+"/login", form)
	if err != nil {
		w.t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusSeeOther {
		w.t.Fatalf("%s cannot log in: %s", w.who, res.Status)
	}
}

// answer is what came back for an address.
type answer struct {
	status int
	kind   string // content type
	to     string // where a redirect leads
	size   int    // of the body as sent, compressed
	root   *html.Node
	text   string
}

func (w *walker) get(address string) answer {
	w.t.Helper()
	req, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.base+address, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "gzip") // said here, the body comes as it was sent
	res, err := w.client.Do(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	sent, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Errorf("%s: %s breaks off: %v", role(w.who), address, err)
	}
	a := answer{size: len(sent), status: res.StatusCode, kind: res.Header.Get("Content-Type"), to: res.Header.Get("Location")}
	if strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment") {
		a.kind = "a file to keep" // a page that is saved is not one of the site
	}
	if !strings.HasPrefix(a.kind, "text/html") {
		return a
	}
	body := io.Reader(bytes.NewReader(sent))
	if res.Header.Get("Content-Encoding") == "gzip" {
		if body, err = gzip.NewReader(body); err != nil {
			w.t.Fatal(err)
		}
	}
	if a.root, err = html.Parse(body); err != nil {
		w.t.Fatal(err)
	}
	var b strings.Builder
	for n := range a.root.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" {
			b.WriteString(n.Data + "\n")
		}
		if n.Data == "input" || n.Data == "option" {
			b.WriteString(attr(n, "value") + "\n")
		}
	}
	a.text = b.String()
	return a
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// assets is the size of all style sheets, scripts and pictures that a page loads, as sent.
func (w *walker) assets(root *html.Node) int {
	w.t.Helper()
	sum := 0
	asked := map[string]bool{}
	for n := range root.Descendants() {
		for _, key := range []string{"href", "src"} {
			file, _, _ := strings.Cut(attr(n, key), "#")
			if !strings.HasPrefix(file, "/assets/") && !strings.HasSuffix(file, ".css") || n.Data == "a" || asked[file] {
				continue
			}
			asked[file] = true
			if _, ok := w.sizes[file]; !ok {
				w.sizes[file] = w.get(file).size
			}
			sum += w.sizes[file]
		}
	}
	return sum
}

// links are the addresses of the site that a page leads to.
func (a answer) links() []string {
	var out []string
	for n := range a.root.Descendants() {
		switch {
		case n.Data == "a":
			out = append(out, attr(n, "href"))
		case n.Data == "form" && attr(n, "method") == "get":
			out = append(out, attr(n, "action"))
		}
	}
	return out
}

// step is an address and the page that leads to it.
type step struct{ address, from string }

// walk starts from the given addresses and follows every link to a page that was not looked at often enough.
func (w *walker) walk(seeds ...string) {
	w.t.Helper()
	var queue []step
	asked := map[string]bool{}
	add := func(address, from string) {
		address, _, _ = strings.Cut(address, "#")
		if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") || asked[address] {
			return
		}
		pattern := pageOf(w.routes, address)
		switch {
		case strings.HasPrefix(address, "/assets/"), strings.HasPrefix(address, "/log/"), strings.HasPrefix(address, "/api/") && address != "/api/": // files, not pages
			return
		case pattern == "":
			w.t.Errorf("%s: %s leads to %s, which no page answers", role(w.who), from, address)
			return
		case w.tried[pattern] >= perPattern && from != "":
			return
		}
		asked[address] = true
		w.tried[pattern]++
		queue = append(queue, step{address, from})
	}
	for _, s := range seeds {
		add(s, "")
	}
	for len(queue) > 0 {
		next := queue[0]
		queue = queue[1:]
		a := w.get(next.address)
		pattern := pageOf(w.routes, next.address)
		switch a.status {
		case http.StatusOK:
			w.there[pattern] = true
			w.read(next, pattern, a, add)
		case http.StatusSeeOther:
			w.there[pattern] = true
			add(a.to, next.address)
		case http.StatusForbidden:
			if len(strings.TrimSpace(a.text)) < 30 || !strings.Contains(a.text, "请") && !strings.Contains(a.text, "可以") {
				w.t.Errorf("%s: the refusal of %s says neither why nor what to do: %q", role(w.who), next.address, strings.Fields(a.text))
			}
			if next.from != "" {
				w.t.Errorf("%s: %s leads to %s, which is closed to this person", role(w.who), next.from, next.address)
			}
		default:
			w.t.Errorf("%s: %s (from %q) answers %d", role(w.who), next.address, next.from, a.status)
		}
	}
}

// read takes the links of a page and holds its text to what may be shown.
func (w *walker) read(at step, pattern string, a answer, add func(address, from string)) {
	if a.root == nil {
		return // a file
	}
	w.found[pattern] = append(w.found[pattern], at.address)
	if w.weight[pattern] == 0 {
		w.weight[pattern] = a.size
	}
	for i, n := range personal(a.text) {
		if pattern == "/me" && i == 0 && strings.Contains(n, "(11 digits)") {
			continue // one's own telephone number, on one's own page
		}
		w.t.Errorf("%s: %s shows the personal number %s", role(w.who), at.address, n)
	}
	if n := a.size + w.assets(a.root); n > firstVisit && !isPaper(at.address) {
		w.t.Errorf("%s: a first visit to %s takes %d KB", role(w.who), at.address, n>>10)
	}
	for _, l := range a.links() {
		if strings.HasPrefix(l, "?") {
			path, _, _ := strings.Cut(at.address, "?")
			l = path + l
		}
		add(l, at.address)
	}
}

// Personal numbers as GB 11643 and the mobile numbering plan shape them: 17 digits with a date in them and a check
// character; 11 digits from 13 to 19.
var (
	idNumber = regexp.MustCompile(`(^|[^0-9A-Za-z])(\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx])($|[^0-9A-Za-z])`)
	mobile   = regexp.MustCompile(`(^|[^0-9A-Za-z.])(1[3-9]\d{9})($|[^0-9A-Za-z.])`)
)

// personal finds identity and mobile numbers written in full; all but the first digits are left out of the answer.
func personal(text string) []string {
	var out []string
	for _, expr := range []*regexp.Regexp{idNumber, mobile} {
		for _, m := range expr.FindAllStringSubmatch(text, -1) {
			out = append(out, fmt.Sprintf("%s… (%d digits)", m[2][:6], len(m[2])))
		}
	}
	return out
}

func TestPersonalNumbersAreKnown(t *testing.T) {
	for text, want := range map[string]int{
		"公民身份号码 321002198908214207": 1, "电话：19900002242。": 1, "321002****4207 199****2242": 0, "收入 12345678901.00 元": 0,
		"第 1763900000000 号": 0, "指纹 9f13812345678a": 0, "统一社会信用代码 N2321002MF12345678": 0, "321002003200": 0,
	} {
		if got := personal(text); len(got) != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
