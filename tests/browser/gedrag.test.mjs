// What only a browser can show: searching, suggestions, the way without JavaScript, the quick exit, and silence.

import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { OTHER_PAGES, open, startHouse, watch } from "./harness.mjs";

const SAFETY_SEARCH = "/zoeken?q=mijn%20man%20slaat%20mij";
const SAFETY_ARTICLE = "/antwoord/geweld-thuis";

let house, context, page, seen;

/** A fresh visitor, with eyes on what the pages do. */
async function visitor(options = {}) {
  await context?.close();
  context = await house.visitor({ locale: "nl-NL", ...options });
  seen = await watch(context, house.origin);
  page = await context.newPage();
}

before(async () => { house = await startHouse(); });
after(() => house?.stop());
beforeEach(() => visitor());

// True of every story below.
afterEach(async () => {
  assert.deepEqual(seen.wrong, []);
  assert.deepEqual(await context.cookies(), []);
});

const go = (where) => open(page, house.origin, where);
const at = (path) => page.waitForURL(house.origin + path);
const asker = () => page.getByRole("button", { name: "Stel je vraag aan het Loesloket" });
const exit = () => page.locator("[data-verlaat]");
/** Whether the part `later` comes after the part `first` on the page. */
const follows = (first, later) => page.evaluate(
  ([one, other]) => Boolean(document.querySelector(one).compareDocumentPosition(document.querySelector(other)) & Node.DOCUMENT_POSITION_FOLLOWING),
  [first, later],
);
const stayedHere = () => assert.deepEqual(seen.outside, [], "nothing was asked of another origin");

test("a mother types her worry on the home page, presses Enter and reads the answer", async () => {
  await go("/");
  await page.getByRole("search").getByLabel("Wat is je vraag?").pressSequentially("mijn peuter wil niet slapen");
  await page.keyboard.press("Enter");
  await at("/zoeken?q=mijn+peuter+wil+niet+slapen");
  await page.locator(".loes-resultaat a").first().click();
  await at("/antwoord/peuter-wil-niet-slapen");
  assert.match(await page.getByRole("heading", { level: 1 }).textContent(), /peuter.* ’s\u00a0avonds/, "the title, and no line ends after ’s");
  stayedHere();
});

test("the suggestions work by keyboard: arrows choose, Escape closes and keeps the words, Enter opens the answer", async () => {
  await go("/");
  const input = page.getByRole("combobox");
  const chosen = page.locator('[role="option"][aria-selected="true"]');
  await input.pressSequentially("slap");
  await page.getByRole("option").first().waitFor();
  assert.equal(await input.getAttribute("aria-expanded"), "true");
  assert.equal(await chosen.count(), 0);

  await page.keyboard.press("ArrowDown");
  assert.equal(await chosen.count(), 1);
  assert.equal(await input.getAttribute("aria-activedescendant"), await chosen.getAttribute("id"));
  await page.keyboard.press("ArrowUp");
  assert.equal(await chosen.count(), 0, "above the first option lies the field itself");
  await page.keyboard.press("ArrowUp");
  assert.equal(await chosen.innerText(), await page.getByRole("option").last().innerText());

  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("listbox").isVisible(), false);
  assert.equal(await input.getAttribute("aria-expanded"), "false");
  assert.equal(await input.inputValue(), "slap");

  await input.pressSequentially("en");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("ArrowDown");
  const title = await chosen.innerText();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/antwoord\//);
  assert.notEqual(title, "");
  stayedHere();
});

test("Enter with no suggestion chosen searches for the words themselves", async () => {
  await go("/");
  await page.getByRole("combobox").pressSequentially("slapen");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("Enter");
  await at("/zoeken?q=slapen");
});

test("there are at most six suggestions, and titles of answers come before other questions", async () => {
  await go("/");
  await page.getByRole("combobox").pressSequentially("mijn");
  await page.getByRole("option").first().waitFor();
  assert.ok(await page.getByRole("option").count() <= 6);
  const [, words, , addresses] = await (await fetch(`${house.origin}/suggesties?q=sl`)).json();
  assert.ok(words.length > 1 && words.length <= 6);
  const isTitle = await Promise.all(addresses.map(async (path, i) => (await (await fetch(house.origin + path)).text()).includes(`>${words[i]}</h1>`)));
  assert.ok(isTitle[0], "a title matches");
  assert.deepEqual(isTitle, isTitle.toSorted((a, b) => b - a));
});

test("a finger can choose a suggestion", async () => {
  await visitor({ hasTouch: true, viewport: { width: 360, height: 740 } });
  await go("/");
  await page.getByRole("combobox").pressSequentially("slapen");
  await page.getByRole("option").first().tap();
  await page.waitForURL(/\/antwoord\//);
});

test("without JavaScript the whole way works: home, search, answer, loket by postcode", async () => {
  await visitor({ javaScriptEnabled: false });
  await go("/");
  await page.getByLabel("Wat is je vraag?").fill("mijn peuter wil niet slapen");
  await page.getByRole("button", { name: "Zoek", exact: true }).click();
  await page.locator(".loes-resultaat a").first().click();
  await at("/antwoord/peuter-wil-niet-slapen");
  await page.getByRole("navigation", { name: "Hoofdmenu" }).getByRole("link", { name: "Loesloket" }).click();
  await at("/loket");
  await page.getByLabel("Je postcode").fill("7651 AA");
  await page.getByRole("button", { name: "Zoek mijn loket" }).click();
  await page.getByRole("link", { name: "Naar Loesloket Tubbergen" }).click();
  await at("/loket/tubbergen");
  assert.match(await page.getByRole("heading", { level: 1 }).innerText(), /Tubbergen/);
  stayedHere();
});

test("a question about danger keeps its help and its quick exit on the way to the loket", async () => {
  await go(SAFETY_SEARCH);
  await asker().click();
  await at("/vraag");
  assert.ok(await exit().isVisible(), "the quick exit is there");
  assert.ok(await follows(".loes-hulp--dringend", "h1"), "the urgent help comes first");
  await page.clock.setFixedTime(new Date());
  for (let times = 0; times < 3; times += 1) await page.keyboard.press("Shift");
  await page.waitForURL((address) => address.origin !== house.origin);
});

test("a search about danger gives the help first, then the field with the words, then the answers", async () => {
  await go(SAFETY_SEARCH);
  assert.ok(await follows(".loes-hulp--dringend", "form[role=search]"));
  assert.ok(await follows("form[role=search]", ".loes-resultaten"));
  assert.equal(await page.getByLabel("Wat is je vraag?").inputValue(), "mijn man slaat mij");
});

test("an empty search explains the field and asks nobody; a search with words does the reverse", async () => {
  const hint = page.getByText("Typ het in je eigen woorden");
  const explained = () => page.getByLabel("Wat is je vraag?").getAttribute("aria-describedby");
  await go("/zoeken");
  assert.ok(await hint.isVisible());
  assert.equal(await explained(), await hint.getAttribute("id"));
  assert.equal(await asker().count(), 0);
  await go("/zoeken?q=slapen");
  assert.equal(await hint.count(), 0);
  assert.equal(await explained(), null);
  assert.ok(await asker().isVisible());
});

test("on a phone the numbers of an urgent answer come before the remark on its review", async () => {
  await visitor({ viewport: { width: 360, height: 740 } });
  await go(SAFETY_ARTICLE);
  assert.ok(await follows("#hulp", ".loes-merkje"));
  const [help, remark] = await page.evaluate(() => ["#hulp", ".loes-merkje"].map((part) => document.querySelector(part).getBoundingClientRect().toJSON()));
  assert.ok(help.bottom <= remark.top);
});

test("who knows no postcode picks the municipality; a made-up loket offers no mail and no calendar", async () => {
  await go("/loket");
  await page.getByRole("region", { name: "Of kies je gemeente" }).getByRole("link", { name: "Tubbergen", exact: true }).click();
  await at("/loket/tubbergen");
  await page.getByText("Dit loket is een voorbeeld").waitFor();
  await page.getByText("@tubbergen.example").waitFor();
  assert.equal(await page.locator('main :is(a[href^="mailto:"], a[href$=".ics"])').count(), 0);
});

test("a demonstration says on every page that nobody reads along", async () => {
  for (const path of ["/", SAFETY_SEARCH, "/loket", "/bestaatniet"]) {
    await go(path);
    assert.ok(await page.getByText("Dit is een proef: niemand leest dit.").isVisible(), path);
  }
});

test("the everyday questions on the home page alarm nobody", async () => {
  await go("/");
  const examples = await page.locator(".loes-voorbeelden a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  assert.ok(examples.length > 0);
  const alarmed = [];
  for (const path of examples) {
    await go(path);
    if ((await exit().count()) > 0 || (await page.locator(".loes-hulp--dringend").count()) > 0) alarmed.push(path);
  }
  assert.deepEqual(alarmed, []);
});

test("on a small phone the first number of a safety search stands on the first screen", async () => {
  await visitor({ viewport: { width: 360, height: 740 } });
  await go(SAFETY_SEARCH);
  const [number, bar] = await page.evaluate(() => [".loes-bel", "[data-verlaat]"].map((part) => document.querySelector(part).getBoundingClientRect().toJSON()));
  assert.ok(number.bottom <= bar.top, `the number ends at ${number.bottom} px, the bar begins at ${bar.top} px`);
});

test("a wrong postcode says so at the field and keeps what was typed", async () => {
  await go("/loket");
  const field = page.getByLabel("Je postcode");
  await field.fill("76");
  await page.keyboard.press("Enter");
  await page.getByText("Vul een postcode in").waitFor();
  assert.equal(await field.inputValue(), "76");
  assert.equal(await field.getAttribute("aria-invalid"), "true");
  const told = await field.evaluate((input) => input.getAttribute("aria-describedby").split(" ").map((id) => document.getElementById(id).textContent).join(" "));
  assert.match(told, /Vul een postcode in/);
});

for (const [name, path] of [["a safety search", SAFETY_SEARCH], ["the answer about violence at home", SAFETY_ARTICLE]]) {
  test(`${name} can be left with one click, and Back does not lead to it`, async () => {
    await go("/");
    await go(path);
    assert.ok(await exit().isVisible());
    const away = new URL(await exit().getAttribute("href"));
    await exit().click();
    await page.waitForURL(away.href);
    assert.deepEqual(seen.outside, [away.href]);
    await page.goBack();
    assert.equal(page.url(), `${house.origin}/`);
  });

  test(`${name} can be left with Shift three times, and Back does not lead to it`, async () => {
    await go("/");
    await go(path);
    const away = new URL(await exit().getAttribute("href"));
    await page.clock.setFixedTime(new Date());
    for (let times = 0; times < 3; times += 1) await page.keyboard.press("Shift");
    await page.waitForURL(away.href);
    await page.goBack();
    assert.equal(page.url(), `${house.origin}/`);
  });
}

test("Shift three times in no hurry does not leave the page", async () => {
  await go(SAFETY_SEARCH);
  for (const second of [0, 1, 2.1]) {
    await page.clock.setFixedTime(1_000 * second);
    await page.keyboard.press("Shift");
  }
  assert.equal(await page.evaluate(() => document.body.hidden), false);
  stayedHere();
});

test("writing capitals does not leave the page", async () => {
  await go(SAFETY_SEARCH);
  await page.clock.setFixedTime(new Date());
  await page.getByLabel("Wat is je vraag?").focus();
  for (const key of ["Shift+A", "Shift+B", "Shift", "Shift+C", "Shift", "Shift+D"]) await page.keyboard.press(key);
  assert.equal(await page.evaluate(() => document.body.hidden), false);
  assert.match(await page.getByLabel("Wat is je vraag?").inputValue(), /ABCD/);
  stayedHere();
});

test("without JavaScript the quick exit is a plain link out", async () => {
  await visitor({ javaScriptEnabled: false });
  await go(SAFETY_ARTICLE);
  await exit().click();
  await page.waitForURL((address) => address.origin !== house.origin);
});

test("on a small phone the quick exit stays in sight and hides no last link", async () => {
  await visitor({ viewport: { width: 360, height: 640 } });
  for (const path of [SAFETY_SEARCH, SAFETY_ARTICLE]) {
    await go(path);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    const [box, last] = await page.evaluate(() => [document.querySelector("[data-verlaat]"), [...document.querySelectorAll("footer a")].at(-1)].map((part) => part.getBoundingClientRect().toJSON()));
    assert.ok(box.bottom <= 640 && box.top >= 0, "the exit is in the window");
    assert.ok(last.bottom <= box.top, "the last link of the page can still be seen");
  }
});

test("an everyday page has no quick exit", async () => {
  await go("/antwoord/peuter-wil-niet-slapen");
  assert.equal(await exit().count(), 0);
});

for (const path of ["/", SAFETY_ARTICLE, SAFETY_SEARCH, "/loket", "/bestaatniet"]) {
  test(`the first Tab on ${path} shows a link past the menu, and it works`, async () => {
    await go(path);
    await page.keyboard.press("Tab");
    const link = await page.evaluate(() => {
      const { top, left, height } = document.activeElement.getBoundingClientRect();
      return { to: document.activeElement.getAttribute("href"), shown: top >= 0 && left >= 0 && height > 20 };
    });
    assert.deepEqual(link, { to: "#inhoud", shown: true });
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "inhoud");
  });
}

test("print: the answer keeps its text and phone numbers, and loses menu and search", async () => {
  await go(SAFETY_ARTICLE);
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".loes-tekst").isVisible());
  assert.ok(await page.locator("#hulp").isVisible());
  assert.equal(await page.getByRole("navigation", { name: "Hoofdmenu" }).isVisible(), false);
  assert.equal(await exit().isVisible(), false);
});

test("no page makes a sound: no error, no breach of policy, no other origin, no cookie, nothing stored", async () => {
  const places = ["/", "/hulp", "/loket", "/over", "/privacy", "/toegankelijkheid", "/loket/tubbergen", "/thema/slapen-en-huilen",
    "/leeftijd/peuter", "/antwoord/peuter-wil-niet-slapen", SAFETY_ARTICLE, ...OTHER_PAGES.filter(({ form }) => !form)];
  for (const place of places) {
    const response = await go(place);
    assert.equal(response.status(), place.status ?? 200);
    assert.deepEqual(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length]), ["", 0, 0]);
  }
  stayedHere();
});
