// Regenerates tokens.css, componenten.css and VERSIONS.md in this folder.
// A maintainer's tool: run `node build.mjs` after changing a version, KEEP or a variable in loes.css.
// The product's own build never runs it; what it writes is committed.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const TOOLS = { postcss: "8.5.33" };
const TOKENS = ["@nl-design-system-unstable/voorbeeld-design-tokens", "7.4.1"];
const FONT = ["@fontsource-variable/nunito", "5.3.0"];
// In the order of the stylesheet.
const COMPONENTS = {
  document: "3.0.1", "heading-1": "3.0.1", "heading-2": "3.0.1", "heading-3": "3.0.1", "heading-4": "3.0.1",
  paragraph: "4.0.1", link: "3.0.1", button: "4.0.1", textbox: "4.0.1", textarea: "4.0.1", select: "3.0.1",
  checkbox: "3.0.1", "form-field": "3.0.1", "form-fieldset": "3.0.1", "form-label": "3.0.1",
  "form-field-description": "3.0.1", "form-field-error-message": "3.0.1", "unordered-list": "3.1.1",
  "ordered-list": "4.0.1", "breadcrumb-nav": "3.0.1", alert: "4.0.2", "skip-link": "3.0.1",
  "badge-status": "2.0.1", "data-list": "3.0.1", table: "3.0.1", article: "3.0.1",
};
// The classes our pages may use. A rule that needs any other class is left out of componenten.css.
const KEEP = new Set(`
  document document--surface heading-1 heading-2 heading-3 heading-4
  paragraph paragraph--lead paragraph--small
  link link--html-a link--telephone link--current
  button button--primary-action button--secondary-action button--subtle button--danger button--submit
  textbox textbox--html-input textbox--invalid textbox--numeric textbox--postal-code-nl-size textbox--tel-nl-size
  textarea textarea--html-textarea textarea--invalid select select--html-select select--invalid
  checkbox checkbox--html-input
  form-field form-field--invalid form-field--checkbox form-field__input form-field__label
  form-field__description form-field__error-message
  form-fieldset form-fieldset--html-fieldset form-fieldset--invalid form-fieldset__fieldset--html-fieldset
  form-fieldset__legend form-fieldset__legend--html-legend
  form-label form-label--checkbox form-label--radio
  form-field-description form-field-description--invalid form-field-error-message
  unordered-list unordered-list__item ordered-list ordered-list__item
  breadcrumb-nav breadcrumb-nav__list breadcrumb-nav__list--html-ol breadcrumb-nav__item
  breadcrumb-nav__link breadcrumb-nav__link--current breadcrumb-nav__separator
  alert alert__icon alert__content alert__message alert--info alert--ok alert--warning alert--error
  skip-link skip-link--visible-on-focus
  badge-status badge-status--danger badge-status--warning badge-status--safe badge-status--neutral
  data-list data-list--rows data-list__item data-list__item-key data-list__item-value data-list__item-value--html-dd
  table table--html-table table__body table__caption table__cell table__header table__header-cell table__row
  table-container table-container--overflow-inline article
`.trim().split(/\s+/).map((name) => `utrecht-${name}`));

const work = mkdtempSync(join(tmpdir(), "loes-stijl-"));
try {
  writeFileSync(join(work, "package.json"), '{"private":true}');
  const wanted = [
    ...Object.entries(COMPONENTS).map(([name, version]) => `@utrecht/${name}-css@${version}`),
    TOKENS.join("@"), FONT.join("@"), ...Object.entries(TOOLS).map((pair) => pair.join("@")),
  ];
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...wanted], { cwd: work, stdio: "inherit" });
  const modules = join(work, "node_modules");
  const postcss = createRequire(join(work, "package.json"))("postcss");

  const components = postcss.root();
  for (const name of Object.keys(COMPONENTS)) {
    components.append(prune(postcss.parse(readFileSync(join(modules, `@utrecht/${name}-css/dist/index.css`), "utf8"))));
  }
  const componentCss = print(components);
  const own = readFileSync(join(here, "../loes.css"), "utf8");
  const theme = postcss.parse(readFileSync(join(modules, TOKENS[0], "dist/theme.css"), "utf8"));
  const ownNames = new Set();
  postcss.parse(own).each((node) => {
    if (node.selector === ":root") node.walkDecls(/^--/, (decl) => ownNames.add(decl.prop));
  });
  const tokens = needed(theme, ownNames, componentCss, own);

  const banner = (text) => `/* ${text}\n * Licence: EUPL-1.2, see LICENSE-EUPL-1.2.md. Versions: VERSIONS.md. Made by build.mjs, do not edit. */\n`;
  writeFileSync(join(here, "componenten.css"),
    banner("NL Design System components (c) Frameless B.V., Gemeente Utrecht; only the classes listed in build.mjs.") + componentCss);
  writeFileSync(join(here, "tokens.css"),
    banner("Voorbeeld design tokens (c) NL Design System Community; only the variables that our styles refer to.") +
    `:root{\n${[...tokens].map(([name, value]) => `${name}:${value};`).join("\n")}\n}\n`);
  writeFileSync(join(here, "VERSIONS.md"), versions());
  copyFileSync(join(modules, TOKENS[0], "LICENSE.md"), join(here, "LICENSE-EUPL-1.2.md"));
  copyFileSync(join(modules, FONT[0], "files/nunito-latin-wght-normal.woff2"),
    join(here, "../fonts/nunito.woff2"));
  copyFileSync(join(modules, FONT[0], "LICENSE"), join(here, "../fonts/LICENSE-OFL-1.1.txt"));
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Drops comments, rules with a class outside KEEP, dead vendor queries and empty rules. */
function prune(root) {
  root.walkComments((comment) => comment.remove());
  root.walkAtRules("charset", (rule) => rule.remove());
  root.walkAtRules("media", (rule) => {
    rule.params = rule.params.replace("screen and (-ms-high-contrast: active), ", "");
  });
  root.walkRules((rule) => {
    const kept = rule.selectors.filter((selector) =>
      !selector.includes(":lang(ar)") &&
      (selector.replace(/:not\([^)]*\)/g, "").match(/\.utrecht-[\w-]+/g) ?? []).every((name) => KEEP.has(name.slice(1))));
    if (kept.length === 0 || rule.nodes.length === 0) rule.remove();
    else rule.selectors = kept;
  });
  root.walkAtRules((rule) => { if (rule.nodes && rule.nodes.length === 0) rule.remove(); });
  return root.nodes;
}

/** One rule a line, without superfluous white space. */
function print(root) {
  const squeeze = (text) => text.replace(/\s+/g, " ").replace(/\( /g, "(").replace(/ \)/g, ")").replace(/, /g, ",").trim();
  const one = (node) => node.type === "decl"
    ? `${node.prop}:${squeeze(node.value)}${node.important ? "!important" : ""}`
    : node.type === "rule"
      ? `${squeeze(node.selector)}{${node.nodes.map(one).join(";")}}`
      : `@${node.name} ${squeeze(node.params)}{${node.nodes.map(one).join("")}}`;
  return root.nodes.map(one).join("\n") + "\n";
}

/** The theme's variables that our styles reach and that loes.css does not set itself on :root. */
function needed(theme, ownNames, ...styles) {
  const declared = new Map();
  theme.walkDecls(/^--/, (decl) => declared.set(decl.prop, decl.value.replace(/\s+/g, " ").trim()));
  const used = new Set();
  const follow = (text) => {
    for (const [, name] of text.matchAll(/var\(\s*(--[\w-]+)/g)) {
      if (used.has(name)) continue;
      used.add(name);
      if (declared.has(name) && !ownNames.has(name)) follow(declared.get(name));
    }
  };
  styles.forEach(follow);
  return [...declared].filter(([name]) => used.has(name) && !ownNames.has(name)).sort(([a], [b]) => a < b ? -1 : 1);
}

function versions() {
  const row = (name, version, licence, what) => `| \`${name}\` | ${version} | ${licence} | ${what} |`;
  return [
    "# Versions", "",
    "What stands in this folder and in `../fonts` and comes from others. All of it is published on the npm registry;",
    "`node build.mjs` fetches exactly these versions and writes the files again.", "",
    "| package | version | licence | where |", "|---|---|---|---|",
    ...Object.entries(COMPONENTS).map(([name, version]) => row(`@utrecht/${name}-css`, version, "EUPL-1.2", "`componenten.css`, unused classes dropped")),
    row(...TOKENS, "EUPL-1.2", "`tokens.css`, unreferenced variables dropped, selector `:root`"),
    row(...FONT, "OFL-1.1", "`../fonts/nunito.woff2` (latin, upright, weights 200 to 1000)"), "",
    "Changes to the EUPL files: rules and variables left out, white space removed; nothing rewritten.", "",
  ].join("\n");
}
