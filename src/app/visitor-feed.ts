import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";
import type { VisitorFeed } from "../ports/visitor-feed.ts";

export type WatchedFeed = VisitorFeed & {
  /** Be told when a visitor's feed grows in this process. Returns the way to stop. */
  onAppend(account: string, visitor: string, listener: () => void): () => void;
  /** Let all pages go, because the hub stops: each is told once more, and `ended` is true from now on. */
  end(): void;
  ended(): boolean;
};

/** The visitors' feeds over the store, with a bell for the pages that hang on this process. */
export function createVisitorFeed(store: Store, clock: Clock): WatchedFeed {
  const listeners = new Map<string, Set<() => void>>();
  let ended = false;
  return {
    async append(account, visitor, body) {
      const rows = [{ type: "visitor-event", account, visitor, body, at: clock.now() }] as const;
      const result = await store.commit({ cause: null, streams: [], rows, guards: [] });
      if (result !== "ok") throw new Error(`A visitor's event was not stored: ${result}.`);
      for (const listener of listeners.get(`${account}|${visitor}`) ?? []) listener();
    },
    onAppend(account, visitor, listener) {
      const key = `${account}|${visitor}`;
      const set = listeners.get(key) ?? new Set();
      set.add(listener);
      listeners.set(key, set);
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(key) === set) listeners.delete(key);
      };
    },
    end() {
      ended = true;
      for (const set of listeners.values()) for (const listener of set) listener();
    },
    ended: () => ended,
  };
}
