// The desk of a loket: every page can be used by everybody, by keyboard too, and a session warns before it ends.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { wrongIn } from "./axe.mjs";
import { appCode, startDesk } from "./huis.mjs";

let house, context, page;

before(async () => {
  house = await startDesk();
  context = await house.visitor({ reducedMotion: "reduce" });
  page = await context.newPage();
});
after(() => house?.stop());

const press = (page, name) => Promise.all([page.waitForEvent("load"), page.getByRole("button", { name, exact: true }).click()]);

/** Fills in who she is; a first beheerder says also where. */
async function join(page, name, loket) {
  const secret = await page.textContent(".loes-app__geheim");
  await page.getByLabel("Je naam").fill(name);
  await page.getByLabel("Je mailadres").fill(`${name}@voorbeeld.nl`);
  if (loket) await page.getByLabel("Je loket").selectOption(loket);
  await page.getByLabel("Kies een wachtwoord").fill("paarse olifant");
  await page.getByLabel("Code uit de app").fill(appCode(secret));
  await press(page, "Maak mijn account");
}

async function writeDown(words, way) {
  await page.goto(`${house.origin}/loket-werk/nieuw`);
  await page.getByLabel("De vraag", { exact: true }).fill(words);
  await page.getByLabel("Hoe wil de ouder het antwoord?").selectOption(way);
  await page.getByLabel("Telefoonnummer").fill("06 12345678");
  await press(page, "Bewaar de vraag");
}

test("every page of the desk can be used by everybody", async () => {
  const wrong = [];
  const look = async (name) => { wrong.push(...(await wrongIn(page)).map((what) => `${name} ${what}`)); };
  await page.goto(`${house.origin}/loket-werk/inloggen`);
  await look("inloggen");
  await page.getByLabel("Mailadres").fill("x@y.nl");
  await press(page, "Log in");
  await look("inloggen fout");
  await page.getByRole("link", { name: "Wachtwoord vergeten" }).click();
  await look("wachtwoord vergeten");
  await page.goto(house.link);
  await look("uitnodiging");
  await press(page, "Maak mijn account");
  await look("uitnodiging fout");
  await join(page, "Anna", "tubbergen");
  await look("account klaar");
  await page.goto(house.link);
  await look("uitnodiging voorbij");
  await page.goto(`${house.origin}/loket-werk`);
  await look("postvak leeg");
  await page.goto(`${house.origin}/loket-werk/nieuw`);
  await look("opschrijven");
  await press(page, "Bewaar de vraag");
  await look("opschrijven fout");
  await writeDown("Mijn man slaat mij en de kinderen", "site");
  await look("opgeschreven");
  await writeDown("Mijn zoon van 3 wil niet slapen", "bellen");
  await page.goto(`${house.origin}/loket-werk`);
  await look("postvak");
  await page.getByRole("link", { name: /Mijn man/ }).click();
  await look("vraag met gevaar");
  const question = page.url();
  for (const sheet of ["doorgeven", "bewaren", "wissen", "kopie"]) {
    await page.goto(`${question}/${sheet}`);
    await look(sheet);
  }
  await page.goto(`${question}/bewaren`);
  await press(page, "Bewaar deze vraag");
  await look("bewaren fout");
  await page.goto(`${question}/doorgeven`);
  await page.getByLabel("Aan welk loket?").selectOption("dinkelland");
  await page.getByLabel("Waarom?").fill("Het gezin woont daar.");
  await press(page, "Bied deze vraag aan");
  await look("aangeboden");
  for (const own of ["zinnen", "collegas", "account", "account/app", "zoeken"]) {
    await page.goto(`${house.origin}/loket-werk/${own}`);
    await look(own);
  }
  await page.getByLabel("Zoek in vragen van je loket").fill("slapen");
  await press(page, "Zoek");
  await look("gevonden");
  await page.goto(`${house.origin}/loket-werk`);
  await page.getByRole("link", { name: /Mijn zoon/ }).click();
  await press(page, "Bekijk voor je verstuurt");
  await look("leeg antwoord");
  await page.getByRole("button", { name: "Zet in mijn antwoord" }).first().click();
  assert.match(await page.getByLabel("Je antwoord").inputValue(), /\/antwoord\//);
  await page.getByLabel("Je antwoord").pressSequentially("Het nummer is 0541-999999.");
  await press(page, "Bekijk voor je verstuurt");
  await look("voorbeeld");
  assert.ok(await page.locator(".loes-bericht a").count() > 0, "an answer page is a link");
  await press(page, "Verstuur");
  await look("beantwoord");
  await press(page, "Sluit deze vraag");
  await look("gesloten");
  await page.goto(`${house.origin}/loket-werk/logboek`);
  await look("logboek");
  assert.deepEqual(wrong, []);
});

test("the page of what another loket offers can be used by everybody", async () => {
  const there = await (await house.visitor({ reducedMotion: "reduce" })).newPage();
  const wrong = [];
  const look = async (name) => { wrong.push(...(await wrongIn(there)).map((what) => `${name} ${what}`)); };
  await writeDown("Zij zegt dat zij niet meer wil leven", "site");
  await page.goto(`${house.origin}/loket-werk`);
  await page.getByRole("link", { name: /Zij zegt/ }).click();
  await page.getByRole("link", { name: "Geef door aan een ander loket" }).click();
  await page.getByLabel("Aan welk loket?").selectOption("dinkelland");
  await page.getByLabel("Waarom?").fill("Het gezin woont in Ootmarsum.");
  await press(page, "Bied deze vraag aan");
  await there.goto(await house.invite("dinkelland"));
  await join(there, "Bo");
  await there.goto(`${house.origin}/loket-werk`);
  await look("postvak met aanbod");
  await there.locator(".loes-aanbod a").last().click();
  await look("aanbod");
  const offer = there.url();
  await press(there, "Geef terug");
  await look("aanbod fout");
  await press(there, "Wij nemen deze over");
  await there.getByText("Zij zegt dat zij niet meer wil leven").first().waitFor();
  await look("overgenomen");
  await there.goto(offer);
  await look("aanbod voorbij");
  assert.deepEqual(wrong, []);
});

test("a session warns five minutes before it ends, and whoever still works stays", async () => {
  const other = await context.newPage();
  await other.clock.install();
  await other.goto(`${house.origin}/loket-werk`);
  const warning = other.getByText("Je wordt om");
  assert.equal(await warning.isVisible(), false);
  await other.clock.fastForward("26:00");
  await warning.waitFor();
  await other.getByRole("button", { name: "Ik ben er nog" }).click();
  await warning.waitFor({ state: "hidden" });
  await other.clock.fastForward("26:00");
  await warning.waitFor();
  await other.close();
});

test("the way from the inbox to an answer can be gone with the keyboard alone", async () => {
  await writeDown("Zij wil niet eten", "site");
  await page.goto(`${house.origin}/loket-werk`);
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim().slice(0, 40));
  const tabTo = async (words) => {
    for (let steps = 0; steps < 60; steps += 1) {
      await page.keyboard.press("Tab");
      if ((await focused()).startsWith(words)) return;
    }
    throw new Error(`no way by Tab to ${words}`);
  };
  await tabTo("Zij wil niet eten");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: /Vraag/ }).waitFor();
  await tabTo("Ik pak deze op");
  await page.keyboard.press("Enter");
  await page.getByText("Jij hebt deze opgepakt").waitFor();
  await page.getByLabel("Je antwoord").focus();
  await page.keyboard.type("Dat komt vaak voor. Kom naar het spreekuur.");
  await tabTo("Bekijk voor je verstuurt");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Zo ziet de ouder je antwoord" }).waitFor();
  await tabTo("Verstuur");
  await page.keyboard.press("Enter");
  await page.getByText("Beantwoord. De ouder is aan zet.").waitFor();
});
