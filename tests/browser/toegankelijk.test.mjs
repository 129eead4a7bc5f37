// Axe on every kind of page, in light and dark, on a small phone and a desktop; and no page scrolls sideways.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { OTHER_PAGES, forEachOf, loketPaths, open, sitemapPaths, startHouse } from "./harness.mjs";

const PHONE = { width: 320, height: 640 };
const DESKTOP = { width: 1280, height: 800 };
const VARIANTS = ["light", "dark"].flatMap((colorScheme) => [PHONE, DESKTOP].map((size) => ({ colorScheme, size })));
const [SMALL_LIGHT] = VARIANTS;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const WORKERS = 2;
const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let house, contexts, pages, paths;

before(async () => {
  house = await startHouse();
  // Without transitions a change of scheme is there at once.
  contexts = await Promise.all(Array.from({ length: WORKERS }, () => house.visitor({ reducedMotion: "reduce" })));
  pages = await Promise.all(contexts.map((context) => context.newPage()));
  paths = await sitemapPaths(house.origin);
});
after(() => house?.stop());

const below = (folder) => paths.filter((path) => path.startsWith(`/${folder}/`));

/** Axe's violations on the page as it stands, one line for each. */
async function violations(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const found = await page.evaluate(async (values) => {
    const { violations } = await axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`) }));
  }, TAGS);
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.replace(/\s+/g, " ")}`));
}

/** What sticks out of the window to the right, when the page can scroll sideways. */
const sideways = (page) => page.evaluate(() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const out = [...document.body.querySelectorAll("*")].filter((part) => part.getBoundingClientRect().right > root.clientWidth + 1);
  return [`scrolls sideways, ${root.scrollWidth} px wide: ${out.slice(-3).map((part) => part.outerHTML.slice(0, 120)).join(" | ")}`];
});

async function stand(page, { colorScheme, size }) {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize(size);
}

async function wrongIn(page) {
  const wrong = [];
  for (const variant of VARIANTS) {
    await stand(page, variant);
    const here = [...(await violations(page)), ...(await sideways(page))];
    wrong.push(...here.map((what) => `${variant.colorScheme} ${variant.size.width}: ${what}`));
  }
  return wrong;
}

/**
 * Looks at all pages of one kind. Only the first is really opened; the others have the same head, and lend it their
 * body at a tenth of the work.
 */
async function checkKind(paths) {
  assert.ok(paths.length > 0, "there are pages of this kind");
  const wrong = [];
  await Promise.all(pages.map((page) => open(page, house.origin, paths[0])));
  await forEachOf(paths, WORKERS, async (path, worker) => {
    await pages[worker].evaluate(async (address) => {
      const response = await fetch(address);
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      const other = new DOMParser().parseFromString(await response.text(), "text/html");
      document.title = other.title;
      document.body.replaceWith(document.adoptNode(other.body));
    }, path);
    wrong.push(...(await wrongIn(pages[worker])).map((what) => `${path} ${what}`));
  });
  assert.deepEqual(wrong, []);
}

test("every kind of page can be used by everybody: light and dark, small phone and desktop", async () => {
  const first = (folder) => below(folder).slice(0, 1);
  const single = paths.filter((path) => path.lastIndexOf("/") === 0);
  const places = [
    ...single, ...OTHER_PAGES, "/antwoord/geweld-thuis", "/loket/tubbergen",
    ...["antwoord", "thema", "onderwerp", "leeftijd"].flatMap(first),
  ];
  const wrong = [];
  await forEachOf(places, WORKERS, async (where, worker) => {
    const response = await open(pages[worker], house.origin, where);
    assert.equal(response.status(), where.status ?? 200, where.name ?? where);
    wrong.push(...(await wrongIn(pages[worker])).map((what) => `${where.name ?? where} ${what}`));
  });
  assert.deepEqual(wrong, []);
});

for (const folder of ["antwoord", "thema", "onderwerp", "leeftijd"]) {
  test(`all in /${folder}/ can be used by everybody`, () => checkKind(below(folder)));
}

test("every loket can be used by everybody", async () => checkKind(await loketPaths(house.origin)));

test("the open list of suggestions can be used by everybody, with an option chosen", async () => {
  const [page] = pages;
  await open(page, house.origin, "/");
  await page.getByRole("combobox").pressSequentially("slap");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("ArrowDown");
  assert.deepEqual(await wrongIn(page), []);
});

test("letters set to twice their size make no page scroll sideways", async () => {
  const [page] = pages;
  const wrong = [];
  const browser = await page.context().newCDPSession(page);
  await browser.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  await stand(page, { ...SMALL_LIGHT, size: { width: 640, height: 800 } });
  for (const where of ["/", "/antwoord/geweld-thuis", "/loket/tubbergen", "/hulp", OTHER_PAGES[1]]) {
    await open(page, house.origin, where);
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), "32px");
    wrong.push(...(await sideways(page)).map((what) => `${where.name ?? where} ${what}`));
  }
  assert.deepEqual(wrong, []);
});
