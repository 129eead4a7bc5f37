// What makes a page hard to use: found by axe, and by looking whether it scrolls sideways.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const PHONE = { width: 320, height: 640 };
const DESKTOP = { width: 1280, height: 800 };
export const STANDS = ["light", "dark"].flatMap((colorScheme) => [PHONE, DESKTOP].map((size) => ({ colorScheme, size })));
export const [SMALL_LIGHT] = STANDS;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Axe's violations on the page as it stands, one line for each. */
async function violations(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const found = await page.evaluate(async (values) => {
    const { violations } = await axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`) }));
  }, TAGS);
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id} ${node.replace(/\s+/g, " ")}`));
}

/** What sticks out of the window to the right, when the page can scroll sideways. */
export const sideways = (page) => page.evaluate(() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const out = [...document.body.querySelectorAll("*")].filter((part) => part.getBoundingClientRect().right > root.clientWidth + 1);
  return [`scrolls sideways, ${root.scrollWidth} px wide: ${out.slice(-3).map((part) => part.outerHTML.slice(0, 120)).join(" | ")}`];
});

export async function stand(page, { colorScheme, size }) {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize(size);
}

/** All that is wrong with the page as it is, looked at in these ways. */
export async function wrongIn(page, stands = STANDS) {
  const wrong = [];
  for (const how of stands) {
    await stand(page, how);
    const here = [...(await violations(page)), ...(await sideways(page))];
    wrong.push(...here.map((what) => `${how.colorScheme} ${how.size.width}: ${what}`));
  }
  return wrong;
}
