import { sameActor } from "../actor.ts";
import type { Card } from "../card.ts";
import type { Policy } from "../config/policy.ts";
import { isRefusal } from "../refusal.ts";
import type { Text } from "../text.ts";
import { ticketCard } from "../ticket/card.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { actOnConversation } from "./act.ts";
import { isRequester } from "./beside-ticket.ts";
import { answerCard, clarifyCard, lostCard } from "./cards.ts";
import type { Conversation } from "./conversation.ts";
import { numberIn, standsOpen, verbAt } from "./open-card.ts";
import type { Response } from "./response.ts";
import { showTicket, sight } from "./show-ticket.ts";
import { type Scene, showList } from "./typed-command.ts";

/**
 * What a number means where buttons are numbers to type: the button at that place of the conversation's card that stands
 * open. Null where nothing stands open, or nothing at that place.
 */
export function byNumber(scene: Scene, live: Ticket | null): Response | null {
  const { conversation, heard, facts, named, at, policy } = scene;
  const { picks: place } = heard;
  if (place === undefined || !sameActor(heard.by, conversation.party)) return null;
  if (standsOpen(conversation) === "list") {
    if (facts.list !== undefined) return showList(scene);
    const isMeant = named !== null && numberIn(conversation, heard) === `open_${named.number}`;
    return isMeant && sight(heard.by, named, policy) === "everything"
      ? showTicket(named, scene)
      : null;
  }
  const card = openCard(conversation, policy);
  const verb = card === null ? null : verbAt(card, place);
  if (verb === null) return null;
  const version = conversation.answer?.version ?? conversation.menu?.version ?? 0;
  const menu = verb.startsWith("choose_") ? (conversation.menu?.version ?? 0) : version;
  const stream = `conversation:${conversation.id}`;
  const action = { verb, subject: stream, version: menu };
  const { party: by } = conversation;
  const press = { type: "act", at, stream, by, action, values: {}, text: null, number: 0 } as const;
  const act = actOnConversation(press, conversation, { ticket: live, named }, policy);
  return isRefusal(act) ? null : act.response;
}

/** And of the card that the requester has of their ticket. */
export function byNumberOfTicket({ heard, policy }: Scene, ticket: Ticket | null): Response | null {
  const { picks: place } = heard;
  if (place === undefined || ticket === null || !isRequester(heard, ticket)) return null;
  const verb = verbAt(ticketCard(ticket, "requester", policy), place);
  if (verb === null) return null;
  const asked = { verb, values: {}, text: null, seen: null };
  return { events: [], ticket: { type: "work", asked, told: null, on: "own" } };
}

function openCard(conversation: Conversation, policy: Policy): Card<Text> | null {
  const { answer, menu } = conversation;
  switch (standsOpen(conversation)) {
    case "answer":
      return answer === null ? null : answerCard(conversation, answer.article, policy);
    case "menu":
      return menu === null ? null : clarifyCard(conversation, menu.choices, policy);
    case "lost":
      return lostCard(conversation, policy);
    default:
      return null;
  }
}
