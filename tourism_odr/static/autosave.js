// Sends the open form to its draft address every few seconds while it changes, and when the page is left.
const EVERY = 5000;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  let changed = false;
  const saved = document.querySelector("[data-saved]");
  const body = () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  };
  const save = async () => {
    if (!changed) return;
    changed = false;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: body(), redirect: "manual" });
      if (!answer.ok) throw new Error(String(answer.status));
      if (saved) saved.hidden = false;
    } catch {
      changed = true;
      if (saved) saved.hidden = true;
    }
  };
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("focusout", save);
  form.addEventListener("submit", () => { changed = false; });
  setInterval(save, EVERY);
  addEventListener("pagehide", () => { if (changed) navigator.sendBeacon(form.dataset.autosave, body()); });
}
