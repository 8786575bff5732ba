import type { Actor } from "../core/actor.ts";
import { agentAt } from "../core/config/policy.ts";
import { deriveId } from "../core/id.ts";
import type { Person } from "../core/message.ts";
import { literal, type Text, t } from "../core/text.ts";
import type { Row } from "../ports/batch.ts";
import type { Hub, Setup } from "./hub.ts";

/** Who a vendor's id stands for, what to call them, and the rows to write if they are new to us. */
export type Identified = {
  readonly actor: Actor;
  readonly name: Text;
  readonly rows: readonly Row[];
};

/** Everybody who is not an agent of the configuration is a customer, known by account and the vendor's id. */
export async function identify(
  hub: Hub,
  setup: Setup,
  account: string,
  person: Person,
  at: number,
): Promise<Identified> {
  const agent = agentAt(setup.policy, account, person.id);
  if (agent !== null)
    return { actor: { kind: "agent", id: agent.id }, name: literal(agent.name), rows: [] };
  const known = await hub.store.identity(account, person.id);
  const id = known ?? deriveId("customer", account, person.id);
  const nameRef = deriveId("name", id);
  const rows: Row[] = [];
  if (known === null) {
    rows.push(
      { type: "customer", id, name: nameRef, at },
      { type: "identity", account, externalId: person.id, customer: id },
    );
  }
  if (person.name !== null)
    rows.push({ type: "text", id: nameRef, subject: `customer:${id}`, body: person.name, at });
  const named = person.name !== null || known !== null;
  return {
    actor: { kind: "customer", id },
    name: named ? { ref: nameRef } : t("card.requester"),
    rows,
  };
}
