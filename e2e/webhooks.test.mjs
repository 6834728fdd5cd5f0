// A receiver of somebody else's making knows our messages: the published library checks what an
// endpoint is sent, before and after its secret is changed.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { openCity } from "./city.mjs";

describe("an endpoint on screen", () => {
  let city;
  let server;
  const came = [];
  before(async () => {
    server = createServer((request, response) => {
      const parts = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        came.push({ headers: request.headers, body: Buffer.concat(parts).toString("utf8") });
        response.writeHead(204).end();
      });
    });
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    city = await openCity({ people: 24 });
  });
  after(async () => {
    server?.close();
    await city?.close();
  });

  /** The next message, at most twenty seconds from now. */
  async function next(count) {
    for (let tries = 0; tries < 200 && came.length < count; tries += 1) await sleep(100);
    assert.equal(came.length, count, "messages that came");
    return came[count - 1];
  }

  test("is sent messages that the published library takes, and only as they are", async () => {
    const { page } = await city.signInAs("partner_officer");
    await page.goto("/webhooks/new");
    const body = page.locator('[name="organization_id"]');
    if ((await body.inputValue()) === "") await body.selectOption({ index: 1 });
    await page.fill('[name="url"]', `http://127.0.0.1:${server.address().port}/hooks`);
    await page.check('[value="referral.sent"]');
    await page.click("main form .primary");
    const secret = await page.locator("code", { hasText: "whsec_" }).textContent();
    await page.click("main a.button.primary");
    const endpoint = page.url();
    await page.click('form[action$="/test"] button');
    const first = await next(1);
    const event = new Webhook(secret).verify(first.body, first.headers);
    assert.equal(event.type, "webhook.test");
    const changed = first.body.replace("webhook.test", "webhook.tess");
    assert.throws(() => new Webhook(secret).verify(changed, first.headers), WebhookVerificationError);

    await page.goto(endpoint);
    await page.click('form[action$="/secret"] button');
    const renewed = await page.locator("code", { hasText: "whsec_" }).textContent();
    assert.notEqual(renewed, secret);
    await page.goto(endpoint);
    await page.click('form[action$="/test"] button');
    const second = await next(2);
    for (const known of [secret, renewed]) new Webhook(known).verify(second.body, second.headers);
    assert.notEqual(second.headers["webhook-id"], first.headers["webhook-id"]);
    await page.goto(endpoint);
    assert.equal(await page.locator("td .tag.good").count(), 2, "both are seen to have arrived");
  });
});
