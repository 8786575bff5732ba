import { once } from "node:events";
import { reviveDeadLetter } from "../app/dead-letters.ts";
import { exportLines } from "../app/export.ts";
import { rebuild } from "../app/rebuild.ts";
import { replay } from "../app/replay.ts";
import type { Env } from "../config/env.ts";
import { ConfigError, policyOfHash } from "../configure.ts";
import type { Policy } from "../core/config/policy.ts";
import type { Language } from "../core/text.ts";
import type { Store } from "../ports/store.ts";
import {
  type DataKind,
  openSqliteStore,
  storeError,
  type VisitedStore,
  visitSqliteStore,
} from "../store/open-sqlite.ts";
import { complain, EXIT, type ExitCode, say } from "./output.ts";
import { phrase } from "./words.ts";

const SHOWN = 200;
const ALL = 100_000;

/** Where the data is and in which language a command speaks. */
export type Place = {
  readonly folder: string;
  /** What the data must be; undefined takes what is there. */
  readonly kind: DataKind | undefined;
  readonly language: Language;
};

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

/**
 * `loopdesk replay`: decide everything again and compare. A hub may be running; reads only.
 * `envOf` is what the configurations were read with; accounts' secrets need not be in it.
 */
export function replayData(place: Place, envOf: (kind: DataKind | null) => Env): Promise<ExitCode> {
  const { language } = place;
  return visit(place, async (store) => {
    const env = envOf(store.kind);
    const policies = new Map<string, Promise<Policy>>();
    const { causes, events, divergences } = await replay(store, (hash) => {
      const policy = policies.get(hash) ?? policyOfHash(store, hash, env);
      policies.set(hash, policy);
      return policy;
    }).catch((error: unknown) => {
      if (error instanceof ConfigError) complain(phrase(language, "replayEnv"));
      throw error;
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
export function rebuildData({ folder, kind, language }: Place): Promise<ExitCode> {
  const store = openSqliteStore(folder, () => Date.now(), { kind, create: false });
  return use(store, folder, async () => {
    const { streams, events, mended } = await rebuild(store);
    say(phrase(language, "folded", { streams, events }));
    for (const stream of mended) say(phrase(language, "mended", { stream }));
    say(
      mended.length === 0
        ? phrase(language, "allRight")
        : phrase(language, "someMended", { n: mended.length }),
    );
    return EXIT.ok;
  });
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

function visit(
  { folder, kind }: Place,
  work: (store: VisitedStore) => Promise<ExitCode>,
): Promise<ExitCode> {
  const store = visitSqliteStore(folder, kind);
  return use(store, folder, () => work(store));
}

/** Work with an open store and close it; what the database fails at is an error of its folder. */
async function use(store: Store, folder: string, work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    throw storeError(error, folder);
  } finally {
    await store.close();
  }
}
