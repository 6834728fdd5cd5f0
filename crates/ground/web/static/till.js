// The till's keys, scanner and network. Without it every button works as a plain form.
"use strict";
(() => {
  const till = document.querySelector(".till[data-till]");
  const box = document.getElementById("code");
  if (!till || !box) return;
  const pay = () => document.getElementById("pay-exact");
  const basket = () => document.getElementById("basket");

  // A scanner types a burst: at least six signs, at most 35 ms apart, ended by Enter. Its keys
  // are read by position, so that a Persian layout does not turn digits into letters.
  const GAP = 35, LEAST = 6, TAIL = 150, CALM = 300, PAUSE = 2000;
  const SIGNS = { Minus: "-", Slash: "/", Period: ".", Equal: "=", Semicolon: ":" };
  let burst = "", before = null, field = null, lastKey = -1e9, scanned = -1e9, paying = -1e9;

  const sign = (event) => {
    const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
    if (digit && !event.shiftKey) return digit[1];
    const letter = /^Key([A-Z])$/.exec(event.code);
    if (letter) return letter[1];
    return SIGNS[event.code] || "";
  };

  // What was scanned or changed waits here until the server has answered, also through a reload.
  // Each has a key of its own once it was sent: asked again, the server answers as the first time.
  const place = "till:" + location.pathname;
  let waiting = [], isBusy = false;
  try { waiting = JSON.parse(localStorage.getItem(place)) || []; } catch { /* nothing was kept */ }
  const keep = () => { try { localStorage.setItem(place, JSON.stringify(waiting)); } catch { /* full or forbidden */ } };

  const link = document.getElementById("link");
  const say = (name) => {
    if (!link) return;
    const count = waiting.length > 0 ? " " + waiting.length.toLocaleString(document.documentElement.lang) : "";
    link.textContent = link.dataset[name] + (name === "on" ? "" : count);
    link.className = name === "on" || name === "sending" ? "link" : "link bad";
    link.hidden = false;
  };

  const show = (text) => {
    const old = basket();
    old.insertAdjacentHTML("afterend", text);
    old.remove();
    const first = document.querySelector("#basket .found button");
    (first || box).focus();
  };

  const flush = async () => {
    if (isBusy) return;
    isBusy = true;
    while (waiting.length > 0) {
      const next = waiting[0];
      const body = new URLSearchParams(next.body);
      if (!next.isSent) {
        const now = basket();
        if (now && now.dataset.key) body.set("form_key", now.dataset.key);
        next.body = body.toString();
        next.isSent = true;
        keep();
      }
      say("sending");
      basket()?.setAttribute("aria-busy", "true");
      let text;
      try {
        const answer = await fetch(next.action, {
          method: "POST", body, headers: { "hx-request": "true" }, redirect: "follow",
        });
        text = await answer.text();
        if (answer.status >= 500) throw new Error("again");
        if (!answer.ok || !text.includes('id="basket"')) { waiting.shift(); keep(); location.reload(); return; }
      } catch {
        basket()?.removeAttribute("aria-busy");
        say("off");
        setTimeout(() => { isBusy = false; flush(); }, PAUSE);
        return;
      }
      waiting.shift();
      keep();
      show(text);
    }
    isBusy = false;
    say("on");
  };

  const send = (form, extra) => {
    const body = new URLSearchParams(new FormData(form));
    for (const [name, value] of Object.entries(extra || {})) body.set(name, value);
    waiting.push({ action: form.action, body: body.toString(), isSent: false });
    keep();
    flush();
  };

  // Paying waits for its answer, so that a lost network leaves the till as it is: the same form
  // sent again is the same sale.
  const sell = async (form, button) => {
    if (waiting.length > 0) { say("first"); return; }
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    const body = new URLSearchParams(new FormData(form));
    if (button && button.name) body.set(button.name, button.value);
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "follow" });
      if (answer.redirected) { location.assign(answer.url); return; }
      // Refused: the whole page says why, as it does without a script.
      const hidden = document.createElement("input");
      hidden.type = "hidden";
      hidden.name = "pay";
      hidden.value = body.get("pay") || "";
      form.append(hidden);
      form.submit();
    } catch {
      delete form.dataset.busy;
      say("unpaid");
      if (button) button.focus();
    }
  };

  window.addEventListener("offline", () => say("off"));
  window.addEventListener("online", () => { say("on"); flush(); });

  const scan = (code) => { send(box.form, { code }); box.value = ""; box.focus(); };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const isPaying = form.closest("#pay") !== null;
    if (!isPaying && !form.matches("form[data-basket]")) return;
    event.preventDefault();
    if (isPaying) { sell(form, event.submitter); return; }
    event.stopPropagation();
    if (form === box.form && box.value.trim() === "") return;
    send(form);
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
  if (waiting.length > 0) flush(); else say(navigator.onLine ? "on" : "off");
})();
