import type { Actor } from "../core/actor.ts";
import type { ActionRef } from "../core/card.ts";
import { isRefusal, type Refusal, refuse } from "../core/refusal.ts";
import { ticketCommand } from "../core/ticket/asked.ts";
import { decideTicket } from "../core/ticket/decide.ts";
import { formValues, secondTicket } from "./form-values.ts";
import type { Hub } from "./hub.ts";
import { worldOf } from "./work-action.ts";

type Attempt = {
  readonly account: string;
  readonly by: Actor;
  readonly action: ActionRef;
  readonly values: Readonly<Record<string, string>>;
};

/**
 * Why the core would refuse this as things stand, null where it would not: a wrong value shall not use up a link. It is
 * decided again, and for good, when the press is worked.
 */
export async function tryOut(hub: Hub, attempt: Attempt): Promise<Refusal | null> {
  const { account, by, action, values } = attempt;
  const { verb, version: seen, subject } = action;
  const setup = hub.setup();
  const given = await formValues(hub, setup, { account, verb }, values);
  const { ticket, others = [] } = await worldOf(hub, subject, secondTicket(verb, given.values));
  if (ticket === null) return refuse("unknown_ticket");
  const text = values.text === undefined ? null : "draft";
  const { values: read, stores = [] } = given;
  const beside = { stores, others: [ticket, ...others] };
  const now = hub.clock.now();
  const asked = ticketCommand({ verb, values: read, text, seen, ...beside }, by, now);
  if (isRefusal(asked)) return asked;
  const verdict = decideTicket(asked, ticket, setup.policy);
  return isRefusal(verdict) ? verdict : null;
}
