/* The queue without reloading, its clocks, and its keys. Without this file every page still works. */
"use strict";
(() => {
  const told = (seconds) => {
    const late = seconds < 0, s = Math.abs(seconds);
    const span = s >= 172800 ? `${Math.round(s / 86400)} ngày` : s >= 7200 ? `${Math.round(s / 3600)} giờ` : `${Math.max(1, Math.floor(s / 60))} phút`;
    return late ? `quá hạn ${span}` : `còn ${span}`;
  };
  const tick = () => document.querySelectorAll("[data-due]").forEach((clock) => {
    const left = Number(clock.dataset.due) - Date.now() / 1000;
    clock.textContent = told(left);
    clock.classList.toggle("over", left < 0);
  });
  if (document.querySelector("[data-due]")) setInterval(tick, 15000);

  document.addEventListener("click", (clicked) => {
    const sure = clicked.target.closest("button[data-sure]");
    if (sure && !confirm(sure.dataset.sure)) clicked.preventDefault();
  });

  /* Keys of one letter can be switched off, for those who dictate or whose hands shake. */
  const OFF = "canhgiac-phim-tat-tat";
  const areOff = () => localStorage.getItem(OFF) === "1";
  const toggle = document.getElementById("phim-tat");
  const label = () => { toggle.textContent = areOff() ? "Bật phím tắt" : "Tắt phím tắt"; };
  if (toggle) {
    toggle.hidden = false;
    label();
    toggle.addEventListener("click", () => { localStorage.setItem(OFF, areOff() ? "0" : "1"); label(); });
  }
  const onKey = (act) => document.addEventListener("keydown", (pressed) => {
    if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
    if (pressed.key === "Escape") document.activeElement.blur();
    const typing = pressed.target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea");
    if (typing || areOff()) return;
    if (act(pressed)) pressed.preventDefault();
  });

  const table = document.getElementById("bang");
  if (!table) {
    onKey((pressed) => {
      const to = { u: "a.back", n: "textarea[name=ghi]", l: "input[name=ly-do]", k: "input[name=ket-luan]" }[pressed.key];
      const found = to && document.querySelector(to);
      if (!found) return false;
      if (pressed.key === "u") location.href = found.href; else found.focus();
      return true;
    });
    return;
  }

  const rows = () => [...table.querySelectorAll("tr[data-open]")];
  let here = "";
  const mark = (row) => {
    rows().forEach((r) => r.classList.toggle("here", r === row));
    if (row) here = row.dataset.open;
  };
  const stand = (row) => {
    mark(row);
    if (!row) return;
    row.querySelector(".code a").focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };
  const count = () => {
    const shown = document.getElementById("da-chon");
    if (!shown) return;
    const picked = table.querySelectorAll("tbody input:checked").length;
    shown.textContent = picked;
    document.querySelectorAll(".bulk button").forEach((button) => { button.disabled = !picked; });
    shown.closest(".bulk").classList.toggle("idle", !picked); /* where there is little room it waits until it is needed */
  };
  table.addEventListener("change", (changed) => {
    if (changed.target.id === "chon-het") {
      table.querySelectorAll("tbody input").forEach((box) => { box.checked = changed.target.checked; });
    }
    count();
  });
  table.addEventListener("focusin", (focused) => mark(focused.target.closest("tr[data-open]")));
  count();

  onKey((pressed) => {
    const all = rows(), at = all.findIndex((r) => r.dataset.open === here);
    if (pressed.key === "j") stand(all[Math.min(at + 1, all.length - 1)]);
    else if (pressed.key === "k") stand(all[Math.max(at - 1, 0)]);
    else if (pressed.key === "Enter" && at >= 0 && !pressed.target.closest("a, button, input")) location.href = here;
    else if (pressed.key === "x" && at >= 0) all[at].querySelector("input")?.click();
    else if (pressed.key === "/") document.getElementById("tim").focus();
    else return false;
    return true;
  });

  const live = document.getElementById("tin-moi"), waiting = live.querySelector("a"), news = live.querySelector("span");
  let urgent = Number(table.firstElementChild.dataset.urgent);
  const replace = (html) => {
    const picked = new Set([...table.querySelectorAll("tbody input:checked")].map((box) => box.name));
    const active = table.contains(document.activeElement) ? document.activeElement : null;
    const kind = active && (active.matches("input") ? "input" : ".code a");
    table.innerHTML = html;
    table.querySelectorAll("tbody input").forEach((box) => { box.checked = picked.has(box.name); });
    const row = rows().find((r) => r.dataset.open === here);
    mark(row);
    if (row && active) row.querySelector(kind)?.focus({ preventScroll: true });
    count();
  };
  const tell = () => {
    const now = Number(table.firstElementChild.dataset.urgent);
    if (now !== urgent) waiting.querySelector("b").textContent = now;
    waiting.hidden = !now;
    news.textContent = "";
    document.title = (now ? `(${now}) ` : "") + document.title.replace(/^\(\d+\) /, "");
    urgent = now;
  };
  const lost = (words) => { if (news.textContent !== words) news.textContent = words; };
  const look = async () => {
    const answer = await fetch(table.dataset.live, { headers: { "X-Shown": table.firstElementChild.dataset.version } });
    if (answer.status === 401) {
      clearInterval(again);
      lost("Phiên làm việc đã hết. Đồng chí tải lại trang để đăng nhập; danh sách này không còn cập nhật.");
    } else if (answer.status === 200) {
      replace(await answer.text());
      tell();
    } else if (answer.status === 204) {
      news.textContent = "";
    } else throw new Error(answer.status);
  };
  const again = setInterval(() => look().catch(() => lost("Mất kết nối với máy chủ, đang thử lại. Danh sách có thể đã cũ.")),
    Number(table.dataset.every || 5) * 1000);
})();
