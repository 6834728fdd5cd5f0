// Cuts the variable Vazirmatn down to what Persian text needs, so that a page costs 22 kB of font.
//   node scripts/subset-font.mjs SOURCE.woff2 TARGET.woff2
// Prints the CSS unicode-range that belongs to the result.
import { readFileSync, writeFileSync } from "node:fs";
import subsetFont from "subset-font";

const letters = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقلمنهوپچژکگیۀ";
// Two letters of Arabic keyboards: quoted text may hold them before it is folded.
const arabicForms = "يك";
const marks = "\u064b\u064e\u064f\u0650\u0651\u0652\u0654";
const digits = "۰۱۲۳۴۵۶۷۸۹";
const punctuation = " \u00a0،؛؟٪٫٬ـ«»!.:()-–—…/";
// Joiners and direction marks carry no ink, but without them the browser would change fonts mid-word.
const invisible = "\u200c\u200d\u200e\u200f";

const text = letters + arabicForms + marks + digits + punctuation + invisible;

const shaping = ["init", "medi", "fina", "isol", "rlig", "liga", "calt", "ccmp", "locl"];
const placing = ["mark", "mkmk", "kern"];
// Columns of money need figures of one width.
const figures = ["tnum"];

function unicodeRange(text) {
  const points = [...new Set(text)].map((c) => c.codePointAt(0)).sort((a, b) => a - b);
  const runs = [];
  for (const point of points) {
    const last = runs.at(-1);
    if (last && last[1] + 1 === point) last[1] = point;
    else runs.push([point, point]);
  }
  const hex = (n) => n.toString(16).toUpperCase();
  return runs.map(([a, b]) => (a === b ? `U+${hex(a)}` : `U+${hex(a)}-${hex(b)}`)).join(", ");
}

const [source, target] = process.argv.slice(2);
const font = await subsetFont(readFileSync(source), text, {
  targetFormat: "woff2",
  variationAxes: { wght: { min: 400, max: 700, default: 400 } },
  keepFeatures: [...shaping, ...placing, ...figures],
  noHinting: true,
});
const limit = 22_000;
if (font.length > limit) {
  console.error(`the subset font has ${font.length} bytes, over its ${limit}`);
  process.exit(1);
}
writeFileSync(target, font);
console.log(unicodeRange(text));
