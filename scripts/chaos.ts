/**
 * Months of simulated time with hostile vendors and a hub that dies at any moment, each from its own seed:
 *
 *   npm run chaos                            20 months
 *   npm run chaos -- --seeds 500             as many as you have time for
 *   npm run chaos -- --seeds 1 --from 137    the month of seed 137 once more
 *
 * Exit code 1 when anything was not as it must be; the same seed shows it again.
 */
import { parseArgs } from "node:util";
import { simulate } from "../test/support/simulation.ts";
import { findingsOf } from "../test/support/simulation-findings.ts";
import { MONTH } from "../test/support/simulation-month.ts";

const { seeds, from } = parseArgs({
  options: {
    seeds: { type: "string", default: "20" },
    from: { type: "string", default: "1" },
  },
}).values;
const first = Number(from);
const count = Number(seeds);

if (!Number.isSafeInteger(first) || !Number.isSafeInteger(count) || count < 1) {
  console.error("--seeds and --from are whole numbers.");
  process.exitCode = 2;
} else {
  let failed = 0;
  for (let seed = first; seed < first + count; seed += 1) {
    const run = await simulate(seed, MONTH);
    const findings = await findingsOf(run);
    console.log(
      `seed ${seed}: ${run.messages.size} messages, ${run.deaths} deaths, ${findings.length} findings`,
    );
    for (const finding of findings) console.log(`  ${finding}`);
    if (findings.length > 0) failed += 1;
    await run.close();
  }
  console.log(`${count - failed} of ${count} months came right.`);
  process.exitCode = failed === 0 ? 0 : 1;
}
