import { type Finding, warning } from "./finding.ts";

/** A store with the normalised names that it is found by. */
type Named = { readonly id: string; readonly names: readonly string[] };

const MOST = 20;

/**
 * Stores: of two with one id the first counts, and a name that several share makes the hub ask which one is meant. Both
 * are warnings, because a directory of thousands is rarely without any. At most 20 of each are listed. Paths begin
 * with `stores` and a position.
 */
export function checkStores(stores: readonly Named[]): Finding[] {
  const ids = new Map<string, number>();
  const names = new Map<string, number>();
  const twins: Finding[] = [];
  const shared: Finding[] = [];
  for (const [at, store] of stores.entries()) {
    const first = ids.get(store.id);
    if (first !== undefined) {
      twins.push(
        warning("duplicate-store-id", ["stores", at], {
          params: { id: store.id, other: ["stores", first] },
        }),
      );
      continue;
    }
    ids.set(store.id, at);
    for (const name of store.names) {
      const owner = names.get(name);
      if (owner === undefined) names.set(name, at);
      else
        shared.push(
          warning("duplicate-store-name", ["stores", at], {
            params: { name, other: ["stores", owner] },
          }),
        );
    }
  }
  return [...limited(twins), ...limited(shared)];
}

function limited(findings: readonly Finding[]): Finding[] {
  const last = findings[MOST];
  if (last === undefined) return [...findings];
  const rest: Finding = {
    ...last,
    code: "more-duplicates",
    params: { count: findings.length - MOST },
  };
  return [...findings.slice(0, MOST), rest];
}
