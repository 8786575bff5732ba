import { HANDOVER, type Policy } from "../config/policy.ts";
import { literal, t } from "../text.ts";
import type { CreateTicket } from "../ticket/decide.ts";
import type { Conversation } from "./conversation.ts";
import type { Opening } from "./response.ts";

/** The ticket that a conversation comes to. One that a person must take over half-way is still of its intent's type. */
export function ticketFrom(
  { form, about, urgent }: Opening,
  conversation: Conversation,
  number: number,
  policy: Policy,
): CreateTicket {
  const { id, party, partyName, account, to, language } = conversation;
  const intent = policy.intents.get(form?.intent ?? "");
  const stores =
    intent?.fields.filter(({ type }) => type === "store").map(({ name }) => name) ?? [];
  return {
    by: party,
    number,
    ticketType: intent?.ticket.type ?? HANDOVER,
    intent: form?.intent ?? null,
    title: intent === undefined ? t("card.handover") : literal(intent.title),
    description: about === null ? t("card.no_words") : { ref: about },
    priority: urgent ? "urgent" : (intent?.ticket.priority ?? "normal"),
    requester: party,
    requesterName: partyName,
    origin: { conversation: id, account, to, language },
    store: form?.store ?? null,
    // The store has a place of its own on the card.
    fields: (form?.given ?? []).filter(
      ({ name }) => form?.store === null || !stores.includes(name),
    ),
  };
}
