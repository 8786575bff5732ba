import type { OnCard } from "../core/conversation/conversation.ts";
import type { InboundMessage } from "../core/message.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { Hub } from "./hub.ts";

/** The copy of a ticket's card that a message hangs on, and that ticket. */
export type CardUnder = { readonly card: OnCard; readonly ticket: Ticket };

/** What a message quotes, or the thread it stands in, if that is a card of ours in the very same chat; else null. */
export async function cardUnder(
  hub: Hub,
  account: string,
  { quotes, place, sender }: InboundMessage,
): Promise<CardUnder | null> {
  for (const remoteId of [quotes, place.thread]) {
    if (remoteId === null) continue;
    const surface = await hub.store.surfaceByRemote(account, remoteId);
    if (surface === null) continue;
    const { to, audience } = surface;
    const isThere = to.id === (to.kind === "chat" ? place.chat : sender.id);
    const ticket = isThere ? await hub.store.ticket(surface.ticket) : null;
    if (ticket !== null) return { card: { ticket: ticket.id, audience }, ticket };
  }
  return null;
}
