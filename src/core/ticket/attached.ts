import { sameActor } from "../actor.ts";
import { agentName, type Policy } from "../config/policy.ts";
import { type Effect, laneOf } from "../effect.ts";
import type { Destination } from "../message.ts";
import { type Language, t } from "../text.ts";
import type { Ticket, TicketEvent } from "./ticket.ts";

type Attached = Extract<TicketEvent, { type: "attached" }>;
type Address = {
  readonly account: string;
  readonly to: Destination;
  readonly language: Language;
};

/**
 * Pass new pictures and files on to where the other side is: the requester's to those who work on the ticket, everybody
 * else's to the requester. A line before them says which ticket they are of, where this step has not told so already.
 */
export function attachedEffects(
  event: Attached,
  ticket: Ticket,
  policy: Policy,
  { staff, told }: { readonly staff: readonly Address[]; readonly told: readonly Effect[] },
): readonly Effect[] {
  const fromRequester = sameActor(event.by, ticket.requester);
  const places = fromRequester ? staff : event.visible ? [ticket.origin] : [];
  return [...new Map(places.map((place) => [laneOf(place.account, place.to), place]))].flatMap(
    ([lane, place]) => {
      const said = told.some((effect) => effect.type === "message" && effect.lane === lane);
      const files = event.attachments.map(({ id, kind, name }) =>
        message(place, { type: "attachment", attachment: id, kind, name }),
      );
      if (said) return files;
      const text = lineOf(event, ticket, policy, fromRequester);
      return [message(place, { type: "text", text }), ...files];
    },
  );
}

function lineOf(event: Attached, { number }: Ticket, policy: Policy, fromRequester: boolean) {
  if (fromRequester) return t("tell.attached.by_customer", { number });
  const who = event.by.kind === "agent" ? agentName(policy, event.by.id) : t("card.desk");
  return t("tell.attached.by_desk", { number, who });
}

type Content = Extract<Effect, { type: "message" }>["content"];

function message({ account, to, language }: Address, content: Content): Effect {
  return {
    type: "message",
    lane: laneOf(account, to),
    account,
    to,
    language,
    inReplyTo: null,
    content,
  };
}
