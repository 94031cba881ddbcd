"use strict";
// The phone: shows what the messenger would show, and sends what a person does.
(() => {
  const at = (id) => document.getElementById(id);
  const log = at("log");
  const asked = new URLSearchParams(location.search);
  const now = { channel: asked.get("channel") || "", who: asked.get("who") || "", group: "0", version: -1, run: "" };
  const shown = new Map();
  let about = "";
  let polling = null;

  const troubles = { busy: "quá nhiều tin, hẹn giờ sau", broken: "hỏng (500)", silent: "không trả lời" };
  const services = { running: "đang chạy", starting: "đang khởi động…", stopped: "đã dừng" };

  function element(tag, className, words) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (words !== undefined) made.textContent = words;
    return made;
  }

  async function send(path, fields, files) {
    const form = new FormData();
    const told = { channel: now.channel, who: now.who, group: now.group, ...fields };
    for (const [key, value] of Object.entries(told)) form.append(key, value);
    for (const file of files || []) form.append("files", file);
    await fetch(path, { method: "POST", body: form }).catch(() => { at("status").textContent = "máy giả lập đã dừng"; });
  }

  function act(kind, more, files) {
    const fields = { kind, ...more };
    if (about) fields.about = about;
    refer("");
    return send("/act", fields, files);
  }

  function refer(number, words) {
    about = number;
    at("about").hidden = !number;
    at("about").firstElementChild.textContent = number ? `Trả lời: ${words.slice(0, 60)}` : "";
  }

  function keys(bubble) {
    const rows = bubble.buttons.map((row) => row.map((key) => {
      const button = element("button", key.style, key.label);
      button.type = "button";
      button.addEventListener("click", () => send("/act", { kind: "tap", data: key.data, about: bubble.number }));
      return button;
    }));
    rows.push(...bubble.choices.map(([number, label]) => {
      const button = element("button", "number", `Nhắn số ${number}`);
      button.type = "button";
      button.title = label;
      button.setAttribute("aria-label", `Nhắn số ${number}: ${label}`);
      button.addEventListener("click", () => act("text", { text: number }));
      return [button];
    }));
    const numbers = rows.filter((row) => row[0].classList.contains("number")).flat();
    const made = rows.filter((row) => !row[0].classList.contains("number"));
    if (numbers.length) made.push(numbers);
    return made.map((row) => {
      const line = element("div", row === numbers ? "keys wrap" : "keys");
      line.append(...row);
      return line;
    });
  }

  const kinds = { sticker: "👍 (nhãn dán)", voice: "🎤 Ghi âm 0:07", file: "📎 ", location: "📍 Vị trí", contact: "👤 ", inline: "" };

  function drawn(bubble) {
    const item = element("li", `bubble ${bubble.side}`);
    item.dataset.number = bubble.number;
    const words = bubble.parts.map(([text]) => text).join("");
    for (const name of bubble.photos) {
      const photo = element("img");
      photo.src = `/file/${now.channel}/${name}`;
      photo.alt = "Ảnh trong tin nhắn";
      item.append(photo);
    }
    if (words || kinds[bubble.kind]) {
      const said = element("div", "said");
      if (now.group === "1" && bubble.side !== "note") said.append(element("small", "", bubble.who));
      if (bubble.origin) said.append(element("small", "", `Chuyển tiếp từ ${bubble.origin}`));
      if (bubble.kind === "inline" && bubble.side === "bot") said.append(element("small", "", "Gợi ý khi gõ @ (chỉ mình bạn thấy)"));
      if (kinds[bubble.kind]) said.append(kinds[bubble.kind]);
      for (const [text, bold] of bubble.parts) said.append(bold ? element("b", "", text) : text);
      item.append(said);
    }
    item.append(...keys(bubble));
    if (now.channel === "telegram" && bubble.side !== "note" && now.group === "1") {
      const reply = element("button", "reply", "Trả lời tin này");
      reply.type = "button";
      reply.addEventListener("click", () => { refer(bubble.number, words); at("text").focus(); });
      item.append(reply);
    }
    return item;
  }

  function drawBubbles(bubbles) {
    let fresh = null;
    for (const bubble of bubbles) {
      const told = JSON.stringify(bubble);
      const before = shown.get(bubble.number);
      if (before && before.told === told) continue;
      const item = drawn(bubble);
      if (before) before.item.replaceWith(item);
      else {
        log.append(item);
        fresh = fresh || item;
      }
      shown.set(bubble.number, { told, item });
    }
    if (fresh) log.scrollTop = Math.min(fresh.offsetTop - 8, log.scrollHeight);
  }

  function options(select, pairs, value) {
    const told = JSON.stringify(pairs);
    if (select.dataset.told !== told) {
      select.dataset.told = told;
      select.replaceChildren(...pairs.map(([key, label]) => new Option(label, key)));
    }
    select.value = value;
  }

  function drawCommands(commands) {
    const told = JSON.stringify(commands);
    if (at("commands").dataset.told === told) return;
    at("commands").dataset.told = told;
    at("commands").replaceChildren(...commands.map((command) => {
      const button = element("button", "command");
      button.type = "button";
      button.append(element("b", "", `/${command.command}`), ` ${command.description}`);
      button.addEventListener("click", () => { close(); act("text", { text: `/${command.command}` }); });
      return button;
    }));
  }

  function draw(state) {
    if (state.run !== now.run || state.channel !== now.channel) {
      log.replaceChildren();
      shown.clear();
    }
    Object.assign(now, { version: state.version, run: state.run, channel: state.channel });
    document.body.dataset.channel = state.channel;
    options(at("channel"), state.channels, state.channel);
    options(at("who"), state.people, now.who || state.people[0][0]);
    now.who = at("who").value;
    at("group-pick").hidden = !state.groups.includes(state.channel);
    for (const item of document.querySelectorAll("[data-only]")) item.classList.toggle("off", !item.dataset.only.split(" ").includes(state.channel));
    at("no-origin").hidden = state.channel === "telegram";
    at("origin").parentElement.hidden = state.channel !== "telegram";
    at("title").textContent = now.group === "1" ? "Tổ dân phố 5" : "Cảnh Giác";
    at("status").textContent = state.typing ? "đang soạn tin…" : "";
    at("service").textContent = services[state.service];
    at("service").className = `state ${state.service}`;
    at("kill").disabled = state.service !== "running";
    at("start").disabled = state.service !== "stopped";
    at("desk").href = state.address;
    at("messenger").value = state.trouble;
    at("standing").value = state.standing;
    at("twice").checked = state.twice;
    at("buttons").checked = state.buttons;
    drawCommands(state.commands);
    at("calls").replaceChildren(...state.calls.reverse().map((call) => {
      const line = element("li", call.refusal ? "bad" : "", `${call.at} ${call.name} `);
      line.append(call.refusal ? `✗ ${troubles[call.refusal] || call.refusal}` : "✓");
      return line;
    }));
    drawBubbles(state.bubbles);
  }

  async function watch() {
    for (;;) {
      const query = new URLSearchParams({ channel: now.channel, who: now.who, group: now.group, after: now.version });
      polling = new AbortController();
      try {
        const answer = await fetch(`/state?${query}`, { signal: polling.signal });
        draw(await answer.json());
      } catch (failure) {
        if (failure.name === "AbortError") continue;
        at("status").textContent = "máy giả lập đã dừng";
        await new Promise((done) => setTimeout(done, 1500));
      }
    }
  }

  function turn() {
    log.replaceChildren();
    shown.clear();
    refer("");
    now.version = -1;
    if (polling) polling.abort();
  }

  function close() {
    for (const tool of document.querySelectorAll("[data-menu]")) {
      tool.setAttribute("aria-expanded", "false");
      at(tool.dataset.menu).hidden = true;
    }
  }

  async function sendText() {
    const text = at("text").value.trim();
    if (!text) return;
    at("text").value = "";
    const forwarded = !at("forwarding").hidden;
    close();
    if (forwarded) await act("forward", { text, origin: now.channel === "telegram" ? at("origin").value : "" });
    else await act("text", { text });
  }

  at("composer").addEventListener("submit", (event) => { event.preventDefault(); sendText(); });
  at("text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); sendText(); }
  });
  at("photos").addEventListener("change", async () => {
    const text = at("text").value.trim();
    at("text").value = "";
    await act("photo", { text }, at("photos").files);
    at("photos").value = "";
  });
  at("photo-label").addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); at("photos").click(); }
  });
  at("about-off").addEventListener("click", () => refer(""));
  for (const tool of document.querySelectorAll("[data-menu]")) {
    tool.addEventListener("click", () => {
      const open = tool.getAttribute("aria-expanded") === "true";
      close();
      if (open) return;
      tool.setAttribute("aria-expanded", "true");
      at(tool.dataset.menu).hidden = false;
    });
  }
  for (const button of document.querySelectorAll("[data-act]")) {
    button.addEventListener("click", () => {
      const kind = button.dataset.act;
      const more = { file: { name: "VNeID.apk" }, contact: { name: "Trần Văn A", data: "84905123318" } }[kind] || {};
      if (kind === "edit" || kind === "inline") {
        more.text = at("text").value.trim();
        if (!more.text) { at("text").focus(); return; }
        at("text").value = "";
      }
      const bytes = { voice: "OggS", file: "PK" }[kind];
      close();
      act(kind, more, bytes ? [new File([bytes], "x")] : []);
    });
  }
  for (const name of ["channel", "who", "group"]) {
    at(name).addEventListener("change", () => { now[name] = at(name).value; if (name === "channel") { now.group = "0"; at("group").value = "0"; } turn(); });
  }
  const trouble = (name, value) => send("/trouble", { switch: name, value });
  at("messenger").addEventListener("change", () => trouble("messenger", at("messenger").value));
  at("standing").addEventListener("change", () => trouble("standing", at("standing").value));
  at("twice").addEventListener("change", () => trouble("twice", at("twice").checked ? "1" : "0"));
  at("buttons").addEventListener("change", () => trouble("buttons", at("buttons").checked ? "1" : "0"));
  at("kill").addEventListener("click", () => trouble("service", "kill"));
  at("start").addEventListener("click", () => trouble("service", "start"));
  watch();
})();
