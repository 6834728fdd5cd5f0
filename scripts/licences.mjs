// Collects the licence texts of everything the program is made of.
//   node scripts/licences.mjs FOLDER
// Writes FOLDER/NAME-VERSION/… with the texts each crate brings, and FOLDER/list.tsv with
// name, version and licence of all. Browser files have theirs in assets/licences already.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const [folder] = process.argv.slice(2);
const host = /host: (.*)/.exec(execFileSync("rustc", ["-vV"], { encoding: "utf8" }))[1];
const metadata = JSON.parse(
  execFileSync("cargo", ["metadata", "--format-version=1", "--locked", `--filter-platform=${host}`], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  }),
);

// Only what reaches the program: follow normal dependencies from it, not those of tests and builds.
const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
const reached = new Set();
const open = metadata.packages.filter((p) => p.name === "zanjireh").map((p) => p.id);
while (open.length > 0) {
  const id = open.pop();
  if (reached.has(id)) continue;
  reached.add(id);
  for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps) {
    if (kinds.some(({ kind }) => kind === null)) open.push(pkg);
  }
}

const isLicence = /^(licen[cs]e|copying|notice|copyright|unlicense)/i;
const rows = [];
for (const part of metadata.packages.filter((p) => reached.has(p.id) && p.source)) {
  rows.push([part.name, part.version, part.license ?? "see text"].join("\t"));
  const source = dirname(part.manifest_path);
  const texts = readdirSync(source).filter((name) => isLicence.test(name));
  if (texts.length === 0) continue;
  const target = join(folder, `${part.name}-${part.version}`);
  mkdirSync(target, { recursive: true });
  for (const text of texts) cpSync(join(source, text), join(target, text), { recursive: true });
}
writeFileSync(join(folder, "list.tsv"), `${rows.sort().join("\n")}\n`);
console.log(`licences of ${rows.length} packages`);
