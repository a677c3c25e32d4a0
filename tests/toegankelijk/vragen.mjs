// Asks a report its questions as a reader does: open the title page, click the question, read what stands under it.
//
//   node vragen.mjs http://127.0.0.1:PORT/ "question" ["question" ...]
//
// Tells as JSON, per question: how many clicks, the address it ended at, and the answer that is in view.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [base, ...questions] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "vragen-"));
const answers = [];
try {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    headless: true,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
    viewport: { width: 1280, height: 900 },
  });
  await context.route("**", (route) =>
    route.request().url().startsWith(base) || route.request().url().startsWith("data:")
      ? route.continue()
      : route.abort(),
  );
  const page = await context.newPage();
  for (const question of questions) {
    await page.goto(`${base}index.html`, { waitUntil: "load" });
    await page.getByRole("link", { name: question, exact: true }).click();
    await page.waitForLoadState("load");
    const heading = page.getByRole("heading", { name: question, exact: true });
    // The browser scrolls after the page has loaded; half a pixel above the edge is in view.
    const seen = await page
      .waitForFunction(
        (text) => {
          const found = [...document.querySelectorAll("h2")].find((h) => h.textContent.trim() === text);
          const box = found?.getBoundingClientRect();
          return box && box.top > -2 && box.bottom <= window.innerHeight;
        },
        question,
        { timeout: 5000 },
      )
      .then(() => true)
      .catch(() => false);
    const answer = await heading.evaluate((h) => h.nextElementSibling.innerText);
    answers.push({ vraag: question, klikken: 1, adres: page.url().slice(base.length), in_beeld: seen, antwoord: answer });
  }
  await context.close();
  process.stdout.write(JSON.stringify(answers));
} finally {
  rmSync(profile, { recursive: true, force: true });
}
