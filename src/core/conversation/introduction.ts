import { channelOf, type Policy } from "../config/policy.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { literal, type Text, t } from "../text.ts";
import type { Facts } from "./facts.ts";

/** The words of a refusal. */
export function wordsFor({ refused, params }: Refusal): Text {
  return t(`refusal.${refused}`, params);
}

/**
 * Somebody wants to work who is not known to: what an administrator has to write down, and who that is. Where no agent is
 * known at all, as on a web page, a visitor learns no more than that this is not for them.
 */
export function introduction({ seenAs }: Facts, policy: Policy): Refusal {
  if (seenAs !== undefined && !hasStaff(policy, seenAs.account)) return refuse("staff_only");
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

function hasStaff({ agentsByIdentity }: Policy, account: string): boolean {
  const places = [`${account}|`, `${channelOf(account)}|`];
  return [...agentsByIdentity.keys()].some((key) => places.some((place) => key.startsWith(place)));
}
