// Sends each picked file at once, one row a file; large photos are made smaller first.
const EDGE = 2000;

for (const field of document.querySelectorAll("[data-upload]")) {
  const words = JSON.parse(field.dataset.words);
  const input = field.querySelector("input[type=file]");
  const rows = field.querySelector("[data-rows]");
  const form = field.closest("form");
  const token = form.querySelector("[name=csrf_token]").value;
  let sending = 0;
  field.classList.add("is-live");
  input.addEventListener("change", async () => {
    const picked = [...input.files];
    input.value = "";
    sending += picked.length;
    for (const file of picked) { await send(field, rows, words, token, input.name, file); sending -= 1; }
    field.dispatchEvent(new Event("sent"));
  });
  // Whoever goes on while a file is under way waits for it: the next page would not say that it was refused.
  form.addEventListener("submit", (event) => {
    if (!sending) return;
    event.preventDefault();
    field.addEventListener("sent", () => form.requestSubmit(event.submitter), { once: true });
  });
}

async function send(field, rows, words, token, name, file) {
  const row = draw(rows, file.name, words);
  const small = await smaller(file);
  if (small.size > Number(field.dataset.mostMb) * 1024 * 1024) return row.fail(words.large);
  const data = new FormData();
  data.append("csrf_token", token);
  data.append(name, small, file.name);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => row.progress(event.loaded / event.total));
    request.addEventListener("load", () => { request.status < 300 ? row.finish(request.response) : row.fail(request.response?.error ?? words.failed); done(); });
    request.addEventListener("error", () => { row.fail(words.failed); done(); });
    request.responseType = "json";
    request.open("POST", field.dataset.upload);
    request.setRequestHeader("Accept", "application/json");
    request.send(data);
  });
}

function draw(rows, name, words) {
  const row = rows.appendChild(document.createElement("li"));
  const grow = row.appendChild(Object.assign(document.createElement("span"), { className: "grow" }));
  grow.appendChild(document.createElement("b")).textContent = name;
  const note = grow.appendChild(Object.assign(document.createElement("span"), { className: "muted" }));
  note.setAttribute("role", "status");
  const bar = grow.appendChild(Object.assign(document.createElement("progress"), { max: 1, value: 0 }));
  bar.setAttribute("aria-label", name);
  note.textContent = words.sending;
  return {
    progress(part) { bar.value = part; note.textContent = `${words.sending} ${Math.round(part * 100)} %`; },
    finish(answer) { bar.remove(); note.textContent = answer?.note ?? "✓"; },
    fail(why) {
      bar.remove(); row.classList.add("is-error"); note.textContent = why;
      for (const [key, value] of [["refused", name], ["reason", why]]) row.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: key, value }));
    },
  };
}

async function smaller(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < 500 * 1024) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
    if (scale === 1) return file;
    const canvas = Object.assign(document.createElement("canvas"), { width: picture.width * scale, height: picture.height * scale });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob((blob) => done(blob ?? file), "image/jpeg", 0.85));
  } catch { return file; }
}
