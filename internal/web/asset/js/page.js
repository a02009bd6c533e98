// What pages gain from scripts. Each helper is tied to a data attribute by
// delegation, so parts that htmx swaps in work at once. Nothing here is needed
// to get work done.
import { aloud } from "./aloud.js";
import { capital } from "./capital.js";

const on = (type, selector, act) =>
  document.addEventListener(type, (e) => {
    const el = e.target.closest && e.target.closest(selector);
    if (el) act(el, e);
  });

function ask(text, yes) {
  const d = document.createElement("dialog");
  if (!d.showModal) {
    if (confirm(text)) yes();
    return;
  }
  const p = document.createElement("p");
  p.textContent = text;
  const row = document.createElement("div");
  row.className = "form-actions";
  const button = (label, kind) => {
    const b = document.createElement("button");
    b.type = "button";
    b.className = "btn " + kind;
    b.textContent = label;
    row.append(b);
    return b;
  };
  button("取消", "").onclick = () => d.close();
  button("确定", "btn-primary").onclick = () => (d.close(), yes());
  d.className = "dialog dialog-ask";
  d.append(p, row);
  d.onclose = () => d.remove();
  document.body.append(d);
  d.showModal();
}

// form.id would be the row checkboxes where those are named "id".
function count(form) {
  const n = document.querySelectorAll(`tbody input[form="${form.getAttribute("id")}"]:checked`).length;
  form.toggleAttribute("data-none", !n);
  form.querySelector("[data-count]").textContent = n ? `已选 ${n} 项` : "勾选后可批量办理";
}

export function start(htmx) {
  on("click", "[data-confirm]", (el, e) => {
    if (el.asked) return void (el.asked = false);
    e.preventDefault();
    e.stopPropagation();
    ask(el.dataset.confirm, () => {
      el.asked = true;
      el.click();
    });
  });
  on("click", "[data-big]", (el, e) => {
    e.preventDefault();
    const big = document.documentElement.classList.toggle("big");
    el.setAttribute("aria-pressed", big);
    document.cookie = `big=${big ? 1 : 0};path=/;max-age=31536000;samesite=lax`;
  });
  aloud(on);
  on("click", "[data-print]", () => print());
  on("click", "[data-dialog]", (el, e) => {
    const d = document.getElementById(el.dataset.dialog);
    if (!d || !d.showModal) return;
    e.preventDefault();
    d.showModal();
  });
  on("click", "dialog [data-close]", (el, e) => {
    const d = el.closest("dialog");
    if (!d.open || !d.close) return;
    e.preventDefault();
    d.close();
  });
  on("change", "[data-all]", (el) => {
    const id = el.dataset.all;
    document.querySelectorAll(`input[type=checkbox][form="${id}"]`).forEach((c) => (c.checked = el.checked));
    count(document.getElementById(id));
  });
  on("change", "input[type=checkbox][form]", (el) => el.form && el.form.matches("[data-bulk]") && count(el.form));
  on("change", "[data-autosubmit] select, [data-autosubmit] input", (el) => {
    if (el.type === "date" && document.activeElement === el && !el.value) return;
    if (el.form.requestSubmit) el.form.requestSubmit();
    else el.form.submit();
  });
  on("input", "[data-money]", (el) => (document.getElementById(el.dataset.money).textContent = capital(el.value)));
  ["dragover", "dragleave", "drop"].forEach((type) =>
    on(type, "[data-drop]", (el, e) => {
      e.preventDefault();
      el.classList.toggle("over", type === "dragover");
      if (type === "drop") el.querySelector("input").files = e.dataTransfer.files;
    }),
  );
  const fresh = (root) => {
    root.querySelectorAll("[data-bulk]").forEach(count);
    const errors = root.querySelector("[data-errors]");
    if (errors) errors.focus();
  };
  htmx.onLoad(fresh);
}
