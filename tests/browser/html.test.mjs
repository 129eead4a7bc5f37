// The Nu HTML checker finds no error in any page.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { OTHER_PAGES, forEachOf, loketPaths, sitemapPaths, startServer } from "./harness.mjs";

const run = promisify(execFile);
const JAR = path.join(path.dirname(createRequire(import.meta.url).resolve("vnu-jar/package.json")), "build/dist/vnu.jar");

let server, folder;

before(async () => {
  server = await startServer();
  folder = await mkdtemp(path.join(tmpdir(), "loes-html-"));
});
after(async () => {
  await server?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Saves a page as file number `number`, and tells what it is. */
async function save({ name, path: at, form, status = 200 }, number) {
  const response = await fetch(server.origin + at, form && { method: "POST", body: new URLSearchParams(form) });
  assert.equal(response.status, status, name ?? at);
  await writeFile(path.join(folder, `${number}.html`), await response.text());
  return name ?? at;
}

/** The checker's errors, each with its place; `names` by file number. */
async function check(names) {
  const options = ["-jar", JAR, "--errors-only", "--format", "json", "--stdout", "--exit-zero-always", folder];
  const { stdout } = await run("java", options, { maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout).messages.map(({ url, lastLine, lastColumn, message, extract }) => {
    const name = names[Number.parseInt(path.basename(url ?? ""), 10)];
    return `${name} ${lastLine}:${lastColumn} ${message} | ${extract ?? ""}`;
  });
}

test("every page is valid HTML, and the checker finds the one error that we made ourselves", async () => {
  const paths = new Set([...(await sitemapPaths(server.origin)), ...(await loketPaths(server.origin))]);
  assert.ok(paths.size > 20, "the sitemap names the pages");
  const places = [...[...paths].map((at) => ({ path: at })), ...OTHER_PAGES];
  const names = [];
  await forEachOf(places.entries(), 4, async ([number, place]) => { names[number] = await save(place, number); });
  await writeFile(path.join(folder, `${names.push("broken") - 1}.html`), "<!doctype html><html lang=nl><title>x</title><p id=a><p id=a>");
  const wrong = await check(names);
  assert.ok(wrong.some((line) => line.startsWith("broken ") && line.includes("Duplicate ID")), "the checker works");
  assert.deepEqual(wrong.filter((line) => !line.startsWith("broken ")), []);
});
