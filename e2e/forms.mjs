// Finding, filling and sending forms as a person would, and saying days as people here write them.
import assert from "node:assert/strict";

/** A day so many days from now, as people here write it. */
export function jalali(days) {
  const day = new Date(Date.now() + days * 86_400_000);
  const parts = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
    timeZone: "Asia/Tehran", year: "numeric", month: "2-digit", day: "2-digit",
  }).formatToParts(day);
  const of = (type) => parts.find((part) => part.type === type).value;
  return `${of("year")}/${of("month")}/${of("day")}`;
}

/** Day, month and year fields of a date so many days from now. */
export function date(name, days) {
  const [year, month, day] = jalali(days).split("/");
  return { [`${name}.day`]: day, [`${name}.month`]: `${Number(month)}`, [`${name}.year`]: year };
}

/** Persian digits as Latin ones. */
export const latin = (text) => text.replace(/[۰-۹]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹".indexOf(digit));

/** A day so many days from now, however the form asks for it. */
export const day = (days) => ({ days });

/** The first thing there is to choose. */
export const first = Symbol("first");

/** The choice whose words hold this text. */
export const saying = (text) => ({ saying: text });

/** Fills fields by name: text, choices and radios alike. */
export async function fill(where, values) {
  for (const [name, value] of Object.entries(values)) {
    if (value?.days !== undefined) {
      const isThree = (await where.locator(`[name="${name}.day"]`).count()) > 0;
      await fill(where, isThree ? date(name, value.days) : { [name]: jalali(value.days) });
      continue;
    }
    const field = where.locator(`[name="${name}"]`).first();
    await open(field);
    const tag = await field.evaluate((element) => element.tagName.toLowerCase() + "." + (element.type ?? ""));
    if (value === first && tag.endsWith(".radio")) await field.check();
    else if (value === first) await field.selectOption(await field.locator('option:not([value=""])').first().getAttribute("value"));
    else if (value?.saying) await field.selectOption(await field.locator("option", { hasText: value.saying }).first().getAttribute("value"));
    else if (tag.startsWith("select")) await field.selectOption(value);
    else if (tag.endsWith(".radio")) await where.locator(`[name="${name}"][value="${value}"]`).check();
    else if (value === true) await field.check();
    else await field.fill(value);
  }
}

/** Unfolds what hides the field, as a person would. */
export async function open(field) {
  await field.evaluate((element) => {
    for (let part = element.parentElement; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") part.open = true;
    }
  });
}

export const tick = (page, name) => page.check(`main [name="${name}"]`);

/** Where the links of the page's own part lead, of those that contain a text. */
export const hrefs = (page, part) =>
  page
    .locator("main a[href]")
    .evaluateAll((links, part) => links.map((link) => link.getAttribute("href")).filter((path) => path.includes(part)), part);

/** Fills and sends the form whose address ends so; expects to move on. */
export async function send(page, address, values = {}) {
  const form = page.locator(`main form[action$="${address}"]`).first();
  await open(form.locator("button").first());
  await fill(form, values);
  await save(page, { button: form.locator('button[type="submit"]:not([value="price"])').first() });
}

/** Sends a form that answers with a file, and gives its bytes. */
export async function download(page, address) {
  const form = page.locator(`main form[action$="${address}"]`).first();
  await open(form.locator("button").first());
  const [file] = await Promise.all([page.waitForEvent("download"), form.locator('button[type="submit"]').first().click()]);
  const chunks = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Sends the form that holds the named field, or the first main form, and expects to move on. */
export async function save(page, { button } = {}) {
  const target = button ?? page.locator('main form:not([role=search]) button[type="submit"]').first();
  const [response] = await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === "POST"),
    target.click(),
  ]);
  assert.equal(response.status(), 303, `saving answered ${response.status()}`);
  await page.waitForLoadState();
}
