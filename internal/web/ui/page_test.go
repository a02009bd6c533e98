package ui

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// nodes lists the elements of a page in order.
func nodes(t testing.TB, text string) []*html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var list []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			list = append(list, n)
		}
	}
	return list
}

func attr(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func content(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// TestNothingInline holds the content security policy: style-src 'self' and
// script-src 'self' forbid style attributes, event attributes, style elements
// and scripts with a body.
func TestNothingInline(t *testing.T) {
	for name, page := range renderGallery(t, testAssets) {
		for _, n := range nodes(t, page) {
			switch n.Data {
			case "style":
				t.Errorf("%s: a style element", name)
			case "script":
				if src, _ := attr(n, "src"); src == "" || content(n) != "" {
					t.Errorf("%s: a script element with a body", name)
				}
			}
			for _, a := range n.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on") ||
					strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") || strings.HasPrefix(a.Val, "js:") {
					t.Errorf("%s: <%s %s=%q> is inline style or script", name, n.Data, a.Key, a.Val)
				}
			}
		}
	}
}

// TestPagesAreWhole checks what a browser would forgive and a reader would not.
func TestPagesAreWhole(t *testing.T) {
	for name, page := range renderGallery(t, testAssets) {
		ids, labels := map[string]bool{}, map[string]bool{}
		all := nodes(t, page)
		h1, mains := 0, 0
		for _, n := range all {
			if id, ok := attr(n, "id"); ok {
				if ids[id] {
					t.Errorf("%s: id %q twice", name, id)
				}
				ids[id] = true
			}
			if target, ok := attr(n, "for"); ok && n.Data == "label" {
				labels[target] = true
			}
			switch n.Data {
			case "h1":
				h1++
			case "main":
				mains++
			case "html":
				if lang, _ := attr(n, "lang"); lang != "zh-CN" {
					t.Errorf("%s: language %q", name, lang)
				}
			}
		}
		if h1 != 1 || mains != 1 {
			t.Errorf("%s: %d h1 and %d main, want one of each", name, h1, mains)
		}
		for _, n := range all {
			for _, key := range []string{"aria-describedby", "aria-labelledby", "form", "list", "data-money", "data-dialog"} {
				value, _ := attr(n, key)
				for _, id := range strings.Fields(value) {
					if !ids[id] {
						t.Errorf("%s: <%s %s=%q> points nowhere", name, n.Data, key, id)
					}
				}
			}
			if href, _ := attr(n, "href"); n.Data == "a" && len(href) > 1 && href[0] == '#' && !ids[href[1:]] {
				t.Errorf("%s: link to %q points nowhere", name, href)
			}
			if !labelled(n, labels) {
				t.Errorf("%s: <%s name=%q> has no label", name, n.Data, mustAttr(n, "name"))
			}
		}
	}
}

func mustAttr(n *html.Node, key string) string {
	v, _ := attr(n, key)
	return v
}

// labelled says whether a control has a name for readers; other elements pass.
func labelled(n *html.Node, labels map[string]bool) bool {
	switch n.Data {
	case "input", "select", "textarea":
	case "button", "a", "summary":
		return content(n) != "" || mustAttr(n, "aria-label") != ""
	default:
		return true
	}
	if mustAttr(n, "type") == "hidden" || mustAttr(n, "aria-label") != "" || labels[mustAttr(n, "id")] {
		return true
	}
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == "label" && content(p) != "" {
			return true
		}
	}
	return false
}

// TestGalleryShowsEveryComponent holds that no exported component is missing
// from the gallery: its mark must be on some page.
func TestGalleryShowsEveryComponent(t *testing.T) {
	var all strings.Builder
	for _, page := range renderGallery(t, testAssets) {
		all.WriteString(page)
	}
	marks := map[string]string{
		"Desk": `class="desk"`, "Board": `class="board-main"`, "Phone": `class="phone-main"`, "Plain": `class="plain"`, "wide Plain": `class="plain plain-wide"`,
		"Sheet A4": `sheet-a4`, "Sheet A3": `sheet-a3`, "PageHead": `class="page-head"`, "Stats": `class="card stat"`, "Tree": `class="tree"`, "Crumbs": `class="crumbs"`,
		"Table": `class="table table-cards"`, "scrolling Table": `table-scroll`, "Pager": `class="pager"`, "Bulk": `data-bulk`, "Empty": `class="empty"`, "late row": `row-late`, "total row": `<tfoot>`,
		"FormErrors": `form-errors`, "TextField": `type="text"`, "PasswordField": `type="password"`, "TextArea": `<textarea`, "SelectField": `<select`, "optgroup": `<optgroup`, "DateField": `type="date"`,
		"MoneyField": `money-field`, "FileField": `type="file"`, "CheckField": `field-check`, "RadioField": `type="radio"`, "Hidden": `type="hidden"`, "datalist": `<datalist`,
		"VerdictPanel": `class="verdict verdict-error"`, "Timeline": `class="timeline"`, "late Step": `step-late`, "skipped Step": `step-skipped`, "NoticeSheet": `class="notice"`, "VerifyBlock": `class="verify"`,
		"Progress": `class="progress"`, "Dialog": `<dialog`, "Tabs": `class="tabs"`, "Alert": `alert-warn`, "Badge": `badge-accent`, "Dot": `dot-success`, "KeyValues": `class="kv"`, "ActRef": `class="act"`,
		"Diff": `diff-changed`, "Bar": `class="c1"`, "lying Bar": `class="lying"`, "Stacked": `class="legend"`, "Line": `class="stroke c2"`, "Donut": `class="ring"`, "Spark": `class="spark"`, "QR": `class="qr"`,
		"Hero": `hero-value`, "Tiles": `class="tile"`, "NoticeList": `class="notices"`, "past date": `asof-strip`, "chart table": `chart-data`, "Columns": `cols-halves`,
	}
	for name, mark := range marks {
		if !strings.Contains(all.String(), mark) {
			t.Errorf("no page of the gallery shows %s (%s)", name, mark)
		}
	}
}

// TestSpriteHasEveryIcon compares the icons the gallery draws with the built
// sprite; without built files it compares with the names the builder scans for.
func TestSpriteHasEveryIcon(t *testing.T) {
	have := map[string]bool{}
	if dir, a, ok := builtAssets(t); ok {
		sprite, err := os.ReadFile(dir + strings.TrimPrefix(a.Icons, "/assets"))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`<symbol id="([^"]+)"`).FindAllSubmatch(sprite, -1) {
			have[string(m[1])] = true
		}
	} else {
		have = scannedIcons(t)
	}
	used := regexp.MustCompile(`<use href="[^"#]*#([^"]+)"`)
	for name, page := range renderGallery(t, testAssets) {
		for _, m := range used.FindAllStringSubmatch(page, -1) {
			if !have[m[1]] {
				t.Errorf("%s: the icon %q is not in the sprite; build the assets again", name, m[1])
			}
		}
	}
}

// scannedIcons are the names in this package's sources as the builder reads them.
func scannedIcons(t *testing.T) map[string]bool {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	re := regexp.MustCompile(`\b(?:Icon(?:\(|:\s*)|LinkButton\([^,"]*,\s*)"([a-z0-9-]+)"`)
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".templ") && !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_templ.go") {
			continue
		}
		text, err := os.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range re.FindAllSubmatch(text, -1) {
			names[string(m[1])] = true
		}
	}
	return names
}

func TestUnknownGalleryPage(t *testing.T) {
	if c, ok := Gallery(Page{}, "nothing", ""); ok || c != nil {
		t.Error("an unknown name gives a page")
	}
}
