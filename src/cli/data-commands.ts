import { once } from "node:events";
import { reviveDeadLetter } from "../app/dead-letters.ts";
import { exportLines } from "../app/export.ts";
import { rebuild } from "../app/rebuild.ts";
import { replay } from "../app/replay.ts";
import type { Policy } from "../core/config/policy.ts";
import type { Store } from "../ports/store.ts";
import { openSqliteStore, visitSqliteStore } from "../store/open-sqlite.ts";
import { complain, EXIT, type ExitCode, say } from "./output.ts";

const SHOWN = 200;

/** `loopdesk export`: all data as JSON lines on the standard output. A hub may be running. */
export async function exportData(folder: string): Promise<ExitCode> {
  return visit(folder, async (store) => {
    let lines = 0;
    for await (const line of exportLines(store)) {
      lines += 1;
      if (!process.stdout.write(`${line}\n`)) await once(process.stdout, "drain");
    }
    complain(`${lines} rows exported.`);
    return EXIT.ok;
  });
}

/** `loopdesk replay`: decide everything again and compare. A hub may be running; reads only. */
export async function replayData(folder: string, policyOf: (store: Store, hash: string) => Promise<Policy>): Promise<ExitCode> {
  return visit(folder, async (store) => {
    const policies = new Map<string, Promise<Policy>>();
    const report = await replay(store, (hash) => {
      const policy = policies.get(hash) ?? policyOf(store, hash);
      policies.set(hash, policy);
      return policy;
    });
    say(`${report.causes} causes were decided again, which gave ${report.events} events.`);
    for (const { cause, stream, stored, replayed } of report.divergences) {
      complain(`${stream} comes out differently at cause ${cause}:\n  stored:   ${stored || "(nothing)"}\n  replayed: ${replayed || "(nothing)"}`);
    }
    if (report.divergences.length > 0) return EXIT.problem;
    say("All of them are the same, byte for byte.");
    return EXIT.ok;
  });
}

/** `loopdesk rebuild`: fold all events again and put right what differs. The hub must be stopped. */
export async function rebuildData(folder: string): Promise<ExitCode> {
  const store = openSqliteStore(folder, () => Date.now());
  try {
    const { streams, events, mended } = await rebuild(store);
    say(`${events} events of ${streams} streams were folded.`);
    for (const stream of mended) say(`mended: ${stream}`);
    say(mended.length === 0 ? "Every live row was right." : `${mended.length} live rows were put right.`);
    return EXIT.ok;
  } finally {
    await store.close();
  }
}

/** `loopdesk dead-letters list`. */
export async function listDeadLetters(folder: string): Promise<ExitCode> {
  return visit(folder, async (store) => {
    const letters = await store.deadLetters(SHOWN);
    for (const { kind, id, account, attempts, error, at } of letters) {
      say(`${kind.padEnd(8)}${id.padEnd(22)}${new Date(at).toISOString()}  ${account}  after ${attempts} tries  ${error}`);
    }
    say(letters.length === 0 ? "There are no dead letters." : `${letters.length} dead letters${letters.length === SHOWN ? " (the newest)" : ""}.`);
    return EXIT.ok;
  });
}

/** `loopdesk dead-letters replay [id…]`: all of them, or those named. A running hub takes them up within seconds. */
export async function replayDeadLetters(folder: string, ids: readonly string[]): Promise<ExitCode> {
  return visit(folder, async (store) => {
    const letters = await store.deadLetters(100_000);
    const chosen = ids.length === 0 ? letters : letters.filter(({ id }) => ids.includes(id));
    const unknown = ids.filter((id) => !letters.some((letter) => letter.id === id));
    for (const letter of chosen) await reviveDeadLetter(store, letter, Date.now());
    say(`${chosen.length} dead letters are tried again as soon as a hub runs.`);
    for (const id of unknown) complain(`There is no dead letter ${id}.`);
    return unknown.length > 0 ? EXIT.problem : EXIT.ok;
  });
}

async function visit(folder: string, work: (store: Store) => Promise<ExitCode>): Promise<ExitCode> {
  const store = visitSqliteStore(folder);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
