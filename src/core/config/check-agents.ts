import { error, type Finding, warning } from "./finding.ts";
import type { Names } from "./names.ts";
import { channelOf } from "./policy.ts";
import type { Config } from "./schema.ts";

type Identity = { readonly agent: string; readonly where: string; readonly id: string };

/** Agents: their identities name channels or accounts that exist, and no two agents are the same person of a tool. */
export function checkAgents(config: Config, names: Names): Finding[] {
  const identities = Object.entries(config.agents).flatMap(
    ([agent, { name: _name, role: _role, phone: _phone, email: _email, ...rest }]) =>
      Object.entries(rest).map(([where, id]) => ({ agent, where, id })),
  );
  return [
    ...identities.flatMap((identity) => checkWhere(identity, names)),
    ...sameIdentities(identities),
    ...sameContacts(config, "phone"),
    ...sameContacts(config, "email"),
    ...idleAgents(config, identities),
  ];
}

function checkWhere({ agent, where }: Identity, names: Names): Finding[] {
  const path = ["agents", agent, where];
  if (!where.includes("/")) {
    if (names.channels.has(where)) return [];
    return [
      error("unknown-channel", path, {
        atKey: true,
        params: { name: where, known: [...names.channels, "name", "role", "phone", "email"] },
      }),
    ];
  }
  if (names.accounts.has(where)) return [];
  return [
    error("unknown-account", path, {
      atKey: true,
      params: { name: where, known: [...names.accounts] },
    }),
  ];
}

/** An identity at a channel holds at all its accounts, so it also meets one that names a single account. */
function sameIdentities(identities: readonly Identity[]): Finding[] {
  const seen = new Map<string, Identity[]>();
  return identities.flatMap((identity) => {
    const { agent, where, id } = identity;
    const key = `${where.includes("/") ? channelOf(where) : where}|${id}`;
    const earlier = seen.get(key) ?? [];
    seen.set(key, [...earlier, identity]);
    const twin = earlier.find((other) => other.agent !== agent && overlap(other.where, where));
    if (twin === undefined) return [];
    return [
      error("same-identity", ["agents", agent, where], {
        params: { other: ["agents", twin.agent, twin.where] },
      }),
    ];
  });
}

/** One phone is one person, whom the look-up would take for two agents. What it is stands in no finding. */
function sameContacts({ agents }: Config, key: "phone" | "email"): Finding[] {
  const seen = new Map<string, string>();
  return Object.entries(agents).flatMap(([agent, { [key]: contact }]) => {
    if (contact === undefined) return [];
    const first = seen.get(contact);
    if (first === undefined) seen.set(contact, agent);
    return first === undefined
      ? []
      : [
          error("same-contact", ["agents", agent, key], {
            params: { other: ["agents", first, key] },
          }),
        ];
  });
}

function overlap(a: string, b: string): boolean {
  return a === b || !a.includes("/") || !b.includes("/");
}

function idleAgents(config: Config, identities: readonly Identity[]): Finding[] {
  const reachable = new Set(identities.map(({ agent }) => agent));
  const busy = new Set(
    Object.values(config.teams).flatMap(({ lead, members }) => [lead, ...members]),
  );
  return Object.entries(config.agents).flatMap(([id, { role, phone, email }]) => {
    const findings: Finding[] = [];
    // Supervisors and admins have rights in every team without being in one.
    const everywhere = role === "supervisor" || role === "admin";
    if (!busy.has(id) && !everywhere) findings.push(warning("agent-without-team", ["agents", id]));
    const isFindable = phone !== undefined || email !== undefined;
    if (!reachable.has(id) && !isFindable)
      findings.push(warning("agent-without-identity", ["agents", id]));
    return findings;
  });
}
