// The till's keys and scanner. Without it every button works as a plain form.
"use strict";
(() => {
  const till = document.querySelector(".till[data-till]");
  const box = document.getElementById("code");
  if (!till || !box) return;
  const pay = () => document.getElementById("pay-exact");
  const basket = () => document.getElementById("basket");

  // A scanner types a burst: at least six signs, at most 35 ms apart, ended by Enter. Its keys
  // are read by position, so that a Persian layout does not turn digits into letters.
  const GAP = 35, LEAST = 6, TAIL = 150, CALM = 300;
  const SIGNS = { Minus: "-", Slash: "/", Period: ".", Equal: "=", Semicolon: ":" };
  let burst = "", before = null, field = null, lastKey = -1e9, scanned = -1e9, paying = -1e9;

  const sign = (event) => {
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
    if (digit && !event.shiftKey) return digit[1];
    const letter = /^Key([A-Z])$/.exec(event.code);
    if (letter) return letter[1];
    return SIGNS[event.code] || "";
  };

  // Scans are sent one after another; each answer is the new basket with the key for the next.
  let queue = Promise.resolve();
  const send = (form, extra) => {
    const body = new URLSearchParams(new FormData(form));
    for (const [name, value] of Object.entries(extra || {})) body.set(name, value);
    queue = queue.then(async () => {
      const now = basket();
      if (now && now.dataset.key) body.set("form_key", now.dataset.key);
      if (now) now.setAttribute("aria-busy", "true");
      const answer = await fetch(form.action, {
        method: "POST", body, headers: { "hx-request": "true" }, redirect: "follow",
      });
      const text = await answer.text();
      if (!answer.ok || !text.includes('id="basket"')) { location.reload(); return; }
      const old = basket();
      old.insertAdjacentHTML("afterend", text);
      old.remove();
    }).catch(() => { location.reload(); });
    return queue;
  };

  const scan = (code) => { send(box.form, { code, quantity: "1" }); box.value = ""; box.focus(); };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-basket]")) return;
    event.preventDefault();
    event.stopPropagation();
    if (form === box.form && box.value.trim() === "") return;
    send(form).then(() => box.focus());
    if (form === box.form) box.value = "";
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const now = event.timeStamp, gap = now - lastKey;
    if (event.key === "Shift") return;
    const one = sign(event);
    if (one) {
      if (gap <= GAP) { burst += one; } else {
        burst = one;
        field = document.activeElement;
        before = field && "value" in field ? field.value : null;
      }
      lastKey = now;
      const typing = event.target.closest("input, textarea, select");
      if (!typing && !event.target.closest("dialog")) box.focus();
      return;
    }
    if (event.key === "Enter") {
      const isScan = burst.length >= LEAST && gap <= GAP * 2;
      const code = burst;
      burst = "";
      if (isScan) {
        event.preventDefault();
        // What the burst typed into another field never was an amount.
        if (field && field !== box && before !== null) field.value = before;
        scanned = now;
        scan(code);
        return;
      }
      // Some scanners send CR and LF.
      if (now - scanned < TAIL) { event.preventDefault(); return; }
      if (event.target === box && box.value.trim() === "") {
        event.preventDefault();
        if (pay()) { paying = now; pay().focus(); }
        return;
      }
      if (event.target.closest("#pay") && now - paying < CALM) event.preventDefault();
      return;
    }
    burst = "";
    if (event.key === "Escape") { event.preventDefault(); box.value = ""; box.focus(); }
    else if (event.code === "F2") { event.preventDefault(); box.focus(); box.select(); }
    else if (event.code === "F8") { event.preventDefault(); location.href = till.dataset.returns; }
    else if (event.key === "Backspace" && event.target === box && box.value === "") {
      const last = document.querySelector("#basket [data-remove]");
      if (last) { event.preventDefault(); send(last); }
    } else if (event.key === "?" && !event.target.closest("input:not(#code), textarea")) {
      event.preventDefault();
      const keys = document.getElementById("keys");
      if (keys) keys.open = !keys.open;
    }
  }, true);

  box.focus();
})();
