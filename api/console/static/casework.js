/* The queue without reloading, its clocks, and its keys. Without this file every page still works. */
"use strict";
(() => {
  const table = document.getElementById("bang");
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
  if (!table) return;

  const rows = () => [...table.querySelectorAll("tr[data-open]")];
  let here = "";
  const stand = (row) => {
    rows().forEach((r) => r.classList.remove("here"));
    if (!row) return;
    here = row.dataset.open;
    row.classList.add("here");
    row.scrollIntoView({ block: "nearest" });
  };
  const count = () => {
    const shown = document.getElementById("da-chon");
    if (shown) shown.textContent = table.querySelectorAll("input:checked").length;
  };
  table.addEventListener("change", count);

  document.addEventListener("keydown", (pressed) => {
    if (pressed.target.closest("input, select, textarea") && pressed.key !== "Escape") return;
    if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
    const all = rows(), at = all.findIndex((r) => r.dataset.open === here);
    if (pressed.key === "j") stand(all[Math.min(at + 1, all.length - 1)]);
    else if (pressed.key === "k") stand(all[Math.max(at - 1, 0)]);
    else if (pressed.key === "Enter" && at >= 0 && !pressed.target.closest("a, button")) location.href = here;
    else if (pressed.key === "x" && at >= 0) { all[at].querySelector("input")?.click(); }
    else if (pressed.key === "/") { document.getElementById("tim").focus(); pressed.preventDefault(); }
    else if (pressed.key === "Escape") document.activeElement.blur();
  });

  let urgent = Number(table.firstElementChild.dataset.urgent);
  const look = async () => {
    const picked = new Set([...table.querySelectorAll("input:checked")].map((box) => box.name));
    const answer = await fetch(table.dataset.live, { headers: { "X-Shown": table.firstElementChild.dataset.version } });
    if (answer.status !== 200) return;
    table.innerHTML = await answer.text();
    table.querySelectorAll("input").forEach((box) => { box.checked = picked.has(box.name); });
    stand(rows().find((r) => r.dataset.open === here));
    const now = Number(table.firstElementChild.dataset.urgent);
    if (now > urgent) document.getElementById("tin-moi").textContent = `Có ${now} vụ khẩn (T1) chưa ai mở.`;
    if (!now) document.getElementById("tin-moi").textContent = "";
    document.title = (now ? `(${now}) ` : "") + document.title.replace(/^\(\d+\) /, "");
    urgent = now;
  };
  setInterval(() => look().catch(() => {}), Number(table.dataset.every || 5) * 1000);
})();
