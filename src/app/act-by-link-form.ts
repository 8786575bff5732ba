import { askedVerb, type Control, decodeAction, type FormField, sayCard } from "../core/card.ts";
import type { Policy } from "../core/config/policy.ts";
import type { Text } from "../core/text.ts";
import { textRefs } from "../core/text.ts";
import { ticketCard } from "../core/ticket/card.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { ActLink } from "./act-by-link-address.ts";
import type { Hub } from "./hub.ts";

/** The button or form that a link stands for, as the ticket's card has it now. */
export type LinkedControl = {
  readonly label: string;
  readonly danger: boolean;
  readonly confirm: string | null;
  readonly fields: readonly FormField<string>[];
};

/** The verb that a link does. One that would be asked for in a chat has its form on the page. */
export function verbOf({ action }: ActLink): string {
  return askedVerb(action.verb) ?? action.verb;
}

/** What stands on the card for a link; null where the card has nothing of the kind any more. */
export async function linkedControl(
  hub: Hub,
  link: ActLink,
  ticket: Ticket,
): Promise<LinkedControl | null> {
  const { policy } = hub.setup();
  const verb = verbOf(link);
  const control = candidates(link, ticket, policy).find((each) => verbIn(each) === verb);
  if (control === undefined) return null;
  const bare = { tone: "info", title: { literal: "" }, subtitle: null, blocks: [] } as const;
  const say = hub.catalogs(link.language, await hub.store.texts(textRefs(control)));
  const [said] = sayCard({ ...bare, controls: [control] }, say).controls;
  if (said?.type === "form") {
    const { label, style } = said.submit;
    return { label, danger: style === "danger", confirm: null, fields: said.fields };
  }
  if (said?.type !== "button") return null;
  return { label: said.label, danger: said.style === "danger", confirm: said.confirm, fields: [] };
}

function candidates(link: ActLink, ticket: Ticket, policy: Policy): readonly Control<Text>[] {
  const own = ticketCard(ticket, "requester", policy).controls;
  if (link.to.kind === "chat") return ticketCard(ticket, "team", policy).controls;
  return link.agent === null
    ? own
    : [...ticketCard(ticket, "team", policy, link.agent).controls, ...own];
}

function verbIn(control: Control<Text>): string | null {
  if (control.type === "link") return null;
  const action = control.type === "form" ? control.submit.action : control.action;
  return decodeAction(action)?.verb ?? null;
}
