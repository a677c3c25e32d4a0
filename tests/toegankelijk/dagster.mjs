// Uses the page of Dagster as somebody who sees it for the first time, and tells as JSON what came of it.
//
//   node dagster.mjs ADDRESS
//
// ADDRESS ends in '/'. Finds the graph, starts the refresh, waits for its end, reads the checks of the report, and
// follows the link of what was published. Every request that does not go to ADDRESS is told.
import { chromium } from "playwright-core";

const [base] = process.argv.slice(2);
const uit = { naarBuiten: [], fouten: [] };
const zien = async (page) => (await page.evaluate(() => document.body.innerText)).replace(/\s+/g, " ");

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
try {
  const context = await browser.newContext({ viewport: { width: 1500, height: 1000 } });
  // the machine is shared: what takes a second takes a minute at times
  context.setDefaultTimeout(180000);
  context.on("request", (r) => !r.url().startsWith(base) && !/^(data|blob):/.test(r.url()) && uit.naarBuiten.push(r.url()));
  const page = await context.newPage();
  page.on("pageerror", (e) => uit.fouten.push(String(e)));

  // what somebody sees first: no invitation in the way, and from there the graph
  await page.goto(base, { waitUntil: "domcontentloaded" });
  const menu = (waar) => page.locator(`a[href="/${waar}"]`).first();
  await menu("asset-groups").waitFor();
  await page.waitForTimeout(3000);
  uit.eerste = await zien(page);
  await menu("asset-groups").click();
  await page.getByText("publicatie").first().waitFor();
  uit.graaf = await zien(page);

  // the job, what it says of itself, and its one button
  await menu("jobs").click();
  await page.locator('a[href$="/jobs/verversen"]').first().click();
  const start = page.getByRole("button", { name: "Materialize all" });
  await start.waitFor();
  await page.getByText("Haal de bronnen op").first().waitFor();
  uit.taak = await zien(page);
  await start.click();

  // its run is the newest one under Runs
  await page.getByText("Latest run").first().waitFor();
  await menu("runs").click();
  await page.locator('a[href^="/runs/"]').first().click();
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}/, { waitUntil: "commit" });
  await page.getByText(/^(Success|Failure|Canceled)$/).first().waitFor({ timeout: 1500000 });
  uit.run = await zien(page);

  // the checks of what holds the cells, in the words that were written for people
  await page.goto(`${base}assets/kern/waarneming?view=checks`, { waitUntil: "domcontentloaded" });
  await page.getByText("Passed").first().waitFor();
  await page.waitForTimeout(3000);
  uit.toetsen = await zien(page);

  // what was published says where it can be read, and that opens
  await page.goto(`${base}assets/publicatie/actueel`, { waitUntil: "domcontentloaded" });
  const link = page.getByRole("link", { name: /^\/rapport\// }).first();
  await link.waitFor();
  uit.publicatie = await zien(page);
  const [rapport] = await Promise.all([context.waitForEvent("page"), link.click()]);
  await rapport.waitForLoadState();
  uit.rapport = { adres: rapport.url(), titel: await rapport.title(), tekst: (await zien(rapport)).slice(0, 2000) };
  const eerste = rapport.locator('main a[href$=".html"]').first();
  await eerste.click();
  await rapport.waitForLoadState();
  uit.verder = { adres: rapport.url(), titel: await rapport.title() };
} catch (fout) {
  uit.gestopt = String(fout);
  for (const page of browser.contexts().flatMap((c) => c.pages())) uit.scherm = `${page.url()} ${(await zien(page)).slice(0, 3000)}`;
} finally {
  process.stdout.write(JSON.stringify(uit));
  await browser.close();
}
