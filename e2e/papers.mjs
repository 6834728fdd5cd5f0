// Reading our paper back with other people's programs: poppler for pages and words, zbar for codes.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { latin } from "./forms.mjs";

/** Runs a reader; what it complains of without failing is not ours. */
const run = (program, words, more) =>
  execFileSync(program, words, { encoding: "utf8", stdio: ["pipe", "pipe", "ignore"], ...more });

/** Letters and digits alone: how a code is grouped, or which digits it is written in, does not matter. */
const bare = (text) => latin(text).replace(/[^A-Za-z0-9]/g, "");

/** The words of a PDF, line by line. */
export const wordsOf = (pdf) => run("pdftotext", ["-layout", "-", "-"], { input: pdf });

/**
 * Asserts that a PDF opens, holds these codes in print, and that its barcodes and QR codes read as
 * these texts (the end of one is enough: a QR begins with the city's address) or as patterns say.
 */
export function assertPaper(pdf, where, { holds = [], reads = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "zanjireh-paper-"));
  try {
    const file = join(folder, "paper.pdf");
    writeFileSync(file, pdf);
    const pages = run("pdfinfo", [file]).match(/^Pages:\s+(\d+)$/m);
    assert.ok(Number(pages?.[1]) > 0, `${where}: no page`);
    const words = bare(wordsOf(pdf));
    for (const code of holds) assert.ok(bare(code), `${where}: nothing to look for`);
    for (const code of holds) assert.ok(words.includes(bare(code)), `${where}: ${code} is not in print:\n${wordsOf(pdf)}`);
    if (reads.length === 0) return;
    run("pdftoppm", ["-r", "200", "-gray", "-png", "-l", "2", file, join(folder, "page")]);
    const pictures = readdirSync(folder).filter((name) => name.endsWith(".png"));
    const seen = pictures.flatMap((name) => codesOf(join(folder, name)));
    for (const code of reads) {
      assert.ok(seen.some((text) => (code instanceof RegExp ? code.test(text) : text.endsWith(code))), `${where}: ${code} is not read; read were ${seen.join(" ")}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a scanner reads on a picture. */
function codesOf(picture) {
  try {
    const text = run("zbarimg", ["--quiet", "--raw", picture]);
    return text.split("\n").filter(Boolean);
  } catch {
    return []; // zbar ends with 4 where it sees no code.
  }
}

/** Fetches a paper as its page's link would, and reads it back; gives its bytes. */
export async function paper(page, address, where, wanted) {
  const answer = await page.request.get(address);
  assert.equal(answer.status(), 200, `${where}: ${address}`);
  assert.equal(answer.headers()["content-type"], "application/pdf", where);
  const pdf = await answer.body();
  assertPaper(pdf, where, wanted);
  return pdf;
}

/** The eight digits of a printed slip. */
export function eightDigits(pdf) {
  const lines = latin(wordsOf(pdf)).split("\n");
  return lines.find((line) => line.replace(/\D/g, "").length === 8 && !/[A-Z:]/.test(line)).replace(/\D/g, "");
}
