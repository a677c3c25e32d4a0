// Looks at every page of a report in a real Chromium, and tells as JSON what it found wrong.
//
//   node bekijk.mjs http://127.0.0.1:PORT/ page.html [page.html ...]
//
// Each page is judged by axe-core in three widths and in print, with all that unfolds opened; and, with scripts switched
// off, on what a reader does: narrow screen, opening what unfolds, the skip link. axe-core itself needs scripts.
import { createRequire } from "node:module";
import { mkdtempSync, rmSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const VIEWS = [
  { naam: "320", width: 320, height: 640 },
  { naam: "768", width: 768, height: 1024 },
  { naam: "1280", width: 1280, height: 900 },
  { naam: "druk", width: 1280, height: 900, media: "print" },
];
const CHROMIUM = process.env.CHROMIUM || "/usr/bin/chromium";
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

const [base, ...pages] = process.argv.slice(2);
const faults = [];
let judged = 0;

// Only the server of the report may be asked for anything; what else a page asks for is a fault, and is not fetched.
async function watch(context) {
  await context.route("**", (route) => {
    const url = route.request().url();
    if (url.startsWith(base) || url.startsWith("data:")) return route.continue();
    faults.push({ soort: "verzoek naar buiten", bladzijde: "", waar: url, wat: "" });
    return route.abort();
  });
}

function listen(page, current) {
  const note = (soort, wat) => faults.push({ soort, bladzijde: current(), waar: "", wat });
  page.on("pageerror", (error) => note("fout op de bladzijde", String(error)));
  page.on("console", (message) => message.type() === "error" && note("fout op de bladzijde", message.text()));
  page.on("response", (response) => response.status() >= 400 && note("niet gevonden", response.url()));
}

async function judge(context, mine) {
  const page = await context.newPage();
  let current = "";
  listen(page, () => current);
  for (const name of mine) {
    current = name;
    await page.setViewportSize(VIEWS[0]);
    await page.emulateMedia({ media: "screen" });
    await page.goto(base + name, { waitUntil: "load" });
    await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
    await page.evaluate(AXE);
    for (const view of VIEWS) {
      await page.setViewportSize(view);
      await page.emulateMedia({ media: view.media ?? "screen" });
      const result = await page.evaluate(
        ([tags, touch]) =>
          globalThis.axe.run(document, {
            runOnly: { type: "tag", values: tags },
            rules: { "target-size": { enabled: touch } },
            resultTypes: ["violations"],
          }),
        // Nobody touches a link on paper.
        [TAGS, view.media !== "print"],
      );
      judged += 1;
      for (const violation of result.violations) {
        for (const node of violation.nodes) {
          faults.push({
            soort: `axe: ${violation.id}`,
            bladzijde: `${name} (${view.naam})`,
            waar: node.target.join(" "),
            wat: `${violation.help}; ${node.html.slice(0, 200)}`,
          });
        }
      }
    }
  }
  await page.close();
}

async function useWithoutScripts(context, mine) {
  const page = await context.newPage();
  let current = "";
  listen(page, () => current);
  for (const name of mine) {
    current = name;
    const note = (soort, wat) => faults.push({ soort, bladzijde: `${name} (zonder script)`, waar: "", wat });
    await page.goto(base + name, { waitUntil: "load" });
    // Neither the page nor a frame of its own in it: who has to push a table aside does not see whose figure it is.
    const wide = () =>
      page.evaluate(() => {
        const root = document.scrollingElement;
        const pushed = (e) => e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX);
        const frame = [...document.body.querySelectorAll("*")].find(pushed);
        if (frame) return `${frame.scrollWidth} px; ${frame.outerHTML.slice(0, 160)}`;
        if (root.scrollWidth <= root.clientWidth) return null;
        const edge = (e) => e.getBoundingClientRect().right;
        const out = [...document.body.querySelectorAll("*")].filter((e) => edge(e) > root.clientWidth + 1);
        return `${root.scrollWidth} px; ${out.slice(0, 3).map((e) => e.outerHTML.slice(0, 80)).join(" | ")}`;
      });
    const closed = await wide();
    if (closed) note("schuift opzij op 320 px", closed);
    await page.keyboard.press("Tab");
    const first = await page.evaluate(() => document.activeElement?.getAttribute("href") ?? "");
    if (!first.startsWith("#")) {
      note("geen link om naar de inhoud te springen", `het eerste dat de Tab-toets bereikt is '${first}'`);
    } else {
      await page.keyboard.press("Enter");
      const jumped = await page.evaluate(() => document.activeElement?.closest("main") !== null);
      if (!jumped) note("de link naar de inhoud springt niet", first);
    }
    // Opened by the keyboard, as a reader without scripts does. The menu is left as it is.
    const summaries = page.locator("main summary:visible");
    if ((await summaries.count()) > 0) {
      await summaries.first().focus();
      await page.keyboard.press("Enter");
      const open = await summaries.first().evaluate((s) => s.parentElement.open);
      if (!open) note("klapt niet uit zonder script", await summaries.first().innerText());
    }
    await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
    const opened = await wide();
    if (opened) note("schuift opzij op 320 px, uitgeklapt", opened);
  }
  await page.close();
}

const profile = mkdtempSync(join(tmpdir(), "toegankelijk-"));
const launch = { executablePath: CHROMIUM, headless: true, args: FLAGS, reducedMotion: "reduce" };
try {
  const half = [pages.filter((_, n) => n % 2 === 0), pages.filter((_, n) => n % 2 === 1)];
  const context = await chromium.launchPersistentContext(join(profile, "met"), launch);
  await watch(context);
  const version = context.browser()?.version() ?? "";
  await Promise.all(half.map((mine) => judge(context, mine)));
  await context.close();
  const bare = await chromium.launchPersistentContext(join(profile, "zonder"), {
    ...launch,
    javaScriptEnabled: false,
    viewport: { width: 320, height: 640 },
  });
  await watch(bare);
  // One at a time: the keyboard goes to the page in front.
  await useWithoutScripts(bare, pages);
  await bare.close();
  process.stdout.write(JSON.stringify({ chromium: version, beoordeeld: judged, fouten: faults }));
} finally {
  rmSync(profile, { recursive: true, force: true });
}
