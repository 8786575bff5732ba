import { expect, it } from "vitest";
import { type Actor, SYSTEM, sameActor } from "./actor.ts";

const ACTORS: readonly Actor[] = [
  SYSTEM,
  { kind: "agent", id: "x" },
  { kind: "agent", id: "y" },
  { kind: "customer", id: "x" },
  { kind: "api", id: "x" },
];

it("takes two actors for the same only if kind and id agree", () => {
  for (const [i, a] of ACTORS.entries()) {
    for (const [j, b] of ACTORS.entries()) expect(sameActor(a, { ...b })).toBe(i === j);
  }
});
