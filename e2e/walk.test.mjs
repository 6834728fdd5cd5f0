// One person from the first visit to money in her account, step by step, each on screen for its
// own role. The demo's history is around her; she herself is new.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { openCity } from "./city.mjs";
import { assertNoSidewaysScroll, assertQuiet, axe, picture } from "./page-checks.mjs";

for (const language of (process.env.WALK_LANGUAGES ?? "fa en").split(" ")) {
  describe(`the walk in ${language}`, () => {
    let city;
    const her = { name: "مینا", family: `آزمونی${language === "en" ? "تبار" : "فر"}` };
    her.phone = `0900${String(Date.now()).slice(-7)}`;
    before(async () => (city = await openCity({ people: 40 })));
    after(async () => {
      const ending = await city?.close();
      if (ending) assert.deepEqual(ending, { code: 0, signal: null }, "the program ends cleanly");
    });

    /** Runs a step as a role, then looks at the last page with all checks and keeps a picture. */
    async function as(role, name, step, { width = 1366, organization, username } = {}) {
      const session = await city.signInAs(role, { language, width, organization, username });
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

    /** The newest link that an SMS carried, as the phone shows it. */
    async function smsLink(part) {
      const { page, context } = await city.visit({ language });
      try {
        for (let tries = 0; tries < 40; tries++) {
          await page.goto("/demo/messages");
          const [link] = await hrefs(page, part);
          if (link) return link;
          await page.waitForTimeout(250);
        }
        throw new Error(`no SMS with ${part}: ${await page.locator("main").innerText()}`);
      } finally {
        await context.close();
      }
    }

    /** The digits of the sign-in code that reached her phone. */
    async function smsCode() {
      const { page, context } = await city.visit({ language });
      try {
        for (let tries = 0; tries < 40; tries++) {
          await page.goto("/demo/messages");
          const text = await page.locator(`main .card:has-text("${her.phone}")`).first().innerText().catch(() => "");
          const code = latin(text.replace(her.phone, "")).match(/\b\d{4,8}\b/);
          if (code) return code[0];
          await page.waitForTimeout(250);
        }
        throw new Error("no code came");
      } finally {
        await context.close();
      }
    }

    test("1 import: a list with a bad row, mended on screen", () =>
      as("case_worker", "1-import", async (page) => {
        const list = [
          "فهرست متقاضیان مرکز آزمون",
          "نام,نام خانوادگی,نام پدر,تاریخ تولد,منطقه,تلفن",
          `پری,${her.family}‌نخست,کریم,۱۳۶۱/۲/۳,منطقه ۵,۰۲۱۷۷۰۰۰۰۰۰`,
          `زری,${her.family}‌دوم,کریم,۱۳۶۱/۱۲/۳۰,۵,`,
          `پری,${her.family}‌نخست,کریم,61/2/3,5,`,
          "جمع,۳,,,,",
        ].join("\n");
        await page.goto("/people/import");
        await page.setInputFiles('main [type="file"]', { name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(list) });
        await send(page, "/people/import");
        const batch = new URL(page.url()).pathname;
        await send(page, "/start");
        for (let tries = 0; tries < 60 && !(await hrefs(page, "/rejects.xlsx")).length; tries++) {
          await page.waitForTimeout(250);
          await page.goto(batch);
        }
        const rejects = await page.request.get(`${batch}/rejects.xlsx`);
        assert.match(rejects.headers()["content-type"], /spreadsheetml/);
        await page.goto(`${batch}/rows`);
        const [row] = await hrefs(page, "/people/import/rows/");
        await page.goto(row);
        await send(page, row, { "cell-3": "۱۳۶۱/۱۲/۲۹" });
        await page.goto(`/people?q=${encodeURIComponent(`زری ${her.family}`)}`);
        assert.ok((await page.locator("main").innerText()).includes("زری"), "the mended row became a person");
        await page.goto(batch);
      }));

    test("2 intake: search first, register, consent, open a case", () =>
      as("case_worker", "2-intake", async (page) => {
        await page.goto("/people");
        await page.fill("[name=q]", `${her.name} ${her.family}`);
        await page.keyboard.press("Enter");
        await page.waitForLoadState();
        await page.locator('main a[href^="/people/new"]').first().click();
        await fill(page, { first_name: her.name, last_name: her.family, father_name: "رضا" });
        await fill(page, { "birth.day": "۱۲", "birth.month": "4", "birth.year": "۱۳۶۵", gender: "female", phone: her.phone, region: "5", no_code_reason: first });
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
      });
      await as("case_worker", "5-health-sent", (page) => sendLeg(page, her.legs[0]));
      await as("partner_officer", "5-health", async (page) => {
        await page.goto("/desk");
        await page.locator(`main tr:has-text("${her.family}") a`).first().click();
        const desk = new URL(page.url()).pathname;
        await page.goto(`${desk}?act=accept`);
        await send(page, "/act");
        await page.goto(`${desk}?act=complete`);
        await send(page, "/act", { outcome: "delivered" });
      }, { organization: "health" });
      await as("case_worker", "5-labour-batch", async (page) => {
        await sendLeg(page, her.legs[1]);
        her.number = latin(await page.locator("main h1").innerText()).match(/\d{4}-\d+/)[0];
        await page.goto("/batches");
        await send(page, "/batches");
        const batch = new URL(page.url()).pathname;
        const file = await page.request.get(`${batch}/file`);
        assert.match(file.headers()["content-type"], /spreadsheetml/);
        const results = `شمارهٔ ارجاع,نتیجه,شمارهٔ مجوز,اعتبار تا\n${her.number},صادر شد,۱۲۳۴۵,1407/1/1\n`;
        await page.setInputFiles('[name="file"]', { name: "results.csv", mimeType: "text/csv", buffer: Buffer.from(results) });
        await send(page, "/results");
        await send(page, "/apply");
        const leg = await (await page.request.get(`/api/v1${her.legs[1]}`)).json();
        assert.equal(leg.state, "completed", JSON.stringify(leg));
      });
      await as("case_worker", "5-training-sent", (page) => sendLeg(page, her.legs[2]));
      const link = await smsLink("/links/");
      const { page, seen, context } = await city.visit({ language, width: 360 });
      page.setDefaultTimeout(10_000);
      await page.goto(link);
      await send(page, "/answer");
      await page.goto(`${link}?choose=report`);
      await send(page, "/report");
      assertQuiet(seen, "5-link");
      await assertNoSidewaysScroll(page, "5-link");
      await axe(page, "5-link");
      await picture(page, `walk/${language}-360/5-link`);
      await context.close();
    });

    test("6 train and advise: three sessions, certificate, consultation, pilot", async () => {
      await as("trainer", "6-cohort", async (page) => {
        await page.goto("/courses");
        const [course] = (await hrefs(page, "/courses/")).filter((path) => /[0-9a-f-]{36}$/.test(path));
        await page.goto(`${course}/cohorts/new`);
        await send(page, "/cohorts", {
          trainer: first, place: first, days: [2, 1, 0].map((back) => jalali(-back)).join("\n"),
          from_clock: "0:00", until_clock: "0:45",
        });
        her.cohort = new URL(page.url()).pathname;
      }, { organization: "training" });
      await as("case_worker", "6-enrol", async (page) => {
        await page.goto(`${her.case}/enrolments/new`);
        await send(page, "/enrolments", { cohort: her.cohort.split("/").pop(), agreed: true, evidence: "signature" });
      });
      await as("trainer", "6-roll", async (page) => {
        await page.goto(her.cohort);
        for (const roll of await hrefs(page, "/roll")) {
          await page.goto(roll);
          await send(page, "/roll");
        }
        await page.goto(`${her.cohort}/complete`);
        await send(page, "/complete");
        await page.goto(her.cohort);
        await send(page, "/certificates");
        await page.goto(her.cohort);
        const [paper] = await hrefs(page, "/certificates/");
        her.certificate = paper;
        await page.goto(paper);
        const print = await page.request.get(`${paper}/paper`);
        assert.equal(print.headers()["content-type"], "application/pdf");
        her.verify = (await hrefs(page, "/verify/"))[0];
      }, { width: 360, organization: "training" });
      await as("case_worker", "6-advice", async (page) => {
        await page.goto(`${her.case}/consultations/new`);
        await send(page, "/consultations", { consultant: first, starts_on: jalali(0), from_clock: "23:00", minutes: first, agreed: true, evidence: "signature" });
        const [hour] = (await hrefs(page, "/consultations/")).filter((path) => /[0-9a-f-]{36}$/.test(path));
        await page.goto(hour ?? page.url());
        await send(page, "/hold", { outcome: first, note: "طعم خوب است", advice_1: "شیشهٔ درپیچ‌دار بخرد", due_1: jalali(14) });
        await page.goto(her.case);
        assert.ok((await page.locator("main").innerText()).includes("شیشهٔ درپیچ‌دار"), "advice became a task");
      });
      await as("product_officer", "6-need", async (page) => {
        await page.goto("/needs/new");
        await send(page, "/needs", { title: "ماندگاری ترشی", description: "ترشی پس از شش هفته تغییر رنگ می‌دهد.", craft: "ترشی" });
        her.need = new URL(page.url()).pathname;
      }, { username: "entry" });
      await as("company_officer", "6-offer", async (page) => {
        await page.goto(`${her.need}/offers/new`);
        await send(page, "/offers", { what: "آزمون ماندگاری و پیشنهاد بسته‌بندی", cost: "۰", days: "۳۰" });
      });
      await as("product_officer", "6-pilot", async (page) => {
        await page.goto(her.need);
        await send(page, "/accept");
        await page.goto(her.need);
        const [pilot] = await hrefs(page, "/pilot");
        await page.goto(pilot);
        await send(page, "/pilot", { measure: "ماندگاری", unit: "هفته", baseline: "۶" });
        await send(page, "/end", { outcome: "۱۴", result: first, description: "با شیشهٔ تیره چهارده هفته ماند." });
        assert.ok(latin(await page.locator("main").innerText()).includes("14"), "the result is told");
      }, { username: "entry" });
    });

    test("7 make: home business, licence, a food with its label items, approved, public", async () => {
      await as("case_worker", "7-person", async (page) => {
        await page.goto(her.person);
        her.handle = (await page.locator("main").innerText()).match(/M-\d{5}/)[0];
      });
      await as("product_officer", "7-business", async (page) => {
        const file = `/makers/${her.handle}/file`;
        await page.goto(file);
        await send(page, "/business", {
          craft_fa: "ترشی خانگی", field_code: "pickles", work_mode: "independent", ...date("started_on", 0),
        });
        await page.goto(file);
        await send(page, "/licences", {
          kind: "hygiene", number: `56/${her.handle.slice(2)}`, issuer_id: first, ...date("valid_from", -10), ...date("valid_until", 300),
        });
        await page.goto(file);
        await send(page, "/story", { evidence: "signature" });
        await page.goto(`/products/new?maker=${her.handle}`);
        await send(page, "/products", {
          maker: her.handle, name_fa: "ترشی لیتهٔ خانگی", name_en: "Home pickles", category_code: first, tax_class: first,
          description: "ترشی تازه، دست‌ساز", price: "۱۸۰٬۰۰۰", sale_unit: first, materials: "سبزی و سرکه", weight: "۷۰۰ گرم",
          ingredients: "بادمجان، سرکه، نمک", storage: "جای خنک", hygiene_number: `56/${her.handle.slice(2)}`,
        });
        her.product = new URL(page.url()).pathname.replace(/\/file$/, "");
        await page.setInputFiles('main [type="file"]', { name: "pickles.png", mimeType: "image/png", buffer: await page.screenshot() });
        await send(page, "/photo");
        await page.goto(`${her.product}/file`);
        await send(page, "/submission");
      }, { username: "entry" });
      await as("product_officer", "7-approve", async (page) => {
        await page.goto(`${her.product}/file`);
        await send(page, "/approval");
      }, { username: "product" });
      const { page, seen, context } = await city.visit({ language, width: 360 });
      await page.goto(her.product);
      const words = await page.locator("main").innerText();
      assert.ok(words.includes(her.name) && !words.includes(her.family), "her first name, never her family");
      assertQuiet(seen, "7-public");
      await axe(page, "7-public");
      await picture(page, `walk/${language}-360/7-public`);
      await context.close();
    });

    test("8 consign: agreement, twelve pieces received, labels", () =>
      as("shop_manager", "8-receipt", async (page) => {
        await page.goto("/agreements/new");
        await send(page, "/agreements", {
          maker: her.handle, organization_id: first, work_mode: "independent", commission: "۱۵", loss_payer: "shop",
          ...date("starts_on", 0), ...date("ends_on", 300), accepted_by: "signature",
        });
        await page.goto(`/goods-receipts/new?maker=${her.handle}`);
        const code = her.product.split("/").pop();
        await send(page, "/goods-receipts", {
          place_id: first, [`p${code}_quantity`]: "۱۲", [`p${code}_batch`]: "الف-۱",
          [`p${code}_produced`]: jalali(-2), [`p${code}_expires`]: jalali(200),
        });
        const receipt = new URL(page.url()).pathname;
        her.label = (await hrefs(page, "/lots/"))[0].split("/").pop();
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.locator('main form[action$="/labels"] button[type="submit"]').click(),
        ]);
        assert.match(download.suggestedFilename(), /\.pdf$/);
        await page.goto(receipt);
      }));

    test("9 sell: three lines by scanner and keyboard, cash with change, receipt", async () => {
      let others;
      await as("shop_manager", "9-stock", async (page) => {
        await page.goto("/stock");
        others = (await hrefs(page, "/lots/")).map((path) => path.split("/").pop()).filter((code) => code !== her.label);
      });
      await as("shop_clerk", "9-sale", async (page) => {
        await page.goto("/till");
        const [till] = await hrefs(page, "/till/");
        await page.goto(till);
        if (await page.locator('[name="float"]').count()) await send(page, "/shift", { float: "۵۰۰٬۰۰۰" });
        for (const code of [her.label, others[0], others[1]]) {
          await page.fill('[name="code"]', code);
          await page.keyboard.press("Enter");
          await page.waitForFunction((code) => document.querySelector("main").innerText.replaceAll(" ", "").includes(code), code);
        }
        await page.fill('[name="cash"]', "۵٬۰۰۰٬۰۰۰");
        await Promise.all([page.waitForURL(/\/sales\/|\?/), page.locator('[name="cash"]').press("Enter")]);
        const [receipt] = await hrefs(page, "/receipts/");
        for (const [end, kind] of [["png", "image/png"], ["pdf", "application/pdf"]]) {
          const paper = await page.request.get(receipt.replace(/\.\w+(\?.*)?$/, `.${end}`));
          assert.equal(paper.headers()["content-type"], kind);
        }
      });
    });

    test("10 settle and pay: payee, statement, payout by two hands, paid at a counter", async () => {
      await as("case_worker", "10-payee", async (page) => {
        await page.goto(her.person);
        const [contact] = await hrefs(page, "/contacts/");
        await page.goto(`${contact}/payee`);
        await send(page, "/payee", { kind: "counter" });
      });
      await as("supervisor", "10-payee-approved", async (page) => {
        await page.goto("/payees");
        await page.locator(`main tr:has-text("${her.name}") a`).first().click();
        await send(page, "/approval", { name_check: "not_asked" });
      });
      await as("finance_officer", "10-statement", async (page) => {
        await page.goto("/statements");
        await send(page, "/statements", { until: jalali(0) });
        await page.goto("/payouts");
        await send(page, "/payouts", { method: "counter", profile: "csv", pay_on: jalali(0) });
        her.payout = new URL(page.url()).pathname;
      });
      await as("finance_approver", "10-approve", async (page) => {
        await page.goto(her.payout);
        await send(page, "/approval");
      });
      await as("finance_officer", "10-paid", async (page) => {
        await page.goto(her.payout);
        await page.locator(`main tr:has-text("${her.name}") a`).first().click();
        await send(page, "/confirmation", { witness: "clerk" });
      });
    });

    test("10 by the bank: one account is closed, and she is paid the next time", async () => {
      const batch = async (page) => {
        await page.goto("/payouts");
        await send(page, "/payouts", { method: "bank", profile: "csv", pay_on: jalali(0) });
        return new URL(page.url()).pathname;
      };
      const approved = (path, name) =>
        as("finance_approver", name, async (page) => {
          await page.goto(path);
          await send(page, "/approval");
        });
      const answered = (path, name, closed) =>
        as("finance_officer", name, async (page) => {
          await page.goto(path);
          const file = await download(page, "/file");
          assert.ok(file.length > 20, "the bank's file has lines");
          await page.goto(path);
          const form = page.locator('main form[action$="/sample-answer"]').first();
          await open(form.locator("button").first());
          const box = form.locator('[name="closed"]');
          if (await box.count()) await box.setChecked(closed);
          const answer = await download(page, "/sample-answer");
          await page.goto(path);
          await page.setInputFiles('main [type="file"]', { name: "answer.csv", mimeType: "text/csv", buffer: answer });
          await send(page, "/results");
          her.failed = (await page.locator("main").innerText()).match(/M-\d{5}/g) ?? [];
        });
      let first_batch;
      await as("finance_officer", "10-bank", async (page) => (first_batch = await batch(page)));
      await approved(first_batch, "10-bank-approved");
      await answered(first_batch, "10-bank-answer", true);
      let second;
      await as("finance_officer", "10-bank-again", async (page) => {
        await page.goto(first_batch);
        const failed = page.locator("main tr", { hasText: language === "fa" ? /ناموفق|نشد/ : /failed/i });
        assert.equal(await failed.count(), 1, "one line failed");
        second = await batch(page);
        const lines = page.locator("main tbody tr");
        assert.equal(await lines.count(), 1, "only the failed one is payable again");
      });
      await approved(second, "10-bank-again-approved");
      await answered(second, "10-bank-again-answer", false);
    });

    test("12 her own page, by the code of an SMS", async () => {
      const { page, seen, context } = await city.visit({ language, width: 360 });
      page.setDefaultTimeout(10_000);
      await page.goto("/sign-in/phone");
      await send(page, "/phone", { phone: her.phone });
      const code = await smsCode();
      await fill(page, { code });
      await save(page);
      await page.goto("/me");
      const words = await page.locator("main").innerText();
      assert.ok(words.includes(her.name));
      assertQuiet(seen, "12-me");
      await assertNoSidewaysScroll(page, "12-me");
      await axe(page, "12-me");
      await picture(page, `walk/${language}-360/12-me`);
      await context.close();
    });

    test("12 her own page, by a printed slip and a helper", async () => {
      const slip = {};
      await as("helper", "12-slip", async (page) => {
        await page.goto(her.person);
        const [contact] = await hrefs(page, "/contacts/");
        await page.goto(`${contact}/slip`);
        await send(page, "/slip");
        const paper = await page.request.get(`${contact}/slip/paper`);
        assert.equal(paper.headers()["content-type"], "application/pdf");
        slip.code = eightDigits(await paper.body());
        await page.goto("/sign-in/slip");
        await send(page, "/slip", { handle: her.handle, code: slip.code });
        await page.goto("/me");
        assert.ok((await page.locator("main").innerText()).includes(her.name), "her page, a helper beside her");
      }, { width: 360 });
    });

    test("11 council: agenda, roll call, resolution, minutes, reminder and its answer", async () => {
      await as("chair", "11-chain", async (page) => {
        await page.goto("/chain");
      });
      await as("secretary", "11-plan", async (page) => {
        await page.goto("/committee");
        const [plan] = await hrefs(page, "/meetings/new");
        await page.goto(plan);
        await send(page, "/meetings", { held_on: day(0), hours: "۱۰ تا ۱۲", place: "تالار شورا" });
        her.meeting = new URL(page.url()).pathname;
        await send(page, "/agenda/draft");
        await send(page, "/agenda", { wording: "گزارش فروشگاه‌های دست‌آفرین" });
      });
      await as("chair", "11-approve", async (page) => {
        await page.goto(her.meeting);
        await send(page, "/agenda/approve");
      });
      await as("secretary", "11-held", async (page) => {
        await page.goto(her.meeting);
        for (const seat of await page.locator('main select[name^="seat-"]').all()) await seat.selectOption("present");
        await send(page, "/attendance");
        await page.goto(`${her.meeting}/resolutions/new`);
        await send(page, "/resolutions", {
          article_id: first, wording: "فروشگاه ششم تا پایان فصل گشوده شود.", organization_id: first, responsible: "مدیرکل",
          due_on: day(60), evidence_asked: "صورت‌جلسهٔ تحویل", votes_for: "۳", votes_against: "۰",
        });
        await page.goto(her.meeting);
        await send(page, "/minutes", { minutes: "جلسه برگزار شد و یک مصوبه داشت." });
        await send(page, "/minutes/open");
      });
      await as("chair", "11-frozen", async (page) => {
        await page.goto(her.meeting);
        await send(page, "/minutes/freeze");
        const paper = await page.request.get(`${her.meeting}/minutes.pdf`);
        assert.equal(paper.headers()["content-type"], "application/pdf");
        await page.goto(her.meeting);
        assert.equal(await page.locator('main form[action$="/minutes"]').count(), 0, "frozen minutes have no form");
      });
      await as("observer", "11-figures", async (page) => {
        await page.goto("/figures");
        const figures = (await hrefs(page, "/figures/")).filter((path) => !path.endsWith("publish"));
        await page.goto(figures[0]);
        assert.ok(!(await page.locator("main").innerText()).includes(her.family), "codes, never names");
      });
      await as("observer", "11-reminder", async (page) => {
        await page.goto("/reminders");
        const [file] = await hrefs(page, "/reminders/new");
        await page.goto(file);
        await send(page, "/reminders", { wording: "دو سال گذشت؛ مادهٔ سوم چه شد؟" });
        her.reminder = new URL(page.url()).pathname;
      });
      await as("secretary", "11-answer", async (page) => {
        await page.goto(her.reminder);
        await send(page, "/answer", { answer: "پنج فروشگاه باز است؛ شمارها پیوست شد." });
        await page.goto("/resolutions");
      });
    });

    test("13 follow-up: income before and after, and she still works", () =>
      as("case_worker", "13-follow-up", async (page) => {
        await page.goto(`${her.case}/follow-up`);
        let due = (await hrefs(page, `${her.case}/follow-up/`))[0];
        for (let tries = 0; tries < 40 && !due; tries++) {
          await page.waitForTimeout(250);
          await page.goto(`${her.case}/follow-up`);
          due = (await hrefs(page, `${her.case}/follow-up/`))[0];
        }
        await page.goto(due);
        await send(page, due, { household_members: "۳", is_working: "yes" });
        await page.goto(`${her.case}/follow-up`);
      }));
  });
}

/** A day so many days from now, as people here write it. */
function jalali(days) {
  const day = new Date(Date.now() + days * 86_400_000);
  const parts = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
    timeZone: "Asia/Tehran", year: "numeric", month: "2-digit", day: "2-digit",
  }).formatToParts(day);
  const of = (type) => parts.find((part) => part.type === type).value;
  return `${of("year")}/${of("month")}/${of("day")}`;
}

/** Day, month and year fields of a date so many days from now. */
function date(name, days) {
  const [year, month, day] = jalali(days).split("/");
  return { [`${name}.day`]: day, [`${name}.month`]: `${Number(month)}`, [`${name}.year`]: year };
}

/** Persian digits as Latin ones. */
const latin = (text) => text.replace(/[۰-۹]/g, (digit) => "۰۱۲۳۴۵۶۷۸۹".indexOf(digit));

/** A day so many days from now, however the form asks for it. */
const day = (days) => ({ days });

/** The first thing there is to choose. */
const first = Symbol("first");

/** Fills fields by name: text, choices and radios alike. */
async function fill(where, values) {
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

/** Records her agreement for the receiver, sends a leg, and asks for its letter. */
async function sendLeg(page, leg) {
  await page.goto(leg);
  const [consent] = await hrefs(page, "/agree/");
  if (consent) {
    await page.goto(consent);
    for (const box of await page.locator('[name="categories"]').all()) await box.check();
    await send(page, consent, { evidence: "signature" });
    await page.goto(leg);
  }
  await send(page, "/send");
  const letter = await page.request.get(`${leg}/letter`);
  assert.equal(letter.headers()["content-type"], "application/pdf");
  await page.goto(leg);
}

/** Fills and sends the form whose address ends so; expects to move on. */
async function send(page, address, values = {}) {
  const form = page.locator(`main form[action$="${address}"]`).first();
  await open(form.locator("button").first());
  await fill(form, values);
  await save(page, { button: form.locator('button[type="submit"]:not([value="price"])').first() });
}

/** The eight digits of a printed slip, as another program reads them. */
function eightDigits(pdf) {
  const text = execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf, encoding: "utf8" });
  const line = latin(text).split("\n").find((line) => line.replace(/\D/g, "").length === 8 && !/[A-Z:]/.test(line));
  return line.replace(/\D/g, "");
}

/** Sends a form that answers with a file, and gives its bytes. */
async function download(page, address) {
  const form = page.locator(`main form[action$="${address}"]`).first();
  await open(form.locator("button").first());
  const [file] = await Promise.all([page.waitForEvent("download"), form.locator('button[type="submit"]').first().click()]);
  const chunks = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk);
  return Buffer.concat(chunks);
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
