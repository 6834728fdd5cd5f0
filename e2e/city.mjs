// A small demo city and a browser to walk through it.
//
//   const city = await openCity();
//   const { page } = await city.signInAs("case_worker", { language: "fa", width: 360 });
//   await page.goto(city.address("/today"));
//   await city.close();
import { execFile, execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { watch } from "./page-checks.mjs";

const locales = { fa: "fa-IR", en: "en-GB" };
const heights = { 360: 740, 1366: 768 };

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

async function answers(url, child, seconds) {
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null) return false;
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return true;
    await sleep(100);
  }
  return false;
}

function openBrowser() {
  return chromium.launch({
    executablePath: process.env.E2E_CHROMIUM ?? "/usr/bin/chromium-headless-shell",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-dev-shm-usage",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/**
 * A fresh database on the PostgreSQL of `ZANJIREH_TEST_POSTGRES`, as scripts/with-postgres.sh
 * gives it; without one undefined, which means the program's own SQLite file.
 */
export function databaseFor(name) {
  const server = process.env.ZANJIREH_TEST_POSTGRES;
  if (!server) return undefined;
  execFileSync("psql", [server, "--quiet", "--command", `CREATE DATABASE ${name}`]);
  return server.replace(/[^/]*$/, name);
}

/**
 * Starts `zanjireh demo` with its data in a temporary folder and opens a browser.
 * Options: `people`, `seed`, `today` (ISO date), `database` (URL) and `port` as the program takes
 * them. The program is `ZANJIREH_BIN`.
 */
export async function openCity({ people = 60, seed = 1, today, database, port } = {}) {
  const program = process.env.ZANJIREH_BIN;
  if (!program) throw new Error("ZANJIREH_BIN must name the program, as scripts/e2e.sh does");
  const data = await mkdtemp(join(tmpdir(), "zanjireh-e2e-"));
  const listen = `127.0.0.1:${port ?? (await freePort())}`;
  const origin = `http://${listen}`;

  const args = ["demo", "--data", data, "--listen", listen, "--people", `${people}`, "--seed", `${seed}`];
  if (today) args.push("--today", today);
  const place = ["--data", data, ...(database ? ["--database", database] : [])];
  if (database) args.push("--database", database);
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  const keep = (chunk) => (log = (log + chunk).slice(-20_000));
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const exited = new Promise((done) => {
    child.on("exit", (code, signal) => done({ code, signal }));
    child.on("error", (error) => (keep(String(error)), done({ code: null, signal: String(error) })));
  });

  let browser;
  /** Ends browser and program; returns how the program ended. */
  async function close() {
    await browser?.close();
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    const last = setTimeout(() => child.kill("SIGKILL"), 20_000);
    const ending = await exited;
    clearTimeout(last);
    await rm(data, { recursive: true, force: true });
    return ending;
  }

  try {
    if (!(await answers(`${origin}/readyz`, child, 300))) {
      throw new Error(`the demo city did not get ready; its last words:\n${log}`);
    }
    const { accounts } = await (await fetch(`${origin}/demo/accounts.json`)).json();
    browser = await openBrowser();

    const address = (path) => new URL(path, origin).href;

    /** A fresh browser session, not signed in. Everything the page complains about is kept in `seen`. */
    async function visit({ language = "fa", width = 1366, ...more } = {}) {
      const context = await browser.newContext({
        baseURL: origin,
        locale: locales[language],
        viewport: { width, height: heights[width] ?? 768 },
        reducedMotion: "reduce",
        ...more,
      });
      // Chosen as a person would, but outside the page, so that its cache stays empty.
      const chosen = await context.request.get(`/language/${language}?back=/`, { maxRedirects: 0 });
      if (chosen.status() >= 400) throw new Error(`choosing ${language} answered ${chosen.status()}`);
      const page = await context.newPage();
      const seen = await watch(page, origin);
      return { context, page, seen };
    }

    /** The account of a role, as listed by the demo; `organization` or `username` picks one of several. */
    function account(role, { organization, username } = {}) {
      const found = accounts.find(
        (a) =>
          a.role === role &&
          (organization === undefined || a.organization === organization) &&
          (username === undefined || a.username === username),
      );
      if (!found) {
        throw new Error(`no demo account for ${role}; there are: ${accounts.map((a) => a.role).join(", ")}`);
      }
      return found;
    }

    /** A session of that role, standing on the page that follows the one-click sign-in. */
    async function signInAs(role, { organization, username, ...options } = {}) {
      const chosen = account(role, { organization, username });
      const session = await visit(options);
      const response = await session.page.goto(address(chosen.sign_in));
      if (!response?.ok()) throw new Error(`signing in as ${role} answered ${response?.status()}`);
      return { ...session, account: chosen };
    }

    /** What `zanjireh doctor --json` says of the running city. */
    async function doctor() {
      const run = promisify(execFile)(program, ["doctor", "--json", ...place], { maxBuffer: 64 * 1024 * 1024 });
      const { stdout } = await run.catch((failed) => failed); // Faults end it with 4.
      return JSON.parse(stdout);
    }

    /** What another bank than the demo's answers to a payment file. */
    async function bankAnswer(profile, file) {
      const bank = spawn(program, ["simulate", "bank", "--until-input-ends"], { stdio: ["pipe", "pipe", "inherit"] });
      try {
        const base = await createInterface({ input: bank.stdout })[Symbol.asyncIterator]().next();
        const answer = await fetch(new URL(`files/${profile}`, base.value), { method: "POST", body: file });
        if (!answer.ok) throw new Error(`the bank answered ${answer.status}: ${await answer.text()}`);
        return Buffer.from(await answer.arrayBuffer());
      } finally {
        bank.stdin.end();
      }
    }

    return { origin, accounts, address, account, visit, signInAs, doctor, bankAnswer, close, log: () => log };
  } catch (error) {
    await close();
    throw error;
  }
}
