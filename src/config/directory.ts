import type { StoreEntry } from "../core/config/schema.ts";
import { normaliseName } from "../core/intent/store-mention.ts";
import type { DirectoryStore } from "../ports/store.ts";
import { sha256Hex } from "./hash.ts";

/** Every store with the names that it is found by: its id, name and aliases, normalised, each once. */
export function namedStores(stores: readonly StoreEntry[]): DirectoryStore[] {
  return stores.map(({ id, name, region, aliases }) => {
    const names = new Set([id, name, ...aliases].map(normaliseName));
    names.delete("");
    return { id, name, region, names: [...names] };
  });
}

/** The directory as a store keeps it: of several stores with one id only the first. */
export function directoryOf(stores: readonly DirectoryStore[]): DirectoryStore[] {
  const seen = new Set<string>();
  return stores.filter(({ id }) => !seen.has(id) && seen.add(id));
}

/** Hex that changes with the directory, and with the way in which names are normalised. */
export async function fingerprintOf(directory: readonly DirectoryStore[]): Promise<string> {
  return sha256Hex(
    JSON.stringify(directory.map(({ id, name, region, names }) => [id, name, region, ...names])),
  );
}
