/* A chosen TOML file is read into its text field, so that a form carries plain text. Without this, text is pasted. */
"use strict";
(() => {
  document.querySelectorAll("input[type=file][data-into]").forEach((chosen) => {
    chosen.addEventListener("change", async () => {
      const file = chosen.files[0], into = document.getElementById(chosen.dataset.into);
      if (!file || file.size > 65536) return;
      into.value = await file.text();
    });
  });
})();
