/* The curators' pages made pleasant: the answer while typing, a warning before leaving, a question before what is hard to
   take back, lists that narrow while typing, files read into their text field. Without this file every page still works. */
"use strict";
(() => {
  const form = document.querySelector("form[data-guarded]");
  if (form) guard(form);
  document.querySelectorAll("button[data-confirm]").forEach((button) => button.addEventListener("click", ask));
  document.querySelectorAll("input[data-narrows]").forEach(narrows);
  document.querySelectorAll("input[type=file][data-into]").forEach((chosen) => chosen.addEventListener("change", () => read(chosen)));
  if (document.querySelector("[data-watch]")) watch();
  document.querySelectorAll("form[data-again]").forEach((sent) => {
    const typed = new URLSearchParams(new FormData(sent)).toString();
    const same = () => new URLSearchParams(new FormData(sent)).toString() === typed;
    setTimeout(() => { if (same()) sent.requestSubmit(); }, Number(sent.dataset.again) * 1000);
  });
  document.querySelectorAll(".without-script").forEach((spare) => { spare.hidden = true; });

  function guard(editor) {
    let unsaved = "unsaved" in editor.dataset, leaving = false, waiting = 0, asked = 0;
    const mark = editor.querySelector(".unsaved");
    const show = () => { mark.hidden = !unsaved; };
    show();
    editor.addEventListener("input", (typed) => {
      if (typed.target.classList.contains("pick")) return;
      if (typed.target.id !== "xem") unsaved = true;
      show();
      clearTimeout(waiting);
      waiting = setTimeout(look, 500);
    });
    editor.addEventListener("submit", () => { leaving = true; });
    addEventListener("pageshow", () => { leaving = false; });
    addEventListener("beforeunload", (event) => { if (unsaved && !leaving) event.preventDefault(); });
    addEventListener("keydown", (pressed) => {
      if (!(pressed.ctrlKey || pressed.metaKey) || pressed.key !== "s") return;
      pressed.preventDefault();
      editor.requestSubmit(editor.querySelector("button[value=save]"));
    });
    async function look() {
      const mine = ++asked, into = document.getElementById(editor.dataset.into);
      const picked = into.querySelector(".pick:checked")?.id;
      const answer = await fetch(editor.dataset.live, { method: "POST", body: new URLSearchParams(new FormData(editor)) }).catch(() => null);
      if (!answer || !answer.ok || mine !== asked) return;
      into.innerHTML = await answer.text();
      const again = picked && document.getElementById(picked);
      if (again) again.checked = true;
    }
  }

  function ask(clicked) {
    const button = clicked.currentTarget, sent = button.form;
    if (sent.dataset.agreed || !sent.reportValidity()) return;
    clicked.preventDefault();
    const box = document.createElement("dialog"), words = document.createElement("p"), row = document.createElement("div");
    words.textContent = button.dataset.confirm;
    row.className = "actions";
    const yes = document.createElement("button"), no = document.createElement("button");
    yes.textContent = button.textContent.trim();
    yes.className = button.className || "primary";
    no.textContent = "Thôi";
    no.autofocus = true;
    row.append(yes, no);
    box.append(words, row);
    box.setAttribute("aria-label", "Hỏi lại");
    document.body.append(box);
    box.addEventListener("close", () => { box.remove(); button.focus(); });
    no.addEventListener("click", () => box.close());
    yes.addEventListener("click", () => { sent.dataset.agreed = "1"; box.close(); sent.requestSubmit(button); delete sent.dataset.agreed; });
    box.showModal();
  }

  /* What is under way is looked at again, part by part, so that nothing typed elsewhere on the page is lost. */
  async function watch() {
    const seconds = Number(document.querySelector("[data-watch]").dataset.watch);
    await new Promise((done) => setTimeout(done, seconds * 1000));
    const answer = await fetch(location.href, { headers: { "X-Shown": "1" } }).catch(() => null);
    if (answer?.ok && !document.querySelector("dialog[open]")) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.querySelectorAll("[data-part]").forEach((old) => {
        const part = fresh.getElementById(old.id);
        if (!part || part.isEqualNode(old) || old.contains(document.activeElement)) return;
        old.replaceWith(part);
        part.querySelectorAll("button[data-confirm]").forEach((button) => button.addEventListener("click", ask));
      });
    }
    if (document.querySelector("[data-watch]")) watch();
  }

  function narrows(box) {
    const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/gi, "d").toLowerCase();
    const rows = [...document.querySelectorAll(`#${box.dataset.narrows} tbody tr`)].map((row) => [row, plain(row.textContent)]);
    const none = document.getElementById("khong-co");
    box.addEventListener("input", () => {
      const words = plain(box.value).split(/\s+/).filter(Boolean);
      let left = 0;
      rows.forEach(([row, text]) => { row.hidden = !words.every((word) => text.includes(word)); left += !row.hidden; });
      const count = document.getElementById("con-lai");
      if (count) count.textContent = left;
      if (none) none.hidden = left > 0;
    });
  }

  async function read(chosen) {
    const into = document.getElementById(chosen.dataset.into), name = document.getElementById(chosen.dataset.name), parts = [], skipped = [];
    const many = chosen.files.length > 1;
    for (const file of chosen.files) {
      if (!/\.(toml|txt)$/i.test(file.name) || file.size > 1500000) { skipped.push(file.name); continue; }
      const text = await file.text();
      parts.push(many ? `### ${file.name}\n${text}` : text);
    }
    into.value = parts.join("\n");
    const told = document.getElementById(chosen.dataset.told);
    told.hidden = !skipped.length;
    told.textContent = `Bỏ qua ${skipped.join(", ")}: không phải tệp TOML, hoặc lớn quá 1,5 MB.`;
    name.value = many ? "" : chosen.files[0]?.name || "";
  }
})();
