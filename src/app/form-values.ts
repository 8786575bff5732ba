import type { Candidate } from "../core/card.ts";
import { readPerson } from "../core/card-values.ts";
import { agentAt, identityAt, type Policy } from "../core/config/policy.ts";
import type { StoreFact } from "../core/conversation/conversation.ts";
import type { InboundAction } from "../core/message.ts";
import { numberIn, teamValue } from "../core/ticket/asked.ts";
import type { Hub, Setup } from "./hub.ts";

/** What may be filled in on a card and is read by the core; anything else a sender adds is dropped. */
const KNOWN_VALUES = ["to", "waiting", "priority", "field", "value", "number", "kind"] as const;
const LONGEST_VALUE = 128;

export type FormValues = {
  readonly values: Readonly<Record<string, string>>;
  /** Absent where no store is meant. */
  readonly stores?: readonly StoreFact[];
};

/** What was filled in, as the core reads it: people by our ids, stores as the directory has them. */
export async function formValues(
  hub: Hub,
  { policy, understander }: Setup,
  { account, verb }: { readonly account: string; readonly verb: string },
  given: InboundAction["values"],
): Promise<FormValues> {
  const values: Record<string, string> = Object.fromEntries(
    KNOWN_VALUES.flatMap((name) => {
      const value = given[name];
      return value === undefined ? [] : [[name, value.slice(0, LONGEST_VALUE)]];
    }),
  );
  if (values.to !== undefined) values.to = receiver(values.to, account, policy);
  if (verb !== "set" || !isStore(values.field ?? "", policy)) return { values };
  const stores = await hub.store.findStores(understander.storeNames(given.text ?? ""));
  return { values, stores };
}

/** Whom or which team was chosen or typed, by our own ids; what nobody is called stays as it is, to be refused. */
function receiver(to: string, account: string, policy: Policy): string {
  const people = [...policy.agents.values()].map(
    (agent): Candidate<string> => ({
      value: agent.id,
      label: agent.name,
      contact: identityAt(agent, account),
    }),
  );
  const teams = [...policy.teams.values()].map(
    ({ id, name }): Candidate<string> => ({ value: teamValue(id), label: name, contact: null }),
  );
  return readPerson(to, [...people, ...teams]) ?? agentAt(policy, account, to)?.id ?? to;
}

function isStore(field: string, { intents }: Policy): boolean {
  if (field === "store") return true;
  return [...intents.values()].some(({ fields }) =>
    fields.some(({ name, type }) => name === field && type === "store"),
  );
}

/** The number of a second ticket that a form is about; null where it is about none. */
export function secondTicket(verb: string, values: FormValues["values"]): number | null {
  return verb === "link" || verb === "unlink" ? numberIn(values) : null;
}
