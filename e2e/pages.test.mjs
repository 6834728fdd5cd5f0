// Every page that the navigation offers to any role, in both languages and at two widths.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openCity } from "./city.mjs";
import {
  assertLanguage,
  assertNoSidewaysScroll,
  assertQuiet,
  axe,
  forget,
  picture,
} from "./page-checks.mjs";
import { assertWeight } from "./weight.mjs";

const languages = ["fa", "en"];
const widths = [360, 1366];
// axe takes longest of all. What it finds hangs on the page and on the layout, seldom on both at
// once: each page is read in both languages, and in one of them at each width.
const axeWidth = { fa: 360, en: 1366 };

/** Paths that links inside a navigation lead to, each once, in the order of the page. */
async function linkedPages(page) {
  return page.evaluate(() => {
    const links = [...document.querySelectorAll("nav a[href], [role=navigation] a[href]")];
    const paths = links
      .filter((link) => link.origin === location.origin && !link.hasAttribute("download"))
      // A link into the page itself is no page, nor is a switch that comes back to it.
      .filter((link) => !link.getAttribute("href").startsWith("#"))
      .filter((link) => !/^\/(language|theme)\//.test(link.pathname))
      .map((link) => link.pathname + link.search);
    return [...new Set([location.pathname + location.search, ...paths])];
  });
}

/** What the page itself holds, without its form keys: one page for several roles is read once. */
function content(page) {
  return page.locator("main").evaluate((main) => {
    const copy = main.cloneNode(true);
    for (const hidden of copy.querySelectorAll('input[type="hidden"]')) hidden.remove();
    return location.pathname + copy.innerHTML;
  });
}

async function checkPage({ page, seen }, { path, language, name, read }) {
  const file = path.replace(/^\//, "").replace(/[^a-z0-9-]+/gi, "-") || "start";
  forget(seen);
  await page.setViewportSize({ width: widths[0], height: 740 });
  const response = await page.goto(path, { waitUntil: "load" });
  assert.equal(response.status(), 200, `${path} (${name}): status`);
  const known = await content(page);
  const again = read.has(known);
  read.add(known);
  // One load serves all widths: the style sheet adapts without asking the server.
  for (const width of widths) {
    const where = `${path} (${name}, ${width} px)`;
    await page.setViewportSize({ width, height: 768 });
    await page.evaluate(() => document.fonts.ready.then(() => true));
    assertQuiet(seen, where);
    await assertLanguage(page, language, where);
    await assertNoSidewaysScroll(page, where);
    // Only the frame around it is another role's: seen once, at the width where it is tight.
    if (again) return;
    if (width === axeWidth[language]) await axe(page, where);
    await picture(page, `pages/${language}-${width}/${name}/${file}`);
  }
}

/** Runs every check of a session's pages and fails once, with all that was found. */
async function checkAll(session, { language, name, read = new Set() }) {
  const faults = [];
  for (const path of await linkedPages(session.page)) {
    await checkPage(session, { path, language, name, read }).catch((error) => faults.push(error.message));
  }
  assert.equal(faults.length, 0, `${faults.length} faults\n\n${faults.join("\n\n")}`);
}

// The languages and the weights side by side: they only read.
describe("pages of the demo city", { concurrency: 3 }, () => {
  let city;
  before(async () => (city = await openCity()));
  after(async () => {
    const ending = await city?.close();
    if (ending) assert.deepEqual(ending, { code: 0, signal: null }, "the program ends cleanly on SIGTERM");
  });

  const roles = () => [...new Set(city.accounts.map((account) => account.role))];

  for (const language of languages) {
    test(`a visitor's pages hold up in ${language}`, async () => {
      const session = await city.visit({ language });
      await session.page.goto("/");
      await checkAll(session, { language, name: "visitor" });
      await session.context.close();
    });

    test(`every role's pages hold up in ${language}`, async (t) => {
      assert.ok(roles().length > 0, "the demo lists its accounts");
      const read = new Set();
      for (const role of roles()) {
        await t.test(role, async () => {
          const session = await city.signInAs(role, { language });
          await checkAll(session, { language, name: role, read });
          await session.context.close();
        });
      }
    });
  }

  test("a first visit to any page stays within its weight", async () => {
    const faults = [];
    const weighed = new Set();
    for (const role of roles()) {
      const scout = await city.signInAs(role);
      const paths = (await linkedPages(scout.page)).filter((path) => !weighed.has(path));
      const cookies = await scout.context.storageState();
      await scout.context.close();
      for (const path of paths) {
        weighed.add(path);
        // A new context has an empty cache but the same session.
        const { context, page, seen } = await city.visit({ storageState: cookies });
        await page.goto(path, { waitUntil: "networkidle" });
        try {
          assertWeight(seen.requests, new URL(page.url()).pathname);
        } catch (error) {
          faults.push(`${role}: ${error.message}`);
        }
        await context.close();
      }
    }
    assert.equal(faults.length, 0, faults.join("\n\n"));
  });
});
