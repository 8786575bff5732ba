import type { Card, Tone } from "../card.ts";
import { agentAt, agentName, type Policy } from "../config/policy.ts";
import type { Destination } from "../message.ts";
import { type Relation, relationsOf } from "../permission.ts";
import { type Text, t } from "../text.ts";
import { attachmentLinks } from "./attachment-links.ts";
import { blocksOf } from "./card-blocks.ts";
import { buttonsOf, mayPress, watchButtons } from "./card-buttons.ts";
import { formsOf } from "./card-forms.ts";
import { laidOut } from "./card-layout.ts";
import { teamPlaces } from "./places.ts";
import type { Ticket } from "./ticket.ts";

/** For whom one copy of a ticket's card is made. A team's copy may stand in a chat of many, so it names no requester. */
export type Audience = "team" | "member" | "requester";

/** One copy of the card: where it stands, and for whom it was made. */
export type Copy = {
  readonly account: string;
  readonly to: Destination;
  readonly audience: Audience;
};

/** The card as one copy of it shall stand now. Where nobody works on the ticket any more, it says who does. */
export function copyCard(ticket: Ticket, copy: Copy, policy: Policy): Card<Text> {
  const { account, to, audience } = copy;
  const reader = to.kind === "person" ? (agentAt(policy, account, to.id)?.id ?? null) : null;
  if (audience === "requester" || concerns(ticket, copy, reader, policy))
    return ticketCard(ticket, audience, policy, reader);
  return movedCard(ticket, policy);
}

/** Relations in which nobody works on a ticket. */
const OUTSIDE: readonly Relation[] = ["requester", "vendor"];

function concerns(
  ticket: Ticket,
  { account, to }: Copy,
  reader: string | null,
  policy: Policy,
): boolean {
  if (to.kind === "chat")
    return teamPlaces(ticket.team, policy).some(
      (place) => place.account === account && place.to.kind === "chat" && place.to.id === to.id,
    );
  if (reader === null) return false;
  const relations = relationsOf({ kind: "agent", id: reader }, ticket, policy);
  return relations.some((relation) => !OUTSIDE.includes(relation));
}

function movedCard(ticket: Ticket, policy: Policy): Card<Text> {
  const team = policy.teams.get(ticket.team)?.name ?? ticket.team;
  return {
    tone: "neutral",
    title: t("card.ticket.title", { number: ticket.number, title: ticket.title }),
    subtitle: null,
    blocks: [{ type: "note", text: t("card.moved", { team }) }],
    controls: [],
  };
}

/**
 * The card of a ticket as one audience shall see it now. `reader` is the agent whose own copy it is: it carries what that
 * agent may press now. A copy for many, and the requester's, carries what its audience may.
 */
export function ticketCard(
  ticket: Ticket,
  audience: Audience,
  policy: Policy,
  reader: string | null = null,
): Card<Text> {
  const may = mayPress(ticket, policy, audience === "requester" ? null : reader);
  return {
    tone: toneOf(ticket),
    title: t("card.ticket.title", { number: ticket.number, title: ticket.title }),
    subtitle: stateOf(ticket, policy),
    blocks: blocksOf(ticket, audience, policy),
    controls: [
      ...laidOut(
        [
          ...buttonsOf(ticket, audience, policy, may),
          ...formsOf(ticket, audience, policy, may),
          ...watchButtons(ticket, audience, may),
        ],
        ticket,
        audience,
      ),
      ...attachmentLinks(ticket, audience),
    ],
    ...(audience === "requester" ? {} : { more: t("card.more") }),
  };
}

/** The status of a ticket, and who has it. */
export function stateOf(ticket: Ticket, policy: Policy): Text {
  const status = t(`status.${ticket.status}`);
  if (ticket.owner === null) return status;
  return t("card.ticket.owned", {
    status,
    owner: agentName(policy, ticket.owner),
  });
}

function toneOf(ticket: Ticket): Tone {
  if (ticket.status === "closed") return "success";
  if (ticket.status === "cancelled") return "neutral";
  if (ticket.status === "resolved") return "success";
  if (ticket.level > 0 || ticket.priority === "urgent") return "danger";
  if (ticket.urges > 0 || ticket.status === "new") return "warning";
  return "info";
}
