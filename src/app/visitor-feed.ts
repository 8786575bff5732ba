import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";
import type { VisitorFeed } from "../ports/visitor-feed.ts";
import { createBell } from "./bell.ts";

export type WatchedFeed = VisitorFeed & {
  /** Be told when a visitor's feed grows in this process. Returns the way to stop. */
  onAppend(account: string, visitor: string, listener: () => void): () => void;
  /** Let all pages go, because the hub stops: each is told once more, and `ended` is true from now on. */
  end(): void;
  ended(): boolean;
};

/** The visitors' feeds over the store, with a bell for the pages that hang on this process. */
export function createVisitorFeed(store: Store, clock: Clock): WatchedFeed {
  const bell = createBell();
  const keyOf = (account: string, visitor: string): string => `${account}|${visitor}`;
  let ended = false;
  return {
    async append(account, visitor, body) {
      const rows = [{ type: "visitor-event", account, visitor, body, at: clock.now() }] as const;
      const result = await store.commit({ cause: null, streams: [], rows, guards: [] });
      if (result !== "ok") throw new Error(`A visitor's event was not stored: ${result}.`);
      bell.ring(keyOf(account, visitor));
    },
    onAppend: (account, visitor, listener) => bell.listen(keyOf(account, visitor), listener),
    end() {
      ended = true;
      bell.ringAll();
    },
    ended: () => ended,
  };
}
