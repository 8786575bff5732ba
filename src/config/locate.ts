import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair } from "yaml";
import type { ConfigPath } from "../core/config/finding.ts";
import type { YamlFile } from "./yaml-document.ts";

/** What stands at a path: the key it is written under, if it has one, and its value. */
export type Spot = { readonly key: Node | null; readonly value: Node | null };

/** Find what a path leads to; null when nothing is written there. Aliases are followed. */
export function locate({ document }: YamlFile, path: ConfigPath): Spot | null {
  let spot: Spot = { key: null, value: document.contents };
  for (const step of path) {
    const next = child(resolved(spot.value), step);
    if (next === null) return null;
    spot = { key: next.key, value: resolved(next.value) };
  }
  return spot;

  function resolved(node: Node | null): Node | null {
    return isAlias(node) ? (node.resolve(document) ?? null) : node;
  }
}

/** Offset at which to point for a path: a scalar's value or else its key, or the nearest thing around it that is written. */
export function offsetAt(yaml: YamlFile, path: ConfigPath, prefer: "key" | "value"): number {
  for (let length = path.length; length >= 0; length--) {
    const spot = locate(yaml, path.slice(0, length));
    if (spot === null) continue;
    const exact = length === path.length && prefer === "value";
    const node = exact ? (scalar(spot.value) ?? spot.key ?? spot.value) : (spot.key ?? spot.value);
    return node?.range?.[0] ?? 0;
  }
  return 0;
}

/** The text of a scalar as it is written, quotes and all; null for anything else. */
export function writtenAt(yaml: YamlFile, path: ConfigPath): string | null {
  const node = locate(yaml, path)?.value ?? null;
  if (!isScalar(node) || !node.range) return null;
  return yaml.text.slice(node.range[0], node.range[1]);
}

/** Only a scalar that is written has a place worth pointing at; a mapping or a list is found by its key. */
function scalar(node: Node | null): Node | null {
  return isScalar(node) && node.range?.[0] !== node.range?.[1] ? node : null;
}

function child(node: Node | null, step: string | number): Spot | null {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
    return pair === undefined ? null : spotOf(pair);
  }
  if (!isSeq(node) || typeof step !== "number") return null;
  const item = node.items[step];
  return isNode(item) ? { key: null, value: item } : null;
}

function spotOf({ key, value }: Pair): Spot {
  return { key: isNode(key) ? key : null, value: isNode(value) ? value : null };
}
