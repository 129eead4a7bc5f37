// Pages stay light: a phone with a poor connection is an everyday thing.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { OTHER_PAGES, forEachOf, open, sitemapPaths, startHouse } from "./harness.mjs";

const LIMIT_BYTES = 40 * 1024;
const LIMIT_RESOURCES = 8;

let house;

before(async () => { house = await startHouse(); });
after(() => house?.stop());

/** A page that tells what a first visit asks for: address, kind, and bytes over the wire (headers counted). */
async function scales() {
  const page = await (await house.visitor()).newPage();
  const wire = await page.context().newCDPSession(page);
  let requests;
  const end = ({ requestId, encodedDataLength = 0 }) => {
    const request = requests.get(requestId);
    if (request) Object.assign(request, { bytes: encodedDataLength }).end();
  };
  await wire.send("Network.enable");
  await wire.send("Network.setCacheDisabled", { cacheDisabled: true });
  wire.on("Network.requestWillBeSent", ({ requestId, type, request }) => {
    let end;
    const ended = new Promise((resolve) => { end = resolve; });
    requests.set(requestId, { type, url: request.url, bytes: 0, end, ended });
  });
  wire.on("Network.loadingFinished", end);
  wire.on("Network.loadingFailed", end);
  return async (where) => {
    requests = new Map();
    await open(page, house.origin, where);
    await page.waitForLoadState("networkidle");
    // Of a request that the browser gives up the end is not always told: then its bytes stay 0.
    const patience = new AbortController();
    const givenUp = setTimeout(10_000, undefined, { signal: patience.signal }).catch(() => {});
    await Promise.race([Promise.all([...requests.values()].map(({ ended }) => ended)), givenUp]);
    patience.abort();
    return [...requests.values()].map(({ type, url, bytes }) => ({ type, url, bytes }));
  };
}

const total = (parts) => parts.reduce((sum, { bytes }) => sum + bytes, 0);

test("every answer weighs less than 40 KB on a first visit, the letters aside", async (t) => {
  const answers = (await sitemapPaths(house.origin)).filter((path) => path.startsWith("/antwoord/"));
  // Only the HTML differs from answer to answer: the largest in plain bytes, and the one with the most help.
  const sizes = await Promise.all(answers.map(async (path) => [(await (await fetch(house.origin + path)).text()).length, path]));
  const [, largest] = sizes.sort(([a], [b]) => b - a)[0];
  const load = await scales();
  for (const path of new Set([largest, "/antwoord/geweld-thuis"])) {
    const parts = (await load(path)).filter(({ type }) => type !== "Font");
    assert.ok(parts.length >= 3 && parts.every(({ bytes }) => bytes > 0), "page, style and script came over the wire");
    t.diagnostic(`${path}: ${total(parts)} bytes: ${parts.map(({ type, bytes }) => `${type} ${bytes}`).join(", ")}`);
    assert.ok(total(parts) < LIMIT_BYTES, `${path}: ${JSON.stringify(parts, null, 1)}`);
  }
});

test("no kind of page asks for more than 8 resources", async (t) => {
  const places = ["/", "/hulp", "/loket", "/vraag", "/loket/tubbergen", "/thema/slapen-en-huilen", "/leeftijd/peuter", "/antwoord/geweld-thuis",
    "/over", "/privacy", "/toegankelijkheid", ...OTHER_PAGES.filter(({ form }) => !form)];
  const loads = await Promise.all([scales(), scales(), scales(), scales()]);
  let most = 0;
  await forEachOf(places, loads.length, async (place, worker) => {
    const parts = await loads[worker](place);
    most = Math.max(most, parts.length);
    assert.ok(parts.length <= LIMIT_RESOURCES, `${place.name ?? place}: ${parts.map(({ url }) => url).join(" ")}`);
  });
  t.diagnostic(`at most ${most} resources`);
});
