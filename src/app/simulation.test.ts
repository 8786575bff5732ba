import { expect, it } from "vitest";
import { SHORT, simulate } from "../../test/support/simulation.ts";
import { findingsOf, rowsOf } from "../../test/support/simulation-findings.ts";

const SEEDS = 100;

it(`comes right after any trouble, in ${SEEDS} random lives`, { timeout: 120_000 }, async () => {
  const found: Record<number, string[]> = {};
  const seen = { deaths: 0, messages: 0, tickets: 0, events: new Set<unknown>() };
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const run = await simulate(seed, SHORT);
    const findings = await findingsOf(run);
    if (findings.length > 0) found[seed] = findings;
    seen.deaths += run.deaths;
    seen.messages += run.messages.size;
    seen.tickets += (await rowsOf(run, "tickets")).length;
    for (const { type } of await rowsOf(run, "events")) seen.events.add(type);
    await run.close();
  }
  expect(found).toEqual({});
  // The lives were lively: else nothing was shown.
  expect(seen.deaths).toBeGreaterThan(SEEDS / 2);
  expect(seen.messages).toBeGreaterThan(5 * SEEDS);
  expect(seen.tickets).toBeGreaterThan(SEEDS);
  const between = ["transferred", "assigned", "watched", "linked", "field_set"];
  expect(between.filter((type) => seen.events.has(type)).length).toBeGreaterThan(2);
});
