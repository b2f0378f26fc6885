// Adds what others say to the log of a room as it is said.  The server draws the line; we only place it.
// Each event carries HTML of one item and an opaque id; after a break the browser asks beyond the last one.
const log = document.querySelector("[data-stream]");
const FIRST = 1000, LONGEST = 30000;

if (log && window.EventSource) {
  let wait = FIRST;
  let last = log.dataset.after ?? "";
  const unread = document.querySelector("[data-unread]");
  log.scrollTop = log.scrollHeight;

  const place = (html) => {
    const low = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
    const holder = new DOMParser().parseFromString(html, "text/html").body;
    for (const part of [...holder.children]) {
      if (part.id && document.getElementById(part.id)) document.getElementById(part.id).replaceWith(part);
      else log.append(part);
    }
    if (low) log.scrollTop = log.scrollHeight;
  };
  const mark = ({ place: room, text }) => {
    const tag = room && document.querySelector(`[data-place="${room}"]`);
    if (tag) { tag.querySelector("[data-count]").textContent = text; tag.hidden = false; }
    else if (!room && unread) unread.textContent = text;
  };
  const open = () => {
    const address = new URL(log.dataset.stream, location.href);
    if (last) address.searchParams.set("after", last);
    const source = new EventSource(address);
    const keep = (event) => { if (event.lastEventId) last = event.lastEventId; wait = FIRST; };
    source.addEventListener("item", (event) => { keep(event); place(JSON.parse(event.data).html); });
    source.addEventListener("unread", (event) => { keep(event); mark(JSON.parse(event.data)); });
    source.addEventListener("error", () => {
      source.close();
      setTimeout(open, wait + Math.random() * wait);
      wait = Math.min(wait * 2, LONGEST);
    });
    addEventListener("pagehide", () => source.close(), { once: true });
  };
  open();
}
