import type { Clock } from "../ports/clock.ts";
import type { Store } from "../ports/store.ts";
import type { VisitorFeed } from "../ports/visitor-feed.ts";

export type WatchedFeed = VisitorFeed & {
  /** Be told when a visitor's feed grows in this process. Returns the way to stop. */
  onAppend(account: string, visitor: string, listener: () => void): () => void;
};

/** The visitors' feeds over the store, with a bell for the pages that hang on this process. */
export function createVisitorFeed(store: Store, clock: Clock): WatchedFeed {
  const listeners = new Map<string, Set<() => void>>();
  return {
    async append(account, visitor, body) {
      const rows = [{ type: "visitor-event", account, visitor, body, at: clock.now() }] as const;
      await store.commit({ cause: null, streams: [], rows, guards: [] });
      for (const listener of listeners.get(`${account}|${visitor}`) ?? []) listener();
    },
    onAppend(account, visitor, listener) {
      const key = `${account}|${visitor}`;
      const set = listeners.get(key) ?? new Set();
      set.add(listener);
      listeners.set(key, set);
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(key);
      };
    },
  };
}
