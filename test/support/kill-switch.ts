import type { Batch } from "../../src/ports/batch.ts";
import type { Store } from "../../src/ports/store.ts";

/** Commits by what they are for, as kill points name them. */
const KINDS = {
  receive: (batch) => has(batch, "inbox"),
  hear: (batch) => happened(batch, "heard"),
  respond: (batch) => batch.cause !== null && has(batch, "inbox-done"),
  "outbox-hold": (batch) => has(batch, "outbox-hold"),
  "outbox-sent": (batch) => has(batch, "outbox-sent"),
  "surface-hold": (batch) => has(batch, "surface-hold"),
  "surface-shown": (batch) => has(batch, "surface-shown"),
} satisfies Record<string, (batch: Batch) => boolean>;

export type KillPoint = {
  readonly when: "before" | "after";
  readonly kind: keyof typeof KINDS;
  /** The first such commit of the process is 1. */
  readonly count: number;
};

export function writeKillPoint({ when, kind, count }: KillPoint): string {
  return `${when}:${kind}:${count}`;
}

export function readKillPoint(text: string): KillPoint {
  const [, when, kind, count] = /^(before|after):([a-z-]+):(\d+)$/.exec(text) ?? [];
  const known = Object.keys(KINDS).find((each): each is keyof typeof KINDS => each === kind);
  if ((when !== "before" && when !== "after") || known === undefined) {
    throw new Error(`expected before|after:${Object.keys(KINDS).join("|")}:<count>, found ${text}`);
  }
  return { when, kind: known, count: Number(count) };
}

/** A store whose process dies, as `die` kills it, at the named commit: before it is begun, or once it is durable. */
export function withKillSwitch(store: Store, point: KillPoint, die: () => void): Store {
  let seen = 0;
  return {
    ...store,
    async commit(batch) {
      const hit = KINDS[point.kind](batch) && ++seen === point.count;
      if (hit && point.when === "before") die();
      const result = await store.commit(batch);
      if (hit) die();
      return result;
    },
  };
}

function has(batch: Batch, type: Batch["rows"][number]["type"]): boolean {
  return batch.rows.some((row) => row.type === type);
}

function happened(batch: Batch, type: string): boolean {
  return batch.streams.some(({ events }) => events.some((event) => event.type === type));
}
