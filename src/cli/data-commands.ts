import { once } from "node:events";
import { reviveDeadLetter } from "../app/dead-letters.ts";
import { exportLines } from "../app/export.ts";
import { rebuild } from "../app/rebuild.ts";
import { replay } from "../app/replay.ts";
import type { Policy } from "../core/config/policy.ts";
import type { Language } from "../core/text.ts";
import type { Store } from "../ports/store.ts";
import { openSqliteStore, visitSqliteStore } from "../store/open-sqlite.ts";
import { complain, EXIT, type ExitCode, say } from "./output.ts";
import { phrase } from "./words.ts";

const SHOWN = 200;
const ALL = 100_000;

/** Where the data is and in which language a command speaks. */
export type Place = { readonly folder: string; readonly language: Language };

/** `loopdesk export`: all data as JSON lines on the standard output. A hub may be running. */
export function exportData(place: Place): Promise<ExitCode> {
  return visit(place, async (store) => {
    let n = 0;
    for await (const line of exportLines(store)) {
      n += 1;
      if (!process.stdout.write(`${line}\n`)) await once(process.stdout, "drain");
    }
    complain(phrase(place.language, "exported", { n }));
    return EXIT.ok;
  });
}

/** `loopdesk replay`: decide everything again and compare. A hub may be running; reads only. */
export function replayData(
  place: Place,
  policyOf: (store: Store, hash: string) => Promise<Policy>,
): Promise<ExitCode> {
  const { language } = place;
  return visit(place, async (store) => {
    const policies = new Map<string, Promise<Policy>>();
    const { causes, events, divergences } = await replay(store, (hash) => {
      const policy = policies.get(hash) ?? policyOf(store, hash);
      policies.set(hash, policy);
      return policy;
    });
    say(phrase(language, "replayed", { causes, events }));
    const nothing = phrase(language, "nothing");
    for (const { cause, stream, stored, replayed } of divergences) {
      const params = { cause, stream, stored: stored || nothing, replayed: replayed || nothing };
      complain(phrase(language, "replayDiffers", params));
    }
    if (divergences.length > 0) return EXIT.problem;
    say(phrase(language, "replaySame"));
    return EXIT.ok;
  });
}

/** `loopdesk rebuild`: fold all events again and put right what differs. The hub must be stopped. */
export async function rebuildData({ folder, language }: Place): Promise<ExitCode> {
  const store = openSqliteStore(folder, () => Date.now());
  try {
    const { streams, events, mended } = await rebuild(store);
    say(phrase(language, "folded", { streams, events }));
    for (const stream of mended) say(phrase(language, "mended", { stream }));
    say(
      mended.length === 0
        ? phrase(language, "allRight")
        : phrase(language, "someMended", { n: mended.length }),
    );
    return EXIT.ok;
  } finally {
    await store.close();
  }
}

/** `loopdesk dead-letters list`. */
export function listDeadLetters(place: Place): Promise<ExitCode> {
  const { language } = place;
  return visit(place, async (store) => {
    const letters = await store.deadLetters(SHOWN);
    for (const { kind, id, account, attempts, error, at } of letters) {
      const when = new Date(at).toISOString();
      say(
        phrase(language, "letter", {
          kind: kind.padEnd(8),
          id,
          account,
          attempts,
          error,
          at: when,
        }),
      );
    }
    const n = letters.length;
    if (n === 0) say(phrase(language, "noLetters"));
    else say(phrase(language, n === SHOWN ? "newestLetters" : "letters", { n }));
    return EXIT.ok;
  });
}

/** `loopdesk dead-letters replay [id…]`: all of them, or those named. A running hub takes them up within seconds. */
export function replayDeadLetters(place: Place, ids: readonly string[]): Promise<ExitCode> {
  const { language } = place;
  return visit(place, async (store) => {
    const letters = await store.deadLetters(ALL);
    const chosen = ids.length === 0 ? letters : letters.filter(({ id }) => ids.includes(id));
    const unknown = ids.filter((id) => !letters.some((letter) => letter.id === id));
    for (const letter of chosen) await reviveDeadLetter(store, letter, Date.now());
    say(phrase(language, "revived", { n: chosen.length }));
    for (const id of unknown) complain(phrase(language, "noSuchLetter", { id }));
    return unknown.length > 0 ? EXIT.problem : EXIT.ok;
  });
}

async function visit(
  { folder }: Place,
  work: (store: Store) => Promise<ExitCode>,
): Promise<ExitCode> {
  const store = visitSqliteStore(folder);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
