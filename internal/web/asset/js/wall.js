// The screen in a hall: asks for its next page by itself. While the server does
// not answer, the last page stays, and says so. Without scripts the page loads
// itself again.
export function turn() {
  const shown = () => document.querySelector("[data-wall]");
  if (!shown()) return;
  const seconds = Number(shown().dataset.wall) || 20;
  const next = () =>
    fetch(location.href, { cache: "no-store" })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer.status)))
      .then((text) => {
        const page = new DOMParser().parseFromString(text, "text/html").querySelector("[data-wall]");
        if (!page) throw new Error("no page");
        shown().replaceWith(page);
      })
      .catch(() => shown().classList.add("is-stale"))
      .then(() => setTimeout(next, seconds * 1000));
  setTimeout(next, seconds * 1000);
}
