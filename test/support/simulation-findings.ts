import { rebuild } from "../../src/app/rebuild.ts";
import { replay } from "../../src/app/replay.ts";
import { deriveId } from "../../src/core/id.ts";
import { teamPlaces } from "../../src/core/ticket/places.ts";
import type { ExportTable } from "../../src/ports/store.ts";
import { outOfStep } from "./in-step.ts";
import type { Simulation } from "./simulation.ts";
import { twoTeams } from "./two-teams.ts";

type Values = Readonly<Record<string, string | number | null>>;

/** All rows of a table. */
export async function rowsOf({ store }: Simulation, table: ExportTable): Promise<Values[]> {
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
    status === (run.refused.has(String(id)) ? "dead" : "sent")
      ? []
      : [`message ${id} is ${status}`],
  );
  const surfaces = await rowsOf(run, "surfaces");
  const known = new Set(outbox.map(({ id }) => id).filter((id) => !run.refused.has(String(id))));
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

/** What a vendor refused is back with its ticket: once, worked, and in its log. */
async function lostWords(run: Simulation): Promise<string[]> {
  const results = (await rowsOf(run, "inbox")).filter(({ kind }) => kind === "result");
  const events = await rowsOf(run, "events");
  const noted = new Set(
    events.filter(({ type }) => type === "undelivered").map(({ stream }) => stream),
  );
  const findings = results.flatMap(({ mailbox }) =>
    noted.has(mailbox ?? "") ? [] : [`${mailbox} does not know what never arrived`],
  );
  if (results.length !== run.refused.size)
    findings.push(`${results.length} came back of ${run.refused.size}`);
  return findings;
}

/** Each ticket has a card with whoever asked, and one in each place of its team. */
async function misplaced(run: Simulation): Promise<string[]> {
  const findings: string[] = [];
  for (const { id } of await rowsOf(run, "tickets")) {
    const ticket = await run.store.ticket(String(id));
    if (ticket === null) continue;
    const copies = await run.store.surfaces(ticket.id);
    for (const { account, to } of [ticket.origin, ...teamPlaces(ticket.team, twoTeams)]) {
      const copy = copies.find((one) => one.account === account && one.to.id === to.id);
      if (copy?.remoteId == null) findings.push(`#${ticket.number} has no card at ${to.id}`);
    }
  }
  return findings;
}

/** All that is not as it must be once everything came to rest, each a sentence. */
export async function findingsOf(run: Simulation): Promise<string[]> {
  const numbers = (await rowsOf(run, "tickets")).map(({ number }) => number);
  const { divergences } = await replay(run.store, async () => twoTeams);
  const { mended } = await rebuild(run.store);
  return [
    ...(await undecided(run)),
    ...(await missent(run)),
    ...(await misplaced(run)),
    ...run.complaints,
    ...(await outOfStep(run.hub.hub, run.channels)),
    ...(await run.store.deadLetters(100))
      .filter(({ id }) => !run.refused.has(id))
      .map(({ kind, error }) => `dead ${kind}: ${error}`),
    ...(await lostWords(run)),
    ...divergences.map(({ cause }) => `replay of ${cause} came out differently`),
    ...mended.map((stream) => `${stream} was not what its events say`),
    ...(new Set(numbers).size === numbers.length ? [] : ["a number was given twice"]),
  ];
}
