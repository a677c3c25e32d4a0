// Uses the page to explore as readers do, and tells as JSON what came of it.
//
//   node verken.mjs ADDRESS < {"vragen": ["question", ...], "standen": ["#i=...", ...]}     ADDRESS ends in '/'
//
// Of each question: how many actions, the answer and the address. Of each state: what axe-core found in three widths,
// whether the page scrolls sideways, and the answer again when the address is opened afresh; the CSV beside the table.
// Of the first view on a slow telephone: bytes and time to the first answer.
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const BREED = [360, 768, 1280];
const [base] = process.argv.slice(2);
const { vragen, standen } = JSON.parse(readFileSync(0, "utf8"));
const profile = mkdtempSync(join(tmpdir(), "verken-"));
const fouten = [];

const klaar = (page, was) =>
  page.waitForFunction(
    (oud) => document.documentElement.dataset.verken && document.querySelector(".verken-werk").getAttribute("aria-busy") === "false" &&
      (oud === null || location.hash !== oud),
    was,
    { timeout: 20000 },
  );
const antwoord = (page) => page.locator(".verken-antwoord p").first().innerText();

async function nieuw(context) {
  const page = await context.newPage();
  page.on("pageerror", (e) => fouten.push(`fout op de bladzijde: ${e}`));
  // a browser asks every site for an icon of its own accord
  const icoon = (url) => url.endsWith("/favicon.ico");
  page.on("console", (m) => m.type() === "error" && !icoon(m.location().url) && fouten.push(`fout op de bladzijde: ${m.text()}`));
  page.on("response", (r) => r.status() >= 400 && !icoon(r.url()) && fouten.push(`niet gevonden: ${r.url()}`));
  page.on("request", (r) => {
    const url = r.url();
    if (!url.startsWith(base) && !/^(data|blob):/.test(url)) fouten.push(`verzoek naar buiten: ${url}`);
  });
  return page;
}

async function vraag(page, tekst) {
  await page.goto("about:blank");
  await page.goto(`${base}verken.html`);
  await klaar(page, null);
  const was = await page.evaluate(() => location.hash);
  await page.getByRole("combobox", { name: /stel een vraag/ }).fill(tekst);
  await page.keyboard.press("Enter");
  await klaar(page, was).catch(() => null);
  return { vraag: tekst, handelingen: 2, antwoord: await antwoord(page), adres: await page.evaluate(() => location.hash) };
}

async function stand(context, page, hash) {
  const adres = `${base}verken.html${hash}`;
  const bevonden = [];
  for (const breed of BREED) {
    await page.setViewportSize({ width: breed, height: 900 });
    await page.goto("about:blank");
    await page.goto(adres);
    await klaar(page, null);
    // axe reads style sheets again by a request that a folder does not answer
    if (!base.startsWith("http")) continue;
    await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(
      (tags) => globalThis.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] }),
      TAGS,
    );
    for (const v of violations) for (const n of v.nodes) bevonden.push(`${breed}: ${v.id} ${n.target.join(" ")} ${n.html.slice(0, 120)}`);
    const wijd = await page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);
    if (wijd > 0) bevonden.push(`${breed}: schuift ${wijd} px opzij`);
  }
  const eerste = { antwoord: await antwoord(page), tabel: await page.locator("#verken-stand").innerText() };
  const vers = await nieuw(context);
  await vers.goto(adres);
  await klaar(vers, null);
  const weer = { antwoord: await antwoord(vers), tabel: await vers.locator("#verken-stand").innerText() };
  const csv = await vers.evaluate(() => globalThis.Verken.csvTekst());
  const [download] = await Promise.all([vers.waitForEvent("download"), vers.getByRole("button", { name: "Bewaar het beeld als PNG" }).click()]);
  const png = readFileSync(await download.path());
  const svg = await vers.evaluate(() => {
    const s = document.querySelector(".verken-doek svg");
    return { breed: Number(s.getAttribute("width")), hoog: Number(s.getAttribute("height")), tekst: s.textContent, naam: s.getAttribute("aria-label") };
  });
  const getallen = await vers.locator("#verken-jaren td, #verken-rang td:nth-child(2)").evaluateAll((tds) => tds.map((td) => td.childNodes[0].textContent));
  await vers.close();
  return {
    hash, bevonden, gelijk: JSON.stringify(eerste) === JSON.stringify(weer), antwoord: weer.antwoord, csv, getallen, svg,
    png: { breed: png.readUInt32BE(16), hoog: png.readUInt32BE(20), bytes: png.length },
  };
}

// A telephone of some years ago on a slow line: 1.6 Mbit/s, 150 ms, a processor four times as slow.
async function telefoon(context) {
  const page = await nieuw(context);
  await page.setViewportSize({ width: 360, height: 740 });
  const cdp = await context.newCDPSession(page);
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: 200000, uploadThroughput: 90000 });
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const begin = Date.now();
  await page.goto(`${base}verken.html`);
  await klaar(page, null);
  const ms = Date.now() - begin;
  const bytes = await page.evaluate(() =>
    [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].reduce((n, e) => n + e.decodedBodySize, 0),
  );
  await page.close();
  return { bytes, ms };
}

// What a keyboard reaches, in order: the role and name of each, up to the first table.
async function toetsen(page) {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto("about:blank");
  await page.goto(`${base}verken.html`);
  await klaar(page, null);
  const bereikt = [];
  for (let n = 0; n < 40; n += 1) {
    await page.keyboard.press("Tab");
    bereikt.push(await page.evaluate(() => document.activeElement.id || document.activeElement.getAttribute("aria-label") || document.activeElement.textContent.trim().slice(0, 30)));
  }
  await page.locator("#verken-v-buren").press("Space");
  await page.waitForTimeout(400);
  return { bereikt, gemeld: await page.locator("[role=status]").first().innerText() };
}

try {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    headless: true,
    reducedMotion: "reduce",
    acceptDownloads: true,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
    viewport: { width: 1280, height: 900 },
  });
  const page = await nieuw(context);
  const uit = { vragen: [], standen: [], fouten };
  for (const v of vragen) uit.vragen.push(await vraag(page, v));
  for (const s of standen) uit.standen.push(await stand(context, page, s));
  uit.toetsen = await toetsen(page);
  if (base.startsWith("http")) uit.telefoon = await telefoon(context);
  await context.close();
  process.stdout.write(JSON.stringify(uit));
} finally {
  rmSync(profile, { recursive: true, force: true });
}
