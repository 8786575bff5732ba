import type { Blobs } from "../../src/ports/blobs.ts";

/** Blobs in a map, to look into. */
export function createMemoryBlobs(): Blobs & { readonly kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    async put(name, bytes) {
      kept.set(name, new Uint8Array(bytes));
    },
    get: async (name) => kept.get(name) ?? null,
    async remove(name) {
      kept.delete(name);
    },
  };
}
