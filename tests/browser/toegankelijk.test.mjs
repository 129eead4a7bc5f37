// Axe on every kind of page, in light and dark, on a small phone and a desktop; and no page scrolls sideways.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SMALL_LIGHT, STANDS, sideways, stand, wrongIn } from "./axe.mjs";
import { OTHER_PAGES, forEachOf, loketPaths, open, sitemapPaths, startHouse } from "./harness.mjs";

const WORKERS = 2;

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

/**
 * Looks at all pages of one kind. Only the first is really opened; the others have the same head, and lend it their
 * body at a tenth of the work. `stands` gives how each is looked at: in all ways when it says nothing.
 */
async function checkKind(paths, stands = () => undefined) {
  assert.ok(paths.length > 0, "there are pages of this kind");
  const wrong = [];
  await Promise.all(pages.map((page) => open(page, house.origin, paths[0])));
  await forEachOf(paths.entries(), WORKERS, async ([number, path], worker) => {
    await pages[worker].evaluate(async (address) => {
      const response = await fetch(address);
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      const other = new DOMParser().parseFromString(await response.text(), "text/html");
      document.title = other.title;
      document.body.replaceWith(document.adoptNode(other.body));
    }, path);
    wrong.push(...(await wrongIn(pages[worker], stands(number))).map((what) => `${path} ${what}`));
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

// There are hundreds, all of one make: each is looked at in one way, the ways in turn.
test("all in /antwoord/ can be used by everybody", () => checkKind(below("antwoord"), (number) => [STANDS[number % STANDS.length]]));

for (const folder of ["thema", "onderwerp", "leeftijd"]) {
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
