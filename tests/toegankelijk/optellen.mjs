// Adds municipalities up with the very script of the page to explore, without a page.
//
//   node optellen.mjs FOLDER < [["indicator", ["GM0106", ...]], ...]      FOLDER holds `verken/` of a report
//
// Tells as JSON, per question: by period the value (or null), the place of its status, whether it is an approximation,
// the place of the reason where there is no value, and the margins.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInThisContext } from "node:vm";

const folder = join(process.argv[2], "verken");
const run = (name) => runInThisContext(readFileSync(join(folder, name), "utf8"), { filename: name });
run("rekenen.js");
run("lijst.js");
const { Verken } = globalThis;
const answers = JSON.parse(readFileSync(0, "utf8")).map(([id, leden]) => {
  if (!Verken.data[id]) run(`data/${id}.js`);
  const sum = Verken.telOp(id, leden);
  return Object.fromEntries(
    Verken.data[id].p.map((periode, n) => {
      const p = Verken.punt(id, sum, n);
      return [periode, { waarde: p.waarde, status: p.status, benadering: p.benadering, reden: p.reden, onder: p.onder, boven: p.boven }];
    }),
  );
});
process.stdout.write(JSON.stringify(answers));
