/** Who makes something happen. */
export type Actor =
  | { readonly kind: "system" }
  | { readonly kind: "agent"; readonly id: string }
  | { readonly kind: "customer"; readonly id: string }
  | { readonly kind: "api"; readonly id: string };

export const SYSTEM: Actor = { kind: "system" };

export function sameActor(a: Actor, b: Actor): boolean {
  return a.kind === b.kind && (a.kind === "system" || (b.kind !== "system" && a.id === b.id));
}

/** An actor in one word, as causes and texts are kept under it: "agent:li". */
export function actorName(actor: Actor): string {
  return actor.kind === "system" ? "system" : `${actor.kind}:${actor.id}`;
}
