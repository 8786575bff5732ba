import { type Agent, agentAt, identityAt, type Policy } from "./policy.ts";

/** The ids that the tools' own directories gave for agents: by agent, then by account. */
export type FoundIds = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * The policy in which agents also have the ids that were found for them. What the configuration says of an agent counts
 * more, and so does the agent whom it gives an id to; of two who were found as one person, the first one is.
 *
 * @param hash What the policy is called from then on: of the configuration and of what was found.
 */
export function withFoundIds(policy: Policy, found: FoundIds, hash: string): Policy {
  const agents = new Map(policy.agents);
  const agentsByIdentity = new Map(policy.agentsByIdentity);
  for (const [id, where] of sorted(found)) {
    const agent = agents.get(id);
    if (agent === undefined) continue;
    const own = sorted(where).filter(
      ([account, external]) =>
        identityAt(agent, account) === null &&
        agentAt({ ...policy, agents, agentsByIdentity }, account, external) === null,
    );
    for (const [account, external] of own) agentsByIdentity.set(`${account}|${external}`, id);
    agents.set(id, withIdentities(agent, own));
  }
  return { ...policy, hash, agents, agentsByIdentity };
}

function withIdentities(agent: Agent, own: readonly (readonly [string, string])[]): Agent {
  return { ...agent, identities: { ...agent.identities, ...Object.fromEntries(own) } };
}

function sorted<T>(record: Readonly<Record<string, T>>): (readonly [string, T])[] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
