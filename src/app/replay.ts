import type { Command } from "../core/command.ts";
import type { Policy } from "../core/config/policy.ts";
import { isRefusal } from "../core/refusal.ts";
import { decideStep, type StreamStep } from "../core/step.ts";
import type { Store } from "../ports/store.ts";
import { eventRow } from "./commit-step.ts";
import { rowsOf } from "./pages.ts";
import { worldBefore } from "./replay-world.ts";

export type ReplayReport = {
  readonly causes: number;
  readonly events: number;
  /** The first cause of each stream that came out differently; what follows in that stream is not compared. */
  readonly divergences: readonly {
    readonly cause: string;
    readonly stream: string;
    readonly stored: string;
    readonly replayed: string;
  }[];
};

type States = Map<string, StreamStep["state"]>;

/**
 * Decide every cause again, from its stored command, its configuration and the states that follow from the causes
 * before it, and compare the events with the stored ones byte for byte. Reads only.
 */
export async function replay(
  store: Store,
  policyOf: (hash: string) => Promise<Policy>,
): Promise<ReplayReport> {
  const states: States = new Map();
  const diverged = new Set<string>();
  const divergences: ReplayReport["divergences"][number][] = [];
  const log = eventsByCause(store);
  let causes = 0;
  let events = 0;
  for await (const row of rowsOf(store, "causes")) {
    const cause = String(row.id);
    const command = JSON.parse(String(row.input)) as Command;
    const stored = await log.take(cause);
    causes += 1;
    events += stored.length;
    if (diverged.has(command.stream)) continue;
    const replayed = decideAgain(command, cause, states, await policyOf(String(row.config_hash)));
    const [before, after] = [stored.join("\n"), replayed.join("\n")];
    if (before === after) continue;
    for (const line of [...stored, ...replayed]) diverged.add(streamIn(line) ?? command.stream);
    diverged.add(command.stream);
    divergences.push({ cause, stream: command.stream, stored: before, replayed: after });
  }
  return { causes, events, divergences };
}

function decideAgain(command: Command, cause: string, states: States, policy: Policy): string[] {
  const step = decideStep(command, cause, worldBefore(command, states), policy);
  if (isRefusal(step)) return [`refused: ${step.refused}`];
  const lines = step.streams.flatMap(({ stream, expectedVersion, events, at }) =>
    events.map((event, index) => {
      const { type, schema, data } = eventRow(event, at);
      return line([stream, expectedVersion + 1 + index, type, schema, at, data]);
    }),
  );
  for (const { stream, state } of step.streams) states.set(stream, state);
  return lines;
}

/** A refusal is a line without a stream. */
function streamIn(text: string): string | null {
  return text.startsWith("[") ? String((JSON.parse(text) as unknown[])[0]) : null;
}

function line(parts: readonly unknown[]): string {
  return JSON.stringify(parts);
}

/** The log in its own order, handed out cause by cause: one commit wrote a cause and its events together. */
function eventsByCause(store: Store): { take(cause: string): Promise<string[]> } {
  const rows = rowsOf(store, "events");
  let next: { cause: string; text: string } | null | undefined;

  async function advance(): Promise<void> {
    const { value, done } = await rows.next();
    if (done === true) {
      next = null;
      return;
    }
    const { stream, version, type, schema, at, data, cause } = value;
    next = { cause: String(cause), text: line([stream, version, type, schema, at, data]) };
  }

  return {
    async take(cause) {
      if (next === undefined) await advance();
      const lines: string[] = [];
      while (next != null && next.cause === cause) {
        lines.push(next.text);
        await advance();
      }
      return lines;
    },
  };
}
