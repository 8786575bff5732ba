import type { Bell } from "./hub.ts";

/** A bell for one process, which can also ring for everybody. */
export function createBell(): Bell & { ringAll(): void } {
  const listeners = new Map<string, Set<() => void>>();
  return {
    ring(key) {
      for (const listener of listeners.get(key) ?? []) listener();
    },
    ringAll() {
      for (const set of listeners.values()) for (const listener of set) listener();
    },
    listen(key, listener) {
      const set = listeners.get(key) ?? new Set();
      set.add(listener);
      listeners.set(key, set);
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(key) === set) listeners.delete(key);
      };
    },
  };
}
