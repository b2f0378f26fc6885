// What every page may use.  All of it is a comfort: each task works without.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// After a refused form the reader starts at the summary of mistakes.
document.querySelector("[data-focus]")?.focus();
if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.focus?.();

// The link of the header presses the footer's button, which carries what was typed.
for (const link of all("a[data-keeps]")) {
  link.addEventListener("click", (event) => {
    const button = document.querySelector(`button[name="switch"][value="${link.hreflang}"]`);
    if (button && document.getElementById(link.dataset.keeps)) { event.preventDefault(); button.click(); }
  });
}

for (const note of all("[data-counter-for]")) {
  const box = document.getElementById(note.dataset.counterFor);
  const say = () => {
    const left = Number(box.dataset.most) - [...box.value].length;
    note.textContent = (left < 0 ? note.dataset.over : note.dataset.left).replace("{n}", Math.abs(left));
    note.classList.toggle("is-over", left < 0);
  };
  box.addEventListener("input", say);
  say();
}

for (const button of all("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.lastChild.textContent = button.dataset.done;
    button.setAttribute("aria-live", "polite");
  });
}

for (const button of all("[data-print]")) { button.hidden = false; button.addEventListener("click", () => print()); }

// A second press while the first is on its way must not send twice; the server would refuse it anyway.
for (const form of all("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 4000);
  });
}
addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => delete form.dataset.sent));

if (document.querySelector("[data-autosave]")) import("./autosave.js");
if (document.querySelector("[data-upload]")) import("./uploads.js");
