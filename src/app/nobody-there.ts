import { agentAt } from "../core/config/policy.ts";
import type { Destination } from "../core/message.ts";
import type { Row } from "../ports/batch.ts";
import type { Hub } from "./hub.ts";

/**
 * What follows when a vendor says that there is nobody by an agent's id: an id that was found in its directory counts no
 * more, and an operator is told. One that the configuration gives stays until somebody takes it out there.
 */
export function nobodyThere(
  hub: Hub,
  account: string,
  to: Destination,
  delivery: { readonly type: string; readonly nobody?: true },
): readonly Row[] {
  if (delivery.nobody !== true || to.kind !== "person") return [];
  const agent = agentAt(hub.setup().policy, account, to.id);
  if (agent === null) return [];
  hub.log.warn("An agent is not in this tool any more. Take the agent out of the configuration.", {
    account,
    agent: agent.id,
  });
  return [{ type: "lookup-gone", account, externalId: to.id, at: hub.clock.now() }];
}
