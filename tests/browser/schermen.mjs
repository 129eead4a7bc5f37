// Saves screenshots: node schermen.mjs FOLDER for all main pages (360 and 1280 px, light and dark);
// node schermen.mjs --readme for docs/schermafdruk.png.

import { mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { OTHER_PAGES, ROOT, open, startHouse } from "./harness.mjs";

const PAGES = [
  { name: "home", path: "/" },
  { name: "antwoord", path: "/antwoord/peuter-wil-niet-slapen" },
  { name: "antwoord-hulp", path: "/antwoord/geweld-thuis" },
  { name: "thema", path: "/thema/slapen-en-huilen" },
  { name: "onderwerp", path: "/onderwerp/huiselijk-geweld" },
  { name: "leeftijd", path: "/leeftijd/peuter" },
  { name: "loket", path: "/loket" },
  { name: "loket-tubbergen", path: "/loket/tubbergen" },
  { name: "hulp", path: "/hulp" },
  { name: "over", path: "/over" },
  { name: "privacy", path: "/privacy" },
  { name: "toegankelijkheid", path: "/toegankelijkheid" },
  ...OTHER_PAGES,
];
const README_LIMIT_BYTES = 200_000;

const [where] = process.argv.slice(2);
if (!where) throw new Error("give a folder, or --readme");
const house = await startHouse();
try {
  await (where === "--readme" ? readme() : everything(path.resolve(where)));
} finally {
  await house.stop();
}

async function everything(folder) {
  await mkdir(folder, { recursive: true });
  const context = await house.visitor({ reducedMotion: "reduce" });
  const page = await context.newPage();
  for (const place of PAGES) {
    await open(page, house.origin, place);
    for (const colorScheme of ["light", "dark"]) {
      for (const width of [360, 1280]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        const file = `${place.name.replaceAll(" ", "-")}-${width}-${colorScheme}.png`;
        await page.screenshot({ path: path.join(folder, file), fullPage: true });
      }
    }
  }
}

async function readme() {
  const file = path.join(ROOT, "docs/schermafdruk.png");
  const context = await house.visitor({ viewport: { width: 1280, height: 800 }, colorScheme: "light", reducedMotion: "reduce" });
  const page = await context.newPage();
  await open(page, house.origin, "/");
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: file });
  const { size } = await stat(file);
  if (size > README_LIMIT_BYTES) throw new Error(`${file} is too large: ${size} bytes`);
}
