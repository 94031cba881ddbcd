"use strict";
// The chat: sends what the plain form would send, and adds the answer to the page instead of loading a new one.
(() => {
  const log = document.getElementById("hoi-thoai");
  const form = document.getElementById("hop-hoi");
  const box = document.getElementById("tin");
  const paste = document.getElementById("dan");
  const send = document.getElementById("gui");
  const choose = document.getElementById("chon-anh");
  const file = document.getElementById("anh");
  const waiting = document.getElementById("dang-xem");
  const offline = "Mạng đang chập chờn, tin chưa gửi được. Bạn kiểm tra mạng rồi bấm gửi lại nhé. Đang nguy cấp, bạn gọi 113.";
  const slow = "Máy đang bận nên trả lời hơi lâu. Bạn chờ thêm chút nhé; trong lúc chờ đừng chuyển tiền, đừng đưa mã cho ai.";
  const askEvery = 1000;
  const askTimes = 60;
  let busy = false;

  const wait = (ms) => new Promise((done) => setTimeout(done, ms));

  function messageId() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function bubble(words, kind) {
    const item = document.createElement("p");
    item.className = `bubble ${kind}`;
    item.textContent = words;
    log.append(item);
    return item;
  }

  function reveal(item) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    item.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
  }

  async function call(path, options) {
    const response = await fetch(path, { credentials: "same-origin", ...options });
    const body = await response.json();
    if (!response.ok) throw new Error(body.error || offline);
    return body;
  }

  async function post({ id, picture, ...words }) {
    // The same id at each attempt: however often it is sent, it is answered once.
    const path = picture ? `/api/web/pictures?id=${id}` : "/api/web/messages";
    const type = picture ? picture.type : "application/json";
    const body = picture || JSON.stringify({ id, ...words });
    const options = { method: "POST", headers: { "Content-Type": type }, body };
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await call(path, options);
      } catch (failure) {
        if (!(failure instanceof TypeError) || attempt === 2) throw failure;
        await wait(800 * (attempt + 1));
      }
    }
  }

  async function answerTo(body) {
    let answer = await post(body);
    for (let times = 0; answer.pending && times < askTimes; times += 1) {
      await wait(askEvery);
      answer = await call(`/api/web/replies?id=${encodeURIComponent(answer.id)}`, {});
    }
    if (answer.pending) throw new Error(slow);
    return answer;
  }

  function add(html) {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    const items = Array.from(parsed.body.children, (item) => document.importNode(item, true));
    log.append(...items);
    log.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = !navigator.clipboard; });
    log.querySelectorAll("[data-share]").forEach((button) => { button.hidden = !navigator.share; });
    return items[0];
  }

  async function ask(body, shown) {
    if (busy) return false;
    busy = true;
    send.disabled = true;
    log.setAttribute("aria-busy", "true");
    document.body.classList.add("talking");
    box.rows = 1;
    grow();
    const own = bubble(shown, "own-words");
    const sign = waiting.content.firstElementChild.cloneNode(true);
    if (body.picture) sign.lastChild.textContent = " Đang đọc ảnh…";
    log.append(sign);
    reveal(own);
    let first;
    let fine = true;
    try {
      first = add((await answerTo({ id: messageId(), ...body })).html);
    } catch (failure) {
      first = bubble(failure instanceof TypeError || failure instanceof SyntaxError ? offline : failure.message, "bot trouble");
      fine = false;
    }
    sign.remove();
    log.removeAttribute("aria-busy");
    busy = false;
    send.disabled = false;
    if (first) {
      reveal(first);
      first.focus({ preventScroll: true });
    }
    return fine;
  }

  function grow() {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight + 4, innerHeight * 0.3)}px`;
  }

  async function sendBox() {
    const words = box.value;
    if (busy) return;
    if (!words.trim()) {
      box.focus();
      return;
    }
    box.value = "";
    grow();
    box.blur();
    if (!(await ask({ text: words }, words)) && !box.value) {
      box.value = words;
      grow();
    }
  }

  async function smaller(picture) {
    // A photograph is sent as small as it can still be read; what the browser cannot draw goes as it is.
    try {
      const drawn = await createImageBitmap(picture);
      const scale = Math.min(1, 1800 / Math.max(drawn.width, drawn.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(drawn.width * scale);
      canvas.height = Math.round(drawn.height * scale);
      const paper = canvas.getContext("2d");
      paper.fillStyle = "#fff";
      paper.fillRect(0, 0, canvas.width, canvas.height);
      paper.drawImage(drawn, 0, 0, canvas.width, canvas.height);
      const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.88));
      return made || picture;
    } catch {
      return picture;
    }
  }

  async function sendPicture(picture) {
    if (busy || !picture || !picture.type.startsWith("image/")) return;
    await ask({ picture: await smaller(picture) }, `Ảnh: ${picture.name || "ảnh chụp màn hình"}`);
  }

  function told(button) {
    const said = button.closest(".bubble").querySelector(".said");
    return said.innerText.trim();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendBox();
  });

  box.addEventListener("input", grow);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) sendBox();
  });

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (event.target === form || !button || !button.name) return;
    event.preventDefault();
    if (button.name === "tap") ask({ tap: button.value }, button.innerText.trim());
    if (button.name === "example") ask({ text: button.dataset.text }, button.dataset.text);
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-share]");
    if (!button) return;
    if ("share" in button.dataset) {
      await navigator.share({ text: told(button) }).catch(() => {});
      return;
    }
    await navigator.clipboard.writeText(told(button));
    button.textContent = "Đã chép, bạn dán vào Zalo nhé";
  });

  choose.hidden = false;
  choose.addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const [picture] = file.files;
    await sendPicture(picture);
    file.value = "";
  });
  box.addEventListener("paste", (event) => {
    const picture = Array.from(event.clipboardData.files).find((one) => one.type.startsWith("image/"));
    if (!picture) return;
    event.preventDefault();
    sendPicture(picture);
  });

  paste.hidden = false;
  paste.addEventListener("click", async () => {
    try {
      const words = await navigator.clipboard.readText();
      if (words) box.value = words;
    } catch {
      box.placeholder = "Bạn chạm giữ vào ô này rồi chọn Dán";
    }
    grow();
    box.focus();
  });

  const answered = document.getElementById("tra-loi");
  if (answered) reveal(answered);
})();
