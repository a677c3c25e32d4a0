// Runs the very scripts of the page to explore without a page, and tells what expressions give.
//
//   node script.mjs FOLDER < [["indicator", ...], "expression", ...]      FOLDER holds `verken/` of a report
//
// First the indicators whose figures are loaded, then JavaScript in which `V` is the page; answers as JSON, in order.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";

const folder = join(process.argv[2], "verken");
const run = (name) => runInThisContext(readFileSync(join(folder, name), "utf8"), { filename: name });
// a sheet for drawings: it keeps what is set on it, and every letter is as wide
const maak = (naam) => ({
  naam, attrs: {}, kinderen: [],
  setAttribute(k, v) { this.attrs[k] = String(v); },
  append(...k) { this.kinderen.push(...k); },
  prepend(...k) { this.kinderen.unshift(...k); },
  addEventListener() {},
  getContext: () => ({ measureText: (tekst) => ({ width: 7 * tekst.length }) }),
});
globalThis.document = { createElement: maak, createElementNS: (_, naam) => maak(naam) };
for (const name of ["rekenen.js", "lijst.js", "zoeken.js", "staat.js", "tekenen.js", "tonen.js"]) run(name);
globalThis.V = globalThis.Verken;
const [indicatoren, ...vragen] = JSON.parse(readFileSync(0, "utf8"));
for (const id of indicatoren) run(`data/${id}.js`);
process.stdout.write(JSON.stringify(vragen.map((vraag) => runInThisContext(vraag) ?? null)));
