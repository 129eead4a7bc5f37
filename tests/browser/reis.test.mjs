// The whole way of a question: a parent searches without luck and asks; staff sign in and answer; she reads and asks on.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { promisify } from "node:util";
import { UNANSWERED } from "./harness.mjs";
import { appCode, startDesk } from "./huis.mjs";

const WORDS = `Onze Kanariepietje van 3 slaapt niet, ${UNANSWERED}`;
const NAME = "Fatima Kanariemoeder";
const MAIL = "kanariemoeder@voorbeeld.nl";
const ANSWER = "Dag, wat vervelend. Bel ons morgen, dan kijken we samen. Kanariegroet.";
const CANARY = /kanarie/i;

/** Goes from a search without luck to a code. */
async function ask(page, origin) {
  await page.goto(`${origin}/zoeken?q=${encodeURIComponent(UNANSWERED)}`);
  await page.getByRole("button", { name: "Stel je vraag aan het Loesloket" }).first().click();
  assert.ok((await page.locator("#vraag").inputValue()).includes(UNANSWERED), "her words came along");
  await page.locator("#vraag").fill(WORDS);
  await page.getByRole("button", { name: "Verder" }).click();
  const go = page.getByRole("button", { name: "Nee, ik wil mijn vraag stellen" });
  if (await go.count()) await go.click();
  await page.getByLabel("Je postcode").fill("7651 AB");
  await page.getByRole("button", { name: "Verder" }).click();
  await page.getByLabel("Op deze site, en ik krijg een mail").check();
  await page.getByLabel("Je mailadres").fill(MAIL);
  await page.getByLabel("Je naam").fill(NAME);
  // A form that is filled in faster than a person can is asked for once more; nothing is lost.
  for (;;) {
    await page.getByRole("button", { name: "Verstuur mijn vraag" }).click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    if ((await page.title()).includes("Je vraag is verstuurd")) break;
    assert.ok((await page.textContent("main")).includes("Dat ging wel erg snel"));
    assert.equal(await page.getByLabel("Je mailadres").inputValue(), MAIL);
  }
  assert.ok(!page.url().includes("?"), "nothing in the address");
  return /[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){3}/.exec(await page.textContent("main"))[0];
}

/** Makes the first account, leaves, and signs in with address, password and the app. */
async function signIn(page, { origin, link }) {
  await page.goto(link);
  const secret = await page.textContent(".loes-app__geheim");
  await page.getByLabel("Je naam").fill("Anna");
  await page.getByLabel("Je mailadres").fill("anna@tubbergen.example.org");
  await page.getByLabel("Je loket").selectOption("tubbergen");
  await page.getByLabel("Kies een wachtwoord").fill("paarse olifant");
  await page.getByLabel("Code uit de app").fill(appCode(secret));
  await page.getByRole("button", { name: "Maak mijn account" }).click();
  await page.getByRole("link", { name: "Naar het postvak" }).click();
  await page.getByRole("button", { name: "Uitloggen" }).click();
  await page.goto(`${origin}/loket-werk`);
  await page.getByLabel("Mailadres").fill("anna@tubbergen.example.org");
  await page.getByLabel("Wachtwoord").fill("paarse olifant");
  await page.getByLabel("Code uit je app").fill(appCode(secret, 1));
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("heading", { name: "Postvak" }).waitFor();
}

async function answer(page) {
  await page.getByRole("link", { name: /Kanariepietje/ }).click();
  await page.getByRole("button", { name: "Ik pak deze op" }).click();
  await page.getByText("Jij hebt deze opgepakt").waitFor();
  await page.getByLabel("Je antwoord").fill(ANSWER);
  await page.getByRole("button", { name: "Bekijk voor je verstuurt" }).click();
  await page.getByRole("heading", { name: "Zo ziet de ouder je antwoord" }).waitFor();
  await page.getByRole("button", { name: "Verstuur" }).click();
  await page.getByText("Beantwoord. De ouder is aan zet.").waitFor();
}

async function comeBack(page, origin, code) {
  await page.goto(`${origin}/mijn-vraag`);
  await page.getByLabel("Je code").fill(code.toLowerCase().replaceAll("-", " "));
  await page.getByRole("button", { name: "Bekijk mijn vraag" }).click();
  await page.getByRole("heading", { name: "Wat er geschreven is" }).waitFor();
}

/** Waits until there are `wanted` mails; fails when there are not within half a minute. */
async function mailsOf(house, wanted) {
  for (let tries = 0; tries < 150; tries += 1) {
    const mails = await house.mails();
    if (mails.length >= wanted) return mails;
    await new Promise((resolve) => { setTimeout(resolve, 200); });
  }
  throw new Error(`fewer than ${wanted} mails`);
}

async function journey(house, parentOptions) {
  const parent = await (await house.visitor(parentOptions)).newPage();
  const staff = await (await house.visitor()).newPage();
  const code = await ask(parent, house.origin);
  await signIn(staff, house);
  await answer(staff);
  const mails = await mailsOf(house, 2);
  assert.equal(mails.length, 2, "one to the loket, one to her");
  for (const mail of mails) {
    const text = mail.replace(`To: ${MAIL}`, "");
    assert.ok(!CANARY.test(text) && !text.includes(code), text);
  }
  assert.ok(mails.some((mail) => mail.includes(MAIL) && mail.includes("/mijn-vraag")));
  await comeBack(parent, house.origin, code);
  assert.ok((await parent.textContent("main")).includes(ANSWER));
  assert.ok((await parent.textContent("main")).includes("Anna van Loesloket Tubbergen"));
  await parent.getByLabel("Je bericht aan het loket").fill("Dank je wel, Kanarie belt morgen.");
  await parent.getByRole("button", { name: "Verstuur" }).click();
  await parent.getByText("Je aanvulling is verstuurd").waitFor();
  await parent.getByRole("button", { name: "Ja" }).click();
  await parent.getByText("Fijn dat het geholpen heeft").waitFor();
  assert.ok(!parent.url().includes("?"));
  await staff.goto(`${house.origin}/loket-werk`);
  await staff.getByRole("link", { name: /Kanariepietje/ }).click();
  await staff.getByText("Kanarie belt morgen").waitFor();
  await staff.getByText("De ouder zegt dat het hielp").waitFor();
  assert.equal((await mailsOf(house, 3)).length, 3, "the loket hears of it");
}

async function play(options, parentOptions) {
  const house = await startDesk(options);
  try {
    await journey(house, parentOptions);
  } finally {
    await house.stop();
  }
}

test("the whole way of a question", () => play({}));

test("the whole way of a question, the parent without JavaScript", () => play({}, { javaScriptEnabled: false }));

const postgres = process.env.LOES_TEST_POSTGRES;
test("the whole way of a question, on two servers that share PostgreSQL", { skip: !postgres && "LOES_TEST_POSTGRES is not set" }, async () => {
  const name = `reis_${randomBytes(6).toString("hex")}`;
  const sql = (text) => promisify(execFile)("psql", ["--no-psqlrc", "--quiet", postgres, "-c", text]);
  await sql(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`);
  const database = new URL(postgres);
  database.pathname = `/${name}`;
  try {
    await play({ servers: 2, database: database.href });
  } finally {
    await sql(`DROP DATABASE ${name} WITH (FORCE)`);
  }
});
