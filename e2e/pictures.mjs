// Takes the pictures of the documentation from the running program.  make pictures
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openCity } from "./city.mjs";

const folder = join(import.meta.dirname, "..", "docs", "pictures");
await mkdir(folder, { recursive: true });

const city = await openCity({ people: 600 });
try {
  const { page } = await city.visit({ language: "fa", width: 1366 });
  await page.goto("/", { waitUntil: "networkidle" });
  await page.screenshot({ path: join(folder, "start.png") });
  console.log("docs/pictures/start.png");
} finally {
  await city.close();
}
