// One person from the first visit to money in her account, step by step, each on screen for its
// own role. The demo's history is around her; she herself is new.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { openCity } from "./city.mjs";
import { assertNoSidewaysScroll, assertQuiet, axe, picture } from "./page-checks.mjs";

for (const language of ["fa", "en"]) {
  describe(`the walk in ${language}`, () => {
    let city;
    const her = { name: "مینا", family: `آزمونی${language === "en" ? "تبار" : "فر"}` };
    before(async () => (city = await openCity({ people: 40 })));
    after(async () => {
      const ending = await city?.close();
      if (ending) assert.deepEqual(ending, { code: 0, signal: null }, "the program ends cleanly");
    });

    /** Runs a step as a role, then looks at the last page with all checks and keeps a picture. */
    async function as(role, name, step, { width = 1366, organization } = {}) {
      const session = await city.signInAs(role, { language, width, organization });
      session.page.setDefaultTimeout(10_000);
      try {
        await step(session.page, session);
        assertQuiet(session.seen, name);
        await assertNoSidewaysScroll(session.page, name);
        await axe(session.page, name);
        await picture(session.page, `walk/${language}-${width}/${name}`);
      } catch (error) {
        await picture(session.page, `walk/failed/${language}-${name}`).catch(() => {});
        const wrong = await session.page.locator("#error-summary").allInnerTexts().catch(() => []);
        const fields = await session.page.locator("main [name]").evaluateAll((all) => all.map((one) => `${one.form?.getAttribute("action")} ${one.name}=${one.value}`));
        throw new Error(`${name} at ${session.page.url()}: ${error.message}\n${wrong.join("\n")}\n${fields.join("\n")}`);
      } finally {
        await session.context.close();
      }
    }

    test("2 intake: search first, register, consent, open a case", () =>
      as("case_worker", "2-intake", async (page) => {
        await page.goto("/people");
        await page.fill("[name=q]", `${her.name} ${her.family}`);
        await page.keyboard.press("Enter");
        await page.waitForLoadState();
        await page.locator('main a[href^="/people/new"]').first().click();
        await fill(page, { first_name: her.name, last_name: her.family, father_name: "رضا" });
        await fill(page, { "birth.day": "۱۲", "birth.month": "4", "birth.year": "۱۳۶۵", gender: "female", region: "5", no_code_reason: first });
        await tick(page, "groups");
        await tick(page, "agreed");
        await fill(page, { evidence: "signature", consent_years: "2" });
        await save(page, { button: page.locator('button[value="save"]') });
        her.person = page.url();
        await page.locator('main a[href^="/cases/new"]').first().click();
        await fill(page, { evidence: "signature", consent_years: "2" });
        await tick(page, "agreed");
        await save(page);
        assert.match(page.url(), /\/cases\/[0-9a-f-]+$/);
        her.case = new URL(page.url()).pathname;
        await page.goto("/today");
        assert.ok((await page.locator("main").innerText()).includes(her.family), "her case is on today's page");
      }));

    test("3 assess and decide", () =>
      as("case_worker", "3-assess", async (page) => {
        await page.goto(`${her.case}/assessment/new`);
        await fill(page, {
          answer_own_income: "۱۲۰۰۰۰۰", answer_household_income: "۵۰۰۰۰۰۰", answer_household_members: "۳", answer_insured: "no",
          answer_years_at_trade: "۴", answer_work_place: "own_room", answer_treatment: "no",
          score_income: "1", score_skill: "4", score_home_tools: "3", score_health: "4", score_family: "3", score_market: "2",
        });
        await save(page);
        await save(page, { button: page.locator('form[action$="/decisions"] button[type="submit"]') });
      }));

    test("4 plan and package, approved by someone else", async () => {
      await as("case_worker", "4-plan", async (page) => {
        await page.goto(`${her.case}/plan`);
        await send(page, "/plans", { template: first });
        for (const goal_domain of ["income", "market"]) {
          await send(page, "/goals", {
            goal_domain, goal_words: "هر ماه پنج میلیون تومان از ترشی", goal_measure: first,
            goal_baseline: "۰", goal_target: "۵",
          });
        }
        for (const step_kind of ["training", "referral", "consulting"]) await send(page, "/steps", { step_kind });
        await send(page, "/propose");
      });
      await as("supervisor", "4-approve", async (page) => {
        await page.goto(`${her.case}/plan`);
        await send(page, "/approve");
      });
      await as("case_worker", "4-agree", async (page) => {
        await page.goto(`${her.case}/plan`);
        await send(page, "/agree", { plan_agreed: true });
      });
    });

    test("5 refer: letter, link from an SMS, weekly batch", async () => {
      await as("case_worker", "5-refer", async (page) => {
        await page.goto(`${her.case}/chains/home_food`);
        await send(page, "/chains/home_food", { approval: first, licence: first, training: first });
        const legs = await hrefs(page, "/legs/");
        her.legs = legs.filter((path) => /^\/legs\/[0-9a-f-]{36}$/.test(path));
        assert.equal(her.legs.length, 3, "three drafts");
        for (const leg of her.legs) {
          await page.goto(leg);
          const consent = (await hrefs(page, "/agree/"))[0];
          if (consent) {
            await page.goto(consent);
            for (const box of await page.locator('[name="categories"]').all()) await box.check();
            await send(page, "", { evidence: "signature" });
            await page.goto(leg);
          }
          await send(page, "/send");
          const letter = await page.request.get(`${leg}/letter`);
          assert.equal(letter.headers()["content-type"], "application/pdf");
        }
        await page.goto(`${her.case}/legs`);
      });
      await as("partner_officer", "5-health", async (page) => {
        await page.goto("/desk");
        await page.locator(`main tr:has-text("${her.family}") a`).first().click();
        her.desk = new URL(page.url()).pathname;
        await page.goto(`${her.desk}?act=accept`);
        await send(page, "/act");
        await page.goto(`${her.desk}?act=complete`);
        await send(page, "/act", { outcome: "delivered", XX: "1" });
      }, { organization: "health" });
    });
  });
}

/** The first thing there is to choose. */
const first = Symbol("first");

/** Fills fields by name: text, choices and radios alike. */
async function fill(where, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = where.locator(`[name="${name}"]`).first();
    await open(field);
    const tag = await field.evaluate((element) => element.tagName.toLowerCase() + "." + (element.type ?? ""));
    if (value === first) await field.selectOption(await field.locator('option:not([value=""])').first().getAttribute("value"));
    else if (tag.startsWith("select")) await field.selectOption(value);
    else if (tag.endsWith(".radio")) await where.locator(`[name="${name}"][value="${value}"]`).check();
    else if (value === true) await field.check();
    else await field.fill(value);
  }
}

/** Unfolds what hides the field, as a person would. */
async function open(field) {
  await field.evaluate((element) => {
    for (let part = element.parentElement; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") part.open = true;
    }
  });
}

const tick = (page, name) => page.check(`main [name="${name}"]`);

/** Where the links of the page's own part lead, of those that contain a text. */
const hrefs = (page, part) =>
  page
    .locator("main a[href]")
    .evaluateAll((links, part) => links.map((link) => link.getAttribute("href")).filter((path) => path.includes(part)), part);

/** Fills and sends the form whose address ends so; expects to move on. */
async function send(page, address, values = {}) {
  const form = page.locator(`main form[action$="${address}"]`).first();
  await open(form.locator("button").first());
  await fill(form, values);
  await save(page, { button: form.locator('button[type="submit"]').first() });
}

/** Sends the form that holds the named field, or the first main form, and expects to move on. */
async function save(page, { button } = {}) {
  const target = button ?? page.locator('main form:not([role=search]) button[type="submit"]').first();
  const [response] = await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === "POST"),
    target.click(),
  ]);
  assert.equal(response.status(), 303, `saving answered ${response.status()}`);
  await page.waitForLoadState();
}
