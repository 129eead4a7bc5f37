// The parent's part of the way of a question, with and without JavaScript: no luck in the search, a question, a code,
// back with the code, something more, and withdrawn.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { wrongIn } from "./axe.mjs";
import { UNANSWERED, open, startHouse, watch } from "./harness.mjs";

const WORDS = `${UNANSWERED} en mijn zoon slaapt slecht`;
const CODE = /^([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}$/;

let house, context, page, seen;

before(async () => { house = await startHouse(); });
after(() => house?.stop());

async function visitor(options = {}) {
  await context?.close();
  context = await house.visitor({ locale: "nl-NL", reducedMotion: "reduce", ...options });
  seen = await watch(context, house.origin);
  page = await context.newPage();
}

// True of every story below.
afterEach(async () => {
  assert.deepEqual(seen.wrong, []);
  assert.deepEqual(seen.outside, []);
  assert.deepEqual(await context.cookies(), []);
});

const heading = () => page.getByRole("heading", { level: 1 }).innerText();
const press = (name) => Promise.all([
  page.waitForEvent("load"),
  page.getByRole("button", { name, exact: true }).click(),
]);

/** Presses the last button; a form that was filled in within three seconds comes back and is pressed again. */
async function send() {
  do await press("Verstuur mijn vraag"); while (await page.getByText("Dat ging wel erg snel").count() > 0);
}

/** Walks from the search to the last step. `look` is done on every page on the way. */
async function walk(look) {
  await page.goto(`${house.origin}/zoeken?q=${encodeURIComponent(UNANSWERED)}`);
  await press("Stel je vraag aan het Loesloket");
  assert.equal(await page.getByLabel("Wat is je vraag?").inputValue(), UNANSWERED, "her words went along");
  await look("woorden");
  await page.getByLabel("Wat is je vraag?").fill("");
  await press("Verder");
  await look("woorden fout");
  await page.getByLabel("Wat is je vraag?").fill(WORDS);
  await page.getByLabel("Om welke leeftijd gaat het?").selectOption("basisschool");
  await press("Verder");
  assert.equal(await heading(), "Misschien staat je antwoord hier al");
  await look("antwoorden");
  await press("Nee, ik wil mijn vraag stellen");
  await page.getByLabel("Je postcode").fill("1011");
  await press("Verder");
  await look("plaats fout");
  await page.getByLabel("Je postcode").fill("7651 AB");
  await press("Verder");
  await page.getByText("Je vraag gaat naar Loesloket Tubbergen").waitFor();
  await look("gegevens");
}

/** The whole way. */
async function story(look = async () => {}) {
  await walk(look);
  const before = seen.requests.length;
  await page.getByLabel("Op deze site, en ik krijg een mail").check();
  await page.getByLabel("Je mailadres").fill("anna");
  await send();
  const [field] = await page.locator(".loes-fouten a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  assert.equal(field, "#mail");
  await look("gegevens fout");
  await page.getByLabel("Op deze site, met een code").check();
  await send();
  assert.equal(await heading(), "Je vraag is verstuurd");
  await look("bewijs");
  const code = await page.locator("#code").innerText();
  assert.match(code, CODE);
  await page.getByRole("link", { name: "Naar Mijn vraag" }).click();
  await page.getByLabel("Je code").fill(code.toLowerCase().replaceAll("-", " "));
  await press("Bekijk mijn vraag");
  await page.getByText("Je vraag is aangekomen").waitFor();
  await page.getByText(WORDS).waitFor();
  await look("draad");
  await page.getByLabel("Je bericht aan het loket").fill("Hij eet ook slecht.");
  await press("Verstuur");
  await page.getByText("Je aanvulling is verstuurd").waitFor();
  assert.equal(await page.locator(".loes-bericht").count(), 2);
  await press("Trek mijn vraag in");
  await look("intrekken");
  await press("Ja, wis alles");
  assert.equal(await heading(), "Je vraag is ingetrokken");
  await look("ingetrokken");
  await page.goto(`${house.origin}/mijn-vraag`);
  await page.getByLabel("Je code").fill(code);
  await press("Bekijk mijn vraag");
  await page.locator("#code-fout").waitFor();
  await look("code onbekend");
  const addresses = seen.requests.slice(before).map((request) => request.url()).join(" ");
  for (const secret of ["xylofoon", "slaapt", "eet%20ook", "anna", code]) assert.ok(!addresses.includes(secret), secret);
}

test("a parent asks, comes back with her code, asks on and withdraws, without JavaScript", async () => {
  await visitor({ javaScriptEnabled: false });
  await story();
});

test("the same with JavaScript; every page on the way can be used by everybody", async () => {
  await visitor();
  const wrong = [];
  await story(async (name) => { wrong.push(...(await wrongIn(page)).map((what) => `${name} ${what}`)); });
  assert.deepEqual(wrong, []);
});

test("a mistake is where the page opens, and its line leads to the field", async () => {
  await visitor();
  await open(page, house.origin, { path: "/vraag", form: { vraag: WORDS, loket: "tubbergen", stap: "versturen" } });
  assert.equal(await page.evaluate(() => document.activeElement.id), "fouten");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/#antwoord$/);
  await page.keyboard.press("Space");
  assert.equal(await page.locator("#antwoord").isChecked(), true);
});

test("Enter in a field sends the question, and does not change the municipality", async () => {
  await visitor();
  await open(page, house.origin, { path: "/vraag", form: { vraag: WORDS, loket: "tubbergen", stap: "gegevens" } });
  await page.getByLabel("Je naam").fill("Anna");
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  await page.getByText("Er klopt nog iets niet").waitFor();
  assert.equal(await page.getByLabel("Je naam").inputValue(), "Anna");
});

test("the fields of a choice show once it is made, and the field for machines is seen by nobody", async () => {
  await visitor();
  await open(page, house.origin, { path: "/vraag", form: { vraag: WORDS, loket: "tubbergen", stap: "gegevens" } });
  const [mail, phone] = [page.getByLabel("Je mailadres"), page.getByLabel("Je telefoonnummer")];
  assert.deepEqual([await mail.isVisible(), await phone.isVisible()], [false, false]);
  await page.getByLabel("Bel mij.").check();
  assert.deepEqual([await mail.isVisible(), await phone.isVisible()], [false, true]);
  const trap = await page.locator("#website").boundingBox();
  assert.ok(trap.x + trap.width < 0, "far out of the window");
  assert.equal(await page.getByRole("textbox", { name: "Laat dit veld leeg" }).count(), 0);
});

test("on paper the receipt keeps the code and its picture", async () => {
  await visitor();
  await walk(async () => {});
  await page.getByLabel("Op deze site, met een code").check();
  await send();
  assert.ok(await page.getByRole("button", { name: "Print deze pagina" }).isVisible());
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator("#code").isVisible());
  assert.ok(await page.getByRole("img", { name: "Je code als plaatje" }).isVisible());
  assert.equal(await page.locator("[data-verlaat]").isVisible(), false);
});
