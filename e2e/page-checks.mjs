// What must hold on every page, in every language and width.
import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictureFolder = join(import.meta.dirname, "..", "pictures");

/**
 * Starts listening to a page. The returned record fills by itself:
 * `complaints` (console errors, uncaught errors, refused content, foreign hosts) and
 * `requests` ({url, kind, bytes, cached}) with bytes as they crossed the wire.
 */
export async function watch(page, origin) {
  const seen = { complaints: [], requests: [] };
  page.on("console", (message) => {
    if (message.type() === "error") seen.complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => seen.complaints.push(`error: ${error.message}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`refused by ${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`);
    });
  });

  const wire = await page.context().newCDPSession(page);
  await wire.send("Network.enable");
  const open = new Map();
  wire.on("Network.requestWillBeSent", ({ requestId, request, type }) => {
    if (request.url.startsWith("data:")) return;
    if (new URL(request.url).origin !== origin) seen.complaints.push(`foreign host: ${request.url}`);
    open.set(requestId, { url: request.url, kind: type, bytes: 0, cached: false });
  });
  wire.on("Network.requestServedFromCache", ({ requestId }) => {
    if (open.has(requestId)) open.get(requestId).cached = true;
  });
  wire.on("Network.responseReceived", ({ requestId, type, response }) => {
    const request = open.get(requestId);
    if (!request) return;
    request.kind = type;
    request.cached ||= response.fromDiskCache || response.fromPrefetchCache;
  });
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const request = open.get(requestId);
    if (!request) return;
    request.bytes = encodedDataLength;
    seen.requests.push(request);
    open.delete(requestId);
  });
  return seen;
}

/** Forgets what was seen so far, to judge the next page alone. */
export function forget(seen) {
  seen.complaints.length = 0;
  seen.requests.length = 0;
}

/** Asserts that nothing was refused, thrown or fetched from elsewhere. */
export function assertQuiet(seen, where) {
  assert.deepEqual(seen.complaints, [], `${where}: the browser complains`);
}

/** Asserts that axe finds no violation of WCAG 2.2 A and AA. */
export async function axe(page, where = page.url()) {
  // Through the debugging protocol, so the page's own policy against foreign script stays on; once
  // for all widths of a page.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    // No style sheet comes from another host and no page holds a frame, so nothing is fetched first.
    const result = await globalThis.axe.run(document, {
      runOnly,
      resultTypes: ["violations"],
      preload: false,
      iframes: false,
    });
    return result.violations.map(
      (v) => `${v.id} (${v.help}): ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | ")}`,
    );
  });
  assert.deepEqual(violations, [], `${where}: axe finds`);
}

/** Asserts language and direction of the document. */
export async function assertLanguage(page, language, where = page.url()) {
  const { lang, dir } = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    dir: getComputedStyle(document.documentElement).direction,
  }));
  assert.equal(lang.split("-")[0], language, `${where}: language of <html>`);
  assert.equal(dir, language === "fa" ? "rtl" : "ltr", `${where}: direction of <html>`);
}

/** Asserts that the page does not scroll sideways; names what sticks out. */
export async function assertNoSidewaysScroll(page, where = page.url()) {
  const wide = await page.evaluate(() => {
    const root = document.scrollingElement;
    if (root.scrollWidth <= root.clientWidth) return null;
    const out = [...document.body.querySelectorAll("*")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && (box.right > root.clientWidth + 1 || box.left < -1);
    });
    const name = (e) => e.localName + (e.id && `#${e.id}`) + [...e.classList].map((c) => `.${c}`).join("");
    return `${root.scrollWidth} in ${root.clientWidth} px: ${out.slice(0, 5).map(name).join(", ")}`;
  });
  assert.equal(wide, null, `${where}: scrolls sideways`);
}

/** Saves the whole page as pictures/NAME.jpg, which is made in half the time of a PNG. */
export async function picture(page, name) {
  const path = join(pictureFolder, `${name}.jpg`);
  await mkdir(dirname(path), { recursive: true });
  await page.screenshot({ path, type: "jpeg", quality: 80, fullPage: true });
}
