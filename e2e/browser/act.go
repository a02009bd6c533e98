package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

//go:embed find.js
var findScript string

// thing is an element that was found.
type thing struct {
	CSS   string `json:"css"`
	Tag   string `json:"tag"`
	Type  string `json:"type"`
	Href  string `json:"href"`
	Error string `json:"error"`
	Count int    `json:"count"`
}

// find looks for an element by the words on it; an exact match goes before one that contains the words.
func (t *Tab) find(kind, words, scope string, nth int) thing {
	t.judge.Helper()
	return evaluate[thing](t, fmt.Sprintf("(%s)(%s,%s,%s,%d)", findScript, quote(kind), quote(words), quote(scope), nth))
}

func quote(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings and lists of them always encode
	}
	return string(b)
}

// the is find, and ends the test when there is none.
func (t *Tab) the(kind, words, scope string, nth int) thing {
	t.judge.Helper()
	found := t.find(kind, words, scope, nth)
	if found.Error != "" {
		t.fail("no %s “%s” %s to be found (%s)\n\tthe page says: %s", kind, words, scope, found.Error, excerpt(t.Text()))
	}
	return found
}

// Has tells whether something with these words can be clicked.
func (t *Tab) Has(words string) bool { return t.find("click", words, "", 0).Error == "" }

// HasField tells whether there is a field, choice or box with this label.
func (t *Tab) HasField(label string) bool {
	for _, kind := range []string{"field", "select", "file", "check"} {
		if t.find(kind, label, "", 0).Error == "" {
			return true
		}
	}
	return false
}

// Click clicks the link or button with these words and waits until the page is at rest.
func (t *Tab) Click(words string) { t.judge.Helper(); t.ClickIn("", words, 0) }

// ClickIn clicks the nth (from 0) such thing inside the element that a CSS selector finds.
func (t *Tab) ClickIn(scope, words string, nth int) {
	t.judge.Helper()
	found := t.the("click", words, scope, nth)
	t.press(found, words)
	t.settle()
}

// Follow clicks the first link whose address fits a regular expression, where the words differ from town to town.
func (t *Tab) Follow(fits string) {
	t.judge.Helper()
	t.press(t.the("link", fits, "", 0), fits)
	t.settle()
}

// Href is where the link with these words leads.
func (t *Tab) Href(words string) string { t.judge.Helper(); return t.the("click", words, "", 0).Href }

// place is the middle of an element, and what is there instead when the element is covered.
type place struct {
	X, Y  float64
	Other string
}

// press puts the mouse on the middle of an element and clicks.
func (t *Tab) press(found thing, words string) {
	t.judge.Helper()
	at := evaluate[place](t, fmt.Sprintf(`(() => {
		const el = document.querySelector(%s);
		el.scrollIntoView({block: "center", inline: "center", behavior: "instant"});
		const r = el.getClientRects()[0];
		const x = r.left + r.width / 2, y = r.top + r.height / 2;
		const top = document.elementFromPoint(x, y);
		const free = top && (el.contains(top) || top.contains(el) || (top.closest("label") && top.closest("label").contains(el)));
		return {X: x, Y: y, Other: free ? "" : (top ? top.outerHTML.slice(0, 200) : "nothing")};
	})()`, quote(found.CSS)))
	if at.Other != "" {
		t.fail("“%s” is covered by %s", words, at.Other)
	}
	t.watch.fresh()
	_, err := within(t, patience, chromedp.MouseClickXY(at.X, at.Y))
	t.must("click "+words, err)
}

// Fill types a value into the field with this label, in place of what is there.
func (t *Tab) Fill(label, value string) { t.judge.Helper(); t.FillIn("", label, value) }

// FillIn is Fill inside the element that a CSS selector finds.
func (t *Tab) FillIn(scope, label, value string) {
	t.judge.Helper()
	found := t.the("field", label, scope, 0)
	switch found.Type {
	case "date", "month", "number", "time": // typed differently in every language; the calendar sets the value just so
		evaluate[bool](t, fmt.Sprintf(`(() => {
			const el = document.querySelector(%s);
			el.focus(); el.value = %s; el.blur();
			el.dispatchEvent(new Event("input", {bubbles: true}));
			el.dispatchEvent(new Event("change", {bubbles: true}));
			return true;
		})()`, quote(found.CSS), quote(value)))
	default:
		evaluate[bool](t, fmt.Sprintf(`(() => { const el = document.querySelector(%s); el.focus(); el.select(); return true; })()`, quote(found.CSS)))
		_, err := within(t, patience, func(ctx context.Context, target *chromedp.Target) (cdp.Empty, error) {
			return cdp.Call(ctx, target, input.InsertText, input.InsertTextParams{Text: value})
		})
		t.must("type into "+label, err)
	}
	t.settle()
}

// Choose picks the option with this text, or the first that contains it, from the list with this label.
func (t *Tab) Choose(label, option string) {
	t.judge.Helper()
	found := t.the("select", label, "", 0)
	said := evaluate[string](t, fmt.Sprintf(`(() => {
		const el = document.querySelector(%s), want = %s;
		const all = [...el.options], text = (o) => o.textContent.replace(/\s+/g, " ").trim();
		const o = all.find((o) => text(o) === want) || all.find((o) => text(o).includes(want));
		if (!o) return "its options are " + all.map(text).join(" | ");
		el.value = o.value;
		el.dispatchEvent(new Event("input", {bubbles: true}));
		el.dispatchEvent(new Event("change", {bubbles: true}));
		return "";
	})()`, quote(found.CSS), quote(option)))
	if said != "" {
		t.fail("“%s” offers no “%s”: %s", label, option, said)
	}
	t.settle()
}

// Check ticks the box, or picks the choice, with this label.
func (t *Tab) Check(label string) {
	t.judge.Helper()
	found := t.the("check", label, "", 0)
	if !evaluate[bool](t, fmt.Sprintf(`document.querySelector(%s).checked`, quote(found.CSS))) {
		t.press(found, label)
		t.settle()
	}
}

// Upload gives files to the field with this label.
func (t *Tab) Upload(label string, files ...string) {
	t.judge.Helper()
	found := t.the("file", label, "", 0)
	var paths []string
	for _, f := range files {
		abs, err := filepath.Abs(f)
		t.must("find "+f, err)
		paths = append(paths, abs)
	}
	_, err := within(t, patience, chromedp.SetUploadFiles(chromedp.CSS(found.CSS), paths, chromedp.NodeReady))
	t.must("choose "+label, err)
}
