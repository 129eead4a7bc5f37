// What every browser test needs: the real server on a free port, the real browser, and eyes on what a page does.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

export const ROOT = path.resolve(import.meta.dirname, "../..");
const READY = /Loes staat aan op (http:\/\/[\d.]+:\d+)/;
/** How long anything may take on a slow, busy machine before a test gives up. */
const WAIT_MS = 60_000;

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const CHROMIUM_FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/**
 * Starts the server that LOES_BIN names, with index and data of its own, and waits for the line that says it is ready.
 * Returns its `origin` and a `stop` that ends it and removes what it made.
 */
export async function startServer() {
  const binary = process.env.LOES_BIN;
  if (!binary) throw new Error("set LOES_BIN to the loes program, for example target/debug/loes");
  const folder = await mkdtemp(path.join(tmpdir(), "loes-browser-"));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("LOES_")));
  const server = spawn(
    path.resolve(binary),
    ["serve", "--listen", "127.0.0.1:0", "--index", path.join(folder, "index"), "--data", path.join(folder, "data")],
    { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] },
  );
  let errors = "";
  server.stderr.on("data", (bytes) => { errors = (errors + bytes).slice(-4000); });
  const ended = once(server, "close");
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) server.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { origin: await ready(server, ended), stop };
  } catch (error) {
    server.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
    throw new Error(`${error.message}\n${errors}`);
  }
}

function ready(server, ended) {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error("the server did not get ready in time")), WAIT_MS);
    createInterface({ input: server.stdout }).on("line", (line) => {
      const found = READY.exec(line);
      if (!found) return;
      clearTimeout(limit);
      resolve(found[1]);
    });
    const fail = () => { clearTimeout(limit); reject(new Error("the server ended before it was ready")); };
    ended.then(fail, fail);
  });
}

/** The one browser of a test file. */
export const startBrowser = () => chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS, timeout: WAIT_MS });

/** Server and browser together: `visitor` opens a context of its own, `stop` ends both. */
export async function startHouse() {
  const server = await startServer();
  try {
    const browser = await startBrowser();
    const visitor = async (options) => {
      const context = await browser.newContext(options);
      context.setDefaultTimeout(WAIT_MS);
      return context;
    };
    const stop = async () => { await browser.close(); await server.stop(); };
    return { origin: server.origin, visitor, stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The paths of all pages in the sitemap. */
export async function sitemapPaths(origin) {
  const xml = await (await fetch(`${origin}/sitemap.xml`)).text();
  return [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => new URL(address).pathname);
}

/** The paths of all loket pages; the sitemap leaves out those that are examples. */
export async function loketPaths(origin) {
  const lokets = await (await fetch(`${origin}/api/v1/loketten`)).json();
  return lokets.map(({ slug }) => `/loket/${slug}`);
}

/** Words that no page answers. */
export const UNANSWERED = "xylofoon fagot";

/** The kinds of pages that no sitemap names, each with how a browser comes there. */
export const OTHER_PAGES = [
  { name: "zoeken met resultaten", path: "/zoeken?q=mijn%20peuter%20wil%20niet%20slapen" },
  { name: "zoeken met hulp", path: "/zoeken?q=mijn%20man%20slaat%20mij" },
  { name: "zoeken zonder resultaat", path: `/zoeken?q=${encodeURIComponent(UNANSWERED)}` },
  { name: "zoeken zonder woorden", path: "/zoeken" },
  { name: "fout 404", path: "/bestaatniet", status: 404 },
  { name: "fout 400", path: "/zoeken?q=%00", status: 400 },
  { name: "loket gevonden", path: "/loket", form: { postcode: "7651" } },
  { name: "loket niet gevonden", path: "/loket", form: { postcode: "1011" } },
  { name: "postcode fout", path: "/loket", form: { postcode: "76" }, status: 422 },
  { name: "vraag", path: "/vraag" },
  { name: "vraag met hulp", path: "/vraag", form: { vraag: "mijn man slaat mij" } },
  { name: "vraag woorden fout", path: "/vraag", form: { stap: "antwoorden" }, status: 422 },
  { name: "vraag antwoorden", path: "/vraag", form: { vraag: "mijn peuter wil niet slapen", stap: "antwoorden" } },
  { name: "vraag plaats", path: "/vraag", form: { vraag: UNANSWERED, stap: "plaats" } },
  { name: "vraag plaats fout", path: "/vraag", form: { vraag: UNANSWERED, postcode: "1011", stap: "gegevens" }, status: 422 },
  { name: "vraag gegevens", path: "/vraag", form: { vraag: UNANSWERED, postcode: "7651", antwoord: "bellen", stap: "gegevens" } },
  { name: "vraag gegevens fout", path: "/vraag", form: { vraag: UNANSWERED, loket: "tubbergen", antwoord: "bellen", telefoon: "112", stap: "versturen" }, status: 422 },
  { name: "vraag alles fout", path: "/vraag", form: { stap: "versturen" }, status: 422 },
  { name: "mijn vraag", path: "/mijn-vraag" },
  { name: "mijn vraag fout", path: "/mijn-vraag", form: { code: "ABCD" }, status: 422 },
  { name: "mijn vraag te laat", path: "/mijn-vraag/schrijf", form: { tekst: "Nog iets" }, status: 422 },
];

/** Opens one of `OTHER_PAGES`, or a path, in `page`; a form is sent as a real one. Returns the response. */
export async function open(page, origin, where) {
  const { path: at, form } = typeof where === "string" ? { path: where } : where;
  const response = await page.goto(origin + at);
  if (!form) return response;
  await page.setContent(`<form method="post" action="${origin}${at}"></form>`);
  const [answer] = await Promise.all([
    page.waitForResponse((reply) => reply.request().isNavigationRequest() && reply.request().method() === "POST"),
    page.waitForEvent("load"),
    page.evaluate((fields) => {
      const sheet = document.forms[0];
      for (const name in fields) {
        const input = document.createElement("input");
        Object.assign(input, { type: "hidden", name, value: fields[name] });
        sheet.append(input);
      }
      sheet.submit();
    }, form),
  ]);
  return answer;
}

/** Does `visit` for each item, with `width` workers side by side. */
export async function forEachOf(items, width, visit) {
  const queue = items[Symbol.iterator]();
  const worker = async (number) => { for (const item of queue) await visit(item, number); };
  await Promise.all(Array.from({ length: width }, (_, number) => worker(number)));
}

/**
 * Watches what the pages of a context do, and keeps what they should not: errors in the console, breaches of the
 * content security policy, requests to another origin, cookies. The outside world is a blank page here.
 */
export async function watch(context, origin) {
  const seen = { wrong: [], requests: [], outside: [] };
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (breach) => {
      console.error(`policy: ${breach.violatedDirective} ${breach.blockedURI}`);
    });
  });
  await context.route((address) => address.origin !== origin, (route) => {
    seen.outside.push(route.request().url());
    return route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Elders</title>" });
  });
  context.on("request", (request) => {
    seen.requests.push(request);
    if (request.headers().referer) seen.wrong.push(`a referrer went along to ${request.url()}`);
  });
  context.on("response", async (response) => {
    if (response.headers()["set-cookie"]) seen.wrong.push(`a cookie came with ${response.url()}`);
  });
  context.on("requestfailed", (request) => {
    const superseded = request.failure()?.errorText === "net::ERR_ABORTED";
    if (!superseded) seen.wrong.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  context.on("weberror", (error) => seen.wrong.push(`script: ${error.error().message}`));
  context.on("console", (message) => {
    // The browser also reports the status of an error page that we asked for ourselves.
    const itself = message.location().url === message.page()?.url() && /status of 4\d\d/.test(message.text());
    if (["error", "warning"].includes(message.type()) && !itself) {
      seen.wrong.push(`console ${message.type()}: ${message.text()} (${message.page()?.url()})`);
    }
  });
  return seen;
}
