// Uses the page to explore as readers do, and tells as JSON what came of it.
//
//   node verken.mjs ADDRESS < {"vragen": [...], "standen": ["#i=...", ...], "gemaakt": [[step, ...], ...],
//                           "haperend": {"een": id, "ander": id}}
//
// ADDRESS ends in '/'. Of each question: whether typing it and pressing Enter gave another state, the answer and the
// address. Of each state: what axe-core found in three widths, and whether the page scrolls sideways. Of each state that
// is made by hand: what a browser that was never here shows at the link that is copied, the figures on that screen, and
// the files that are saved there. Of the first view on a slow telephone: bytes and time to the first answer.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const BREED = [360, 768, 1280];
const [base] = process.argv.slice(2);
const { vragen, standen, gemaakt, haperend: namen, keer = 1 } = JSON.parse(readFileSync(0, "utf8"));
const GESERVEERD = base.startsWith("http");
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
  const beantwoord = await klaar(page, was).then(() => true, () => false);
  return { vraag: tekst, beantwoord, antwoord: await antwoord(page), adres: await page.evaluate(() => location.hash) };
}

async function stand(page, hash) {
  const adres = `${base}verken.html${hash}`;
  const bevonden = [];
  for (const breed of BREED) {
    await page.setViewportSize({ width: breed, height: 900 });
    await page.goto("about:blank");
    await page.goto(adres);
    await klaar(page, null);
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
  return { hash, bevonden, antwoord: await antwoord(page) };
}

// One thing that a reader does; a report without a map or peers has no box for them.
async function stap(page, [wat, ...op]) {
  const was = await page.evaluate(() => location.hash);
  if (wat === "kies") await page.locator(`#${op[0]}`).selectOption(op[1]);
  if (wat === "vink") {
    if (!(await page.locator(`#${op[0]}`).count())) return;
    await page.locator(`#${op[0]}`).click();
  }
  if (wat === "weg") await page.getByRole("button", { name: `Haal ${op[0]} weg` }).click();
  if (wat === "erbij") {
    await page.locator("#verken-gebied").selectOption(op[0]);
    await page.getByRole("button", { name: "Voeg toe" }).click();
  }
  if (wat === "eigen") {
    await page.locator(".verken-eigen summary").click();
    await page.locator("#verken-naam").fill(op[0]);
    for (const code of op.slice(1)) await page.locator(`#verken-lid-${code}`).check();
    await page.getByRole("button", { name: "Tel op" }).click();
  }
  await klaar(page, was);
}

// All that a reader sees of a state: the controls as they stand, the words, the tables and the drawing.
const gezien = (page) =>
  page.evaluate(() => {
    const tekst = (e) => (e.tagName === "svg" ? e.outerHTML : e.textContent);
    const werk = [...document.querySelectorAll(".verken-werk h2, .verken-werk p, .verken-werk table, .verken-doek svg")];
    return {
      gekozen: [...document.querySelectorAll(".verken-gekozen li")].map(tekst),
      aangevinkt: [...document.querySelectorAll(".verken input:checked")].map((e) => e.id),
      lijsten: ["verken-indicator", "verken-periode", "verken-naam"].map((id) => document.getElementById(id).value),
      werk: werk.map(tekst),
    };
  });

// Of each cell of the tables: [area, period, text], without what is only for who listens.
const cellen = (page) =>
  page.evaluate(() => {
    const tekst = (td) => [...td.childNodes].filter((k) => !k.classList || !k.classList.contains("svd-voorlezen")).map((k) => k.textContent).join("");
    const rijen = (id) => [...document.querySelectorAll(`#${id} tr`)].map((tr) => [...tr.children].map(tekst));
    const [, ...stand] = rijen("verken-stand");
    const [jaarkop, ...jaren] = rijen("verken-jaren");
    const [rangkop, ...rang] = rijen("verken-rang");
    return [
      ...stand.map(([gebied, cijfer, periode]) => [gebied, periode, cijfer]),
      ...jaren.flatMap(([periode, ...rij]) => rij.map((cijfer, n) => [jaarkop[n + 1], periode, cijfer])),
      ...rang.map(([gebied, cijfer]) => [gebied, rangkop[1], cijfer]),
    ];
  });

// The part of two pictures, where there is anything, that differs by more than how an edge is smoothed.
const vergelijk = (page, een, ander) =>
  page.evaluate(async (beelden) => {
    const vlakken = await Promise.all(
      beelden.map(async (b) => {
        const beeld = new Image();
        beeld.src = `data:image/png;base64,${b}`;
        await beeld.decode();
        const doek = Object.assign(document.createElement("canvas"), { width: beeld.width >> 3, height: beeld.height >> 3 });
        const g = doek.getContext("2d");
        g.imageSmoothingQuality = "high";
        g.drawImage(beeld, 0, 0, doek.width, doek.height);
        return g.getImageData(0, 0, doek.width, doek.height);
      }),
    );
    const [a, b] = vlakken;
    const [breed, hoog] = [Math.min(a.width, b.width), Math.min(a.height, b.height)];
    let [iets, anders] = [0, 0];
    for (let y = 0; y < hoog; y += 1)
      for (let x = 0; x < breed; x += 1) {
        const kleur = (v) => [0, 1, 2].map((k) => v.data[4 * (y * v.width + x) + k]);
        const [p, q] = [kleur(a), kleur(b)];
        iets += [...p, ...q].some((k) => k < 235);
        anders += p.some((k, n) => Math.abs(k - q[n]) > 48);
      }
    return anders / iets;
  }, [een, ander].map((b) => b.toString("base64")));

// The drawing as the screen shows it, moved to where its pixels are whole ones.
async function fotografeer(page) {
  await page.setViewportSize({ width: 1280, height: 2000 });
  const svg = page.locator(".verken-doek svg");
  const [width, height] = await svg.evaluate((e) => {
    e.style.cssText = "position:fixed;top:0;left:0;z-index:9;background:#fff";
    return [e.width.baseVal.value, e.height.baseVal.value];
  });
  return page.screenshot({ clip: { x: 0, y: 0, width, height } });
}

async function bewaar(page, knop) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: knop }).click()]);
  return { naam: download.suggestedFilename(), inhoud: readFileSync(await download.path()) };
}

// A state made by hand in one browser, and what its link shows and saves in another that was never here.
let vorige = null;
async function maak(browser, stappen) {
  const hier = await open(browser, 1);
  await hier.goto(`${base}verken.html`);
  await klaar(hier, null);
  for (const s of stappen) await stap(hier, s);
  const eerste = await gezien(hier);
  let adres = hier.url();
  if (GESERVEERD) {
    await hier.getByRole("button", { name: "Kopieer link" }).click();
    adres = await hier.evaluate(() => navigator.clipboard.readText());
  }
  await hier.context().close();
  const vers = await open(browser, 2);
  await vers.goto(adres);
  await klaar(vers, null);
  const weer = await gezien(vers);
  const uit = { adres, eerste, weer, cellen: await cellen(vers) };
  uit.decimalen = await vers.evaluate(() => globalThis.Verken.indicatoren[globalThis.Verken.staat().i].decimalen);
  const [csv, png, svg] = [await bewaar(vers, "Bewaar de cijfers als CSV"), await bewaar(vers, "Bewaar het beeld als PNG"), await bewaar(vers, "Bewaar het beeld als SVG")];
  const scherm = await fotografeer(vers);
  uit.namen = [csv, png, svg].map((b) => b.naam);
  uit.csv = csv.inhoud.toString("utf8");
  uit.svg = svg.inhoud.toString("utf8");
  uit.verschil = await vergelijk(vers, png.inhoud, scherm);
  uit.vorige = vorige && (await vergelijk(vers, png.inhoud, vorige));
  vorige = png.inhoud;
  await vers.context().close();
  return uit;
}

async function open(browser, schaal) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", deviceScaleFactor: schaal });
  if (GESERVEERD) await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(base).origin });
  return nieuw(context);
}

// What is told and saved when figures are not there, and what is shown when the ones that were asked for first come last.
async function haperend(browser, { een, ander }) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
  let bewaard = 0;
  page.on("download", () => { bewaard += 1; });
  await page.goto(`${base}verken.html#i=${een}`);
  await klaar(page, null);
  const kop = () => page.locator("#verken-kop").innerText();
  const gekozen = await kop();
  await page.route(`**/verken/data/${ander}.js`, (route) => route.abort());
  await page.locator("#verken-indicator").selectOption(ander);
  await page.getByText("niet te laden").first().waitFor();
  const mist = { kop: await kop(), beeld: await page.locator(".verken-doek > *, #verken-stand").count(), gemeld: [] };
  for (const naam of ["PNG", "SVG"].map((n) => `Bewaar het beeld als ${n}`).concat("Bewaar de cijfers als CSV")) {
    await page.getByRole("button", { name: naam }).click();
    await page.waitForTimeout(300);
    mist.gemeld.push(await page.locator("[role=status]").first().innerText());
  }
  await page.unroute(`**/verken/data/${ander}.js`);
  await page.route(`**/verken/data/${ander}.js`, async (route) => { await new Promise((r) => setTimeout(r, 900)); await route.continue(); });
  await page.locator("#verken-indicator").selectOption(een);
  await page.locator("#verken-indicator").selectOption(ander);
  await page.locator("#verken-indicator").selectOption(een);
  await page.waitForTimeout(2000);
  const laat = { gekozen, kop: await kop(), geladen: await page.evaluate((id) => Boolean(globalThis.Verken.data[id]), ander) };
  await page.context().close();
  return { mist: { ...mist, bewaard }, laat };
}

// A telephone of some years ago on a slow line: 1.6 Mbit/s, 150 ms, a processor four times as slow.
async function telefoon(browser) {
  const page = await open(browser, 1);
  await page.setViewportSize({ width: 360, height: 740 });
  const cdp = await page.context().newCDPSession(page);
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
  await page.context().close();
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
  await page.locator("#verken-v-pv").press("Space");
  await page.waitForTimeout(400);
  return { bereikt, gemeld: await page.locator("[role=status]").first().innerText() };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
try {
  const page = await open(browser, 1);
  const uit = { vragen: [], standen: [], gemaakt: [], fouten };
  for (const v of vragen) uit.vragen.push(await vraag(page, v));
  for (const s of standen) uit.standen.push(await stand(page, s));
  for (const g of gemaakt) uit.gemaakt.push(await maak(browser, g));
  if (standen.length) {
    uit.toetsen = await toetsen(page);
    // each time in a browser that keeps nothing of the time before
    const keren = [];
    for (let n = 0; n < keer; n += 1) keren.push(await telefoon(browser));
    uit.telefoon = { bytes: keren[0].bytes, ms: keren.map((k) => k.ms) };
    uit.haperend = await haperend(browser, namen);
  }
  process.stdout.write(JSON.stringify(uit));
} finally {
  await browser.close();
}
