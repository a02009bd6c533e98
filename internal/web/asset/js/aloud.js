// Reads a notice aloud with the device's own voice: lines as they stand, a
// table row by row, each figure after its heading.
const lines = (root) =>
  [...root.querySelectorAll("h1, p, caption, dt, dd, tbody tr")]
    .filter((el) => !el.closest(".verify"))
    .map((el) => (el.cells ? [...el.cells].map((c) => (c.dataset.label || "") + " " + c.textContent).join("，") : el.textContent));

export function aloud(on) {
  const voice = window.speechSynthesis;
  if (!voice) return document.documentElement.classList.add("mute");
  voice.cancel();
  on("click", "[data-aloud]", (button) => {
    const start = button.getAttribute("aria-pressed") === "false";
    const say = (yes) => {
      button.setAttribute("aria-pressed", yes);
      button.lastElementChild.textContent = yes ? "停止朗读" : "读给我听";
    };
    voice.cancel();
    say(start);
    if (!start) return;
    const all = lines(document.getElementById(button.dataset.aloud)).map((text) => new SpeechSynthesisUtterance(text));
    all.forEach((u) => ((u.lang = "zh-CN"), voice.speak(u)));
    all[all.length - 1].onend = () => say(false);
  });
}
