// What a screen reader is given of the pages that matter most: kept as text in snapshots/, so that it can be read as a
// story, and a change of it is seen. `SNAPSHOTS=write tests/browser/run verhaal.test.mjs` writes them anew.

import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { UNANSWERED, open } from "./harness.mjs";
import { appCode, startDesk } from "./huis.mjs";

const FOLDER = path.join(import.meta.dirname, "snapshots");
const WORDS = `Mijn zoon slaapt al weken niet, ${UNANSWERED}.`;

let house;

before(async () => { house = await startDesk(); });
after(() => house?.stop());

/** Takes out what differs from one day and one run to the next. */
const redacted = (tree) => `${tree}\n`
  .replace(/[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){3}/g, "CODE")
  .replace(/((maan|dins|woens|donder|vrij|zater|zon)dag )?\d{1,2} (januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)( \d{4})?/g, "DATUM")
  .replace(/\b\d{1,2}[.:]\d{2}( uur)?\b/g, "TIJD")
  .replace(/De eerste keer is vandaag/g, "De eerste keer is DATUM")
  .replace(/vandaag TIJD|DATUM (om )?TIJD/g, "DATUM TIJD")
  // Who can be reached depends on the hour.
  .replace(/Nu bereikbaar:[\s\S]*?Meer mensen/g, "Nu bereikbaar: HULP. Meer mensen")
  .replace(/De beste \d+ van \d+ antwoorden|\b\d+ antwoorden?\b/g, "AANTAL antwoorden")
  .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "NUMMER")
  .replace(/127\.0\.0\.1:\d+/g, "ADRES");

/** Holds what the page says against what is kept under `name`. Of a list of answers the first is read: which others
 * follow, and how many there are, is told by other tests and changes with the content. */
async function reads(page, name) {
  await page.evaluate(() => {
    for (const other of document.querySelectorAll(".loes-resultaten > li ~ li, .loes-passend > li ~ li")) other.remove();
  });
  const said = redacted(await page.locator("body").ariaSnapshot());
  const file = path.join(FOLDER, `${name}.txt`);
  if (process.env.SNAPSHOTS === "write") {
    await mkdir(FOLDER, { recursive: true });
    await writeFile(file, said);
  }
  assert.equal(said, await readFile(file, "utf8"), `${name}: read it aloud; if it is right, SNAPSHOTS=write keeps it`);
}

const newPage = async () => (await house.visitor({ reducedMotion: "reduce" })).newPage();
const press = (page, name) => Promise.all([page.waitForEvent("load"), page.getByRole("button", { name, exact: true }).click()]);

test("a search with answers", async () => {
  const page = await newPage();
  await page.goto(`${house.origin}/zoeken?q=mijn%20peuter%20wil%20niet%20slapen`);
  await reads(page, "zoeken");
});

test("a form with mistakes, the receipt, the question itself, and the desk that answers it", async () => {
  const page = await newPage();
  const form = { vraag: WORDS, loket: "tubbergen", antwoord: "bellen", telefoon: "112", stap: "versturen" };
  await open(page, house.origin, { path: "/vraag", form });
  await reads(page, "formulier-met-fouten");
  await page.getByLabel("Op deze site, met een code").check();
  do await press(page, "Verstuur mijn vraag"); while (await page.getByText("Dat ging wel erg snel").count() > 0);
  await reads(page, "bewijs");
  const code = await page.locator("#code").innerText();
  await page.goto(`${house.origin}/mijn-vraag`);
  await page.getByLabel("Je code").fill(code);
  await press(page, "Bekijk mijn vraag");
  await reads(page, "mijn-vraag");

  const staff = await newPage();
  await staff.goto(house.link);
  const secret = await staff.textContent(".loes-app__geheim");
  await staff.getByLabel("Je naam").fill("Anna");
  await staff.getByLabel("Je mailadres").fill("anna@tubbergen.example.org");
  await staff.getByLabel("Je loket").selectOption("tubbergen");
  await staff.getByLabel("Kies een wachtwoord").fill("paarse olifant");
  await staff.getByLabel("Code uit de app").fill(appCode(secret));
  await press(staff, "Maak mijn account");
  await staff.goto(`${house.origin}/loket-werk`);
  await staff.getByRole("link", { name: /Mijn zoon/ }).click();
  await staff.getByRole("heading", { level: 1, name: /Vraag/ }).waitFor();
  await reads(staff, "loket-antwoord");
  await staff.getByLabel("Je antwoord").fill("Dag, wat vervelend. Kom naar het spreekuur.");
  await press(staff, "Bekijk voor je verstuurt");
  await press(staff, "Verstuur");
  await page.goto(`${house.origin}/mijn-vraag`);
  await page.getByLabel("Je code").fill(code);
  await press(page, "Bekijk mijn vraag");
  await reads(page, "mijn-vraag-met-antwoord");
});
