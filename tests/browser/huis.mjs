// A house with a desk: one server or more on one database, keys and mail of its own, and one address in front that
// hands each request to the next server in turn.

import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { ROOT, startBrowser } from "./harness.mjs";

const WAIT_MS = 60_000;

/** Hands each request to the next of `upstreams` in turn, the Host of the visitor kept. */
function inFront(upstreams) {
  let turn = 0;
  return http.createServer((request, response) => {
    const upstream = new URL(upstreams[turn++ % upstreams.length]);
    const passed = http.request(
      { host: upstream.hostname, port: upstream.port, method: request.method, path: request.url, headers: request.headers },
      (answer) => { response.writeHead(answer.statusCode, answer.headers); answer.pipe(response); },
    );
    passed.on("error", () => { response.writeHead(502); response.end(); });
    request.pipe(passed);
  });
}

const INVITATION = /https?:\S+\/loket-werk\/uitnodiging\S+/;

/** Runs the program to its end; gives what it printed. */
async function run(binary, args, env) {
  const child = spawn(binary, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "ignore"] });
  const [printed, [code]] = await Promise.all([child.stdout.setEncoding("utf8").toArray(), once(child, "close")]);
  if (code !== 0) throw new Error(`loes ${args.join(" ")} ended with ${code}`);
  return printed.join("");
}

/**
 * Starts `servers` servers on the database at `database` (SQLite in a folder of its own when there is none). Returns
 * `origin`, the `link` for the first beheerder, `invite` for colleagues, `visitor` for browsers, `mails` and `stop`.
 */
export async function startDesk({ servers = 1, database } = {}) {
  const binary = path.resolve(process.env.LOES_BIN ?? "target/debug/loes");
  const folder = await mkdtemp(path.join(tmpdir(), "loes-huis-"));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("LOES_")));
  const upstreams = [], children = [];
  const front = inFront(upstreams);
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
  const origin = `http://127.0.0.1:${front.address().port}`;
  const common = [
    "--data", path.join(folder, "data"), "--key-file", path.join(folder, "sleutels.toml"), "--base-url", origin,
    "--index", path.join(folder, "index"), "--demo", "aan", "--log-level", "error", ...(database ? ["--database-url", database] : []),
  ];
  let browser, link;
  const stop = async () => {
    await browser?.close();
    for (const child of children) {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      await child.closed;
    }
    front.closeAllConnections();
    front.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    if (database) await run(binary, ["keys", "new", ...common], env);
    for (let number = 0; number < servers; number += 1) {
      const child = spawn(binary, ["serve", "--listen", "127.0.0.1:0", ...common], { cwd: ROOT, env, stdio: ["ignore", "pipe", "inherit"] });
      children.push(child);
      child.closed = once(child, "close");
      const lines = createInterface({ input: child.stdout });
      const timer = setTimeout(() => child.kill("SIGKILL"), WAIT_MS);
      for await (const line of lines) {
        link ??= INVITATION.exec(line)?.[0];
        const ready = /Loes staat aan op (http:\/\/[\d.]+:\d+)/.exec(line);
        if (ready) { upstreams.push(ready[1]); break; }
      }
      clearTimeout(timer);
      child.stdout.resume();
    }
    if (upstreams.length < servers) throw new Error("a server ended before it was ready");
    browser = await startBrowser();
  } catch (error) {
    await stop();
    throw error;
  }
  const visitor = async (options) => {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(WAIT_MS);
    return context;
  };
  const invite = async (loket) => INVITATION.exec(await run(binary, ["staff", "invite", "--loket", loket, ...common], env))[0];
  const mails = async () => {
    const at = path.join(folder, "data", "mail");
    const names = (await readdir(at).catch(() => [])).filter((name) => name.endsWith(".eml"));
    return Promise.all(names.map((name) => readFile(path.join(at, name), "utf8")));
  };
  return { origin, link, invite, visitor, mails, stop };
}

/** The six digits that an app shows for `secret` (base32) `ahead` steps from now (RFC 6238). */
export function appCode(secret, ahead = 0) {
  const symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replaceAll(" ", "")].map((symbol) => symbols.indexOf(symbol).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const hash = createHmac("sha1", key).update(step).digest();
  const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}
