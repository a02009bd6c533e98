// What a person finds in a page: things by the words on them. Loaded by act.go and run in the page; it changes nothing
// but a mark on the element found.
(kind, words, scope, nth) => {
  const tidy = (s) => (s || "").replace(/[\s\u00a0]+/g, " ").trim();
  const seen = (el) => {
    return el.getClientRects().length > 0 && el.checkVisibility({ visibilityProperty: true }); // what a closed <details> keeps has a place, but cannot be seen
  };
  const byIds = (ids) => (ids || "").split(/\s+/).map((id) => document.getElementById(id)).filter(Boolean).map((e) => e.innerText).join(" ");
  const spoken = (el) => tidy(el.getAttribute("aria-label") || byIds(el.getAttribute("aria-labelledby")) || el.innerText || el.value || el.title);
  // required marks are decoration
  const label = (el) => {
    const names = [];
    for (const l of el.labels || []) {
      const c = l.cloneNode(true);
      c.querySelectorAll("[aria-hidden=true], input, select, textarea, small").forEach((x) => x.remove());
      names.push(tidy(c.textContent));
    }
    names.push(tidy(el.getAttribute("aria-label")), tidy(el.placeholder));
    return names.filter(Boolean);
  };
  const root = scope ? document.querySelector(scope) : document;
  if (!root) return { error: "there is no " + scope };
  const all = (css) => [...root.querySelectorAll(css)];
  let found = [];
  const pick = (els, names) => {
    const exact = els.filter((e) => names(e).some((n) => n === words));
    return exact.length ? exact : els.filter((e) => names(e).some((n) => n.includes(words)));
  };
  if (kind === "link") {
    const fits = new RegExp(words);
    found = all("a[href]").filter(seen).filter((e) => fits.test(e.getAttribute("href")));
  } else if (kind === "click") {
    found = pick(all("a[href], button, summary, [role=button], input[type=submit]").filter(seen), (e) => [spoken(e)]);
  } else {
    const css = { field: "input:not([type=hidden]):not([type=checkbox]):not([type=radio]):not([type=file]), textarea", select: "select", file: "input[type=file]", check: "input[type=checkbox], input[type=radio]" }[kind];
    found = pick(all(css).filter((e) => kind === "file" || kind === "check" || seen(e)), label);
  }
  const el = found[nth || 0];
  if (!el) return { error: "none", count: found.length };
  const mark = "found" + (window.__found = (window.__found || 0) + 1);
  el.setAttribute("data-found", mark);
  return { css: `[data-found="${mark}"]`, tag: el.tagName, type: el.type || "", href: el.href || "", count: found.length };
}
