// What pages gain when scripts run. Nothing here is needed to finish a task.
"use strict";
(() => {
  const typing = (el) => el.closest("input, textarea, select, [contenteditable]");

  // "/" leads to the search box; by key position, so that it works with a Persian layout.
  document.addEventListener("keydown", (event) => {
    if (event.code !== "Slash" || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    if (typing(event.target)) return;
    const box = document.querySelector("[data-search]");
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  });

  // The error summary is read first.
  const summary = document.getElementById("error-summary");
  if (summary) summary.focus();

  // Leaving a form with unsaved words asks once; a form sent twice by a double press is sent once.
  let changed = false;
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-guard]")) changed = true;
  });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  document.addEventListener("submit", (event) => {
    if (event.target.method === "post") {
      if (event.target.dataset.sent) { event.preventDefault(); return; }
      event.target.dataset.sent = "yes";
    }
    changed = false;
  });
  // Back from the browser's memory: the form may be sent again; its key tells the server it is the same.
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });

  // Copy buttons appear only where copying is possible.
  if (navigator.clipboard) {
    for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
    document.addEventListener("click", async (event) => {
      const button = event.target.closest("[data-copy]");
      if (!button) return;
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.done;
    });
  }
})();
