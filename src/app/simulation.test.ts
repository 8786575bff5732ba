import { expect, it } from "vitest";
import { deskPolicy } from "../../test/support/hub.ts";
import { outOfStep } from "../../test/support/in-step.ts";
import { type Simulation, simulate } from "../../test/support/simulation.ts";
import { deriveId } from "../core/id.ts";
import type { ExportTable } from "../ports/store.ts";
import { rebuild } from "./rebuild.ts";
import { replay } from "./replay.ts";

const SEEDS = 100;
const STEPS = 12;

type Values = Readonly<Record<string, string | number | null>>;

async function rowsOf({ store }: Simulation, table: ExportTable): Promise<Values[]> {
  return (await store.page(table, 0, 10_000)).map(({ values }) => values);
}

/** One inbox row, one hearing and one decision for each message, and nothing left undone. */
async function undecided(run: Simulation): Promise<string[]> {
  const [inbox, events] = await Promise.all([rowsOf(run, "inbox"), rowsOf(run, "events")]);
  const findings = inbox.flatMap(({ id, status }) =>
    status === "done" ? [] : [`${id} is ${status}`],
  );
  for (const key of run.messages) {
    const rows = inbox.filter((row) => row.dedupe_key === key && row.kind === "message");
    const id = String(rows[0]?.id);
    const heard = events.filter(
      ({ type, data }) => type === "heard" && String(data).includes(`"inbox":"${id}"`),
    );
    const decided = events.filter(({ cause }) => cause === deriveId(id, "respond"));
    if (rows.length !== 1 || heard.length !== 1 || decided.length === 0)
      findings.push(
        `${key}: ${rows.length} rows, ${heard.length} heard, ${decided.length} decided`,
      );
  }
  return findings;
}

/** All was sent, under one id each, and nothing that the hub knew to be sent was sent again. */
async function missent(run: Simulation): Promise<string[]> {
  const outbox = await rowsOf(run, "outbox");
  const findings = outbox.flatMap(({ id, status }) =>
    status === "sent" ? [] : [`message ${id} is ${status}`],
  );
  const surfaces = await rowsOf(run, "surfaces");
  const known = new Set(outbox.map(({ id }) => id));
  for (const { id, edition } of surfaces) {
    known.add(id ?? "");
    for (let n = 2; n <= Number(edition); n += 1) known.add(deriveId(String(id), n));
  }
  const sent = Object.values(run.channels).flatMap((channel) => channel.sent.map(({ id }) => id));
  findings.push(...sent.filter((id) => !known.has(id)).map((id) => `${id} is nobody's`));
  findings.push(...triedTooOften(run, outbox));
  if (new Set(sent).size !== sent.length) findings.push("an id was sent twice");
  if (sent.length !== known.size) findings.push(`${sent.length} sent of ${known.size}`);
  return findings;
}

/** A message is tried once for each try that is booked, and once more for each process that may have died trying. */
function triedTooOften({ channels, deaths }: Simulation, outbox: readonly Values[]): string[] {
  const tries = Object.values(channels).flatMap((channel) => channel.tries);
  return outbox.flatMap(({ id, attempts }) => {
    const count = tries.filter((tried) => tried === id).length;
    const right = count >= Number(attempts) && count <= Number(attempts) + deaths;
    return right ? [] : [`${id} was tried ${count} times, ${attempts} are booked`];
  });
}

async function findingsOf(run: Simulation): Promise<string[]> {
  const numbers = (await rowsOf(run, "tickets")).map(({ number }) => number);
  const { divergences } = await replay(run.store, async () => deskPolicy);
  const { mended } = await rebuild(run.store);
  return [
    ...(await undecided(run)),
    ...(await missent(run)),
    ...(await outOfStep(run.hub.hub, run.channels)),
    ...(await run.store.deadLetters(10)).map(({ kind, error }) => `dead ${kind}: ${error}`),
    ...divergences.map(({ cause }) => `replay of ${cause} came out differently`),
    ...mended.map((stream) => `${stream} was not what its events say`),
    ...(new Set(numbers).size === numbers.length ? [] : ["a number was given twice"]),
  ];
}

it(`comes right after any trouble, in ${SEEDS} random lives`, { timeout: 120_000 }, async () => {
  const found: Record<number, string[]> = {};
  const seen = { deaths: 0, messages: 0, tickets: 0 };
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const run = await simulate(seed, STEPS);
    const findings = await findingsOf(run);
    if (findings.length > 0) found[seed] = findings;
    seen.deaths += run.deaths;
    seen.messages += run.messages.size;
    seen.tickets += (await rowsOf(run, "tickets")).length;
    await run.close();
  }
  expect(found).toEqual({});
  // The lives were lively: else nothing was shown.
  expect(seen.deaths).toBeGreaterThan(SEEDS / 2);
  expect(seen.messages).toBeGreaterThan(5 * SEEDS);
  expect(seen.tickets).toBeGreaterThan(SEEDS);
});
