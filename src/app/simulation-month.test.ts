import { expect, it } from "vitest";
import { simulate } from "../../test/support/simulation.ts";
import { findingsOf, rowsOf } from "../../test/support/simulation-findings.ts";
import { MONTH } from "../../test/support/simulation-month.ts";

/** `npm run chaos` lives through more of them. */
const SEEDS = 5;

it(`has every ticket's cards in their places after a month with hostile vendors (${SEEDS} months)`, {
  timeout: 120_000,
}, async () => {
  const found: Record<number, string[]> = {};
  const seen = { deaths: 0, messages: 0, tickets: 0, days: 0, refused: 0 };
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const run = await simulate(seed, MONTH);
    const findings = await findingsOf(run);
    if (findings.length > 0) found[seed] = findings;
    const tickets = await rowsOf(run, "tickets");
    seen.deaths += run.deaths;
    seen.messages += run.messages.size;
    seen.refused += run.refused.size;
    seen.tickets += tickets.length;
    const begun = tickets.map(({ created_at: at }) => Number(at));
    seen.days += (Math.max(...begun) - Math.min(...begun)) / 86_400_000;
    await run.close();
  }
  expect(found).toEqual({});
  // The months were lively: else nothing was shown.
  expect(seen.deaths).toBeGreaterThan(3 * SEEDS);
  expect(seen.messages).toBeGreaterThan(30 * SEEDS);
  expect(seen.tickets).toBeGreaterThan(5 * SEEDS);
  expect(seen.refused).toBeGreaterThan(SEEDS / 2);
  expect(seen.days).toBeGreaterThan(15 * SEEDS);
});
