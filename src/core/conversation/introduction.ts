import type { Policy } from "../config/policy.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { literal, type Text, t } from "../text.ts";
import type { Facts } from "./facts.ts";

/** The words of a refusal. */
export function wordsFor({ refused, params }: Refusal): Text {
  return t(`refusal.${refused}`, params);
}

/** Somebody wants to work who is not known to: what an administrator has to write down, and who that is. */
export function introduction({ seenAs }: Facts, policy: Policy): Refusal {
  const admins = [...policy.agents.values()].filter(({ role }) => role === "admin");
  const whom = admins
    .map(({ name }) => name)
    .slice(0, 3)
    .join(" / ");
  return refuse("unknown_person", {
    id: literal(seenAs?.id ?? "?"),
    account: literal(seenAs?.account ?? "?"),
    admin: literal(whom === "" ? policy.hub.name : whom),
  });
}
