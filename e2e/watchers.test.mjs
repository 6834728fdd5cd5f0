// Whoever watches the programme without helping anybody finds no person in it: every address that a
// page, an export or the interface for programs offers them is opened and read.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openCity } from "./city.mjs";
import { latin } from "./forms.mjs";

const mayList = ["observer", "commission_expert"];
const watchers = ["observer", "commission_expert", "committee_member"];
const figures = ["reached", "legs_late", "answer_days", "licensed", "sell_through", "women_value_added", "packages_spent"];
const stages = ["intake", "referral", "earning"];
// Far more than there are; a run that ends here has found a page without end.
const MOST = 3000;

/** Where the links and forms of a text lead that may be opened without changing anything. */
function addresses(text, base) {
  const found = [];
  for (const [, address] of text.matchAll(/(?:href|src)="([^"#]+)/g)) {
    const url = new URL(address.replaceAll("&amp;", "&"), base);
    if (url.origin === new URL(base).origin && !/^\/(assets|language|theme|demo|sign-out)\b/.test(url.pathname)) {
      found.push(url.pathname + url.search);
    }
  }
  return found;
}

/** One of many addresses of the same shape stands for all: ids and cursors differ, the page does not. */
const shape = (path) =>
  path
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID")
    .replace(/cursor=[^&]+/, "cursor")
    .replace(/\/(p|k|m|l)\/[^/?]+/, "/$1/CODE");

describe("what watchers find", () => {
  let city;
  let secrets;
  before(async () => {
    city = await openCity({ people: 24 });
    secrets = await peopleOf(city);
  });
  after(() => city?.close());

  /** Full names, codes and phones of people, as their own case team reads them. */
  async function peopleOf(city) {
    const { context, page } = await city.signInAs("supervisor");
    const read = async (path) => (await context.request.get(city.address(path))).json();
    const cases = await read("/api/v1/cases?limit=200");
    const found = { names: new Set(), codes: new Set() };
    for (const one of cases.items) {
      found.codes.add(one.code);
      found.names.add(one.name);
      const person = await read(`/api/v1/people/${one.person_id}`);
      for (const secret of [person.national_code, person.phone]) if (secret) found.codes.add(secret);
    }
    await page.close();
    await context.close();
    assert.ok(found.names.size > 10, `too few people to prove anything: ${found.names.size}`);
    assert.ok(found.codes.size > found.names.size * 2, "their numbers are known too");
    return found;
  }

  /** Opens everything from the start page on; gives path and text of each. */
  async function crawl(context) {
    const open = ["/", "/figures", "/chain", "/statistics", "/places", "/supporters", "/stories", "/awards", "/api/v1/openapi.json"];
    const seen = new Set();
    const texts = [];
    while (open.length > 0) {
      const path = open.shift();
      if (seen.has(shape(path))) continue;
      seen.add(shape(path));
      assert.ok(seen.size < MOST, `pages without end, now ${path}`);
      const response = await context.request.get(city.address(path));
      assert.ok(response.status() < 500, `${path} answers ${response.status()}`);
      const kind = response.headers()["content-type"] ?? "";
      if (!response.ok() || !/html|json|csv|calendar|xml/.test(kind)) continue;
      const text = await response.text();
      // The demo's own first page names its roles, and a description its examples.
      if (path !== "/" && !path.endsWith("openapi.json")) texts.push({ path, text });
      if (kind.includes("html")) open.push(...addresses(text, city.address(path)));
      if (path.endsWith("openapi.json")) {
        const described = JSON.parse(text).paths;
        const filled = Object.keys(described)
          .filter((one) => described[one].get)
          .flatMap((one) => {
            if (one.includes("{code}")) return figures.map((code) => one.replace("{code}", code));
            if (one.includes("{stage}")) return stages.map((stage) => one.replace("{stage}", stage));
            return [one];
          });
        open.push(...filled.filter((one) => !one.includes("{")));
      }
    }
    return texts;
  }

  /** What of the people stands in the texts. */
  function told(texts, words) {
    return texts.flatMap(({ path, text }) => {
      const plain = latin(text);
      return [...words].filter((word) => text.includes(word) || plain.includes(word)).map((word) => `${path}: ${word}`);
    });
  }

  for (const role of watchers) {
    test(`${role} finds nobody's name`, async () => {
      const { context } = await city.signInAs(role);
      const texts = await crawl(context);
      await context.close();
      assert.ok(texts.length > 20, `only ${texts.length} pages`);
      // Whoever may open lists reads codes of cases there, and nothing by which somebody is found.
      const numbers = [...secrets.codes].filter((code) => mayList.includes(role) ? /^\+?\d{10,}$/.test(code) : true);
      assert.deepEqual(told(texts, [...secrets.names, ...numbers]), []);
    });
  }

  test("the public finds neither names nor codes", async () => {
    const { context } = await city.visit();
    const texts = await crawl(context);
    await context.close();
    assert.ok(texts.length > 5, `only ${texts.length} pages`);
    assert.deepEqual(told(texts, [...secrets.names, ...secrets.codes]), []);
  });
});
