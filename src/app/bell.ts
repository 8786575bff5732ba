import type { Bell } from "./hub.ts";

/** A bell for one process. */
export function createBell(): Bell {
  const listeners = new Map<string, Set<() => void>>();
  return {
    ring(inbox) {
      for (const listener of listeners.get(inbox) ?? []) listener();
    },
    listen(inbox, listener) {
      const set = listeners.get(inbox) ?? new Set();
      set.add(listener);
      listeners.set(inbox, set);
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(inbox) === set) listeners.delete(inbox);
      };
    },
  };
}
