import { expect } from "vitest";

/** Expect of what `read` gives that it will be so within some seconds: for what only a real socket can bring about. */
export function eventually<T>(read: () => T) {
  return expect.poll(read, { timeout: 4_000, interval: 5 });
}
