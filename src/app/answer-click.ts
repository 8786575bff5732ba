import { decodeAction } from "../core/card.ts";
import { mailboxOf } from "../core/conversation/conversation.ts";
import type { InboundAction, Outcome } from "../core/message.ts";
import { type Text, t, textRefs } from "../core/text.ts";
import { ticketCard } from "../core/ticket/card.ts";
import type { SurfaceRow } from "../ports/store.ts";
import type { Account, Hub } from "./hub.ts";
import { sayCard } from "../core/card.ts";
import { wordsOf } from "./refresh-surfaces.ts";

/** A vendor may refuse changes of a card while a click on it is unanswered there: let the reply arrive first. */
const REPLY_TRAVELS_MS = 1_500;

export type ClickAnswer = {
  readonly outcome: Outcome<string> | "pending";
  /** To be called once the reply has left: frees the clicked card for its refresh, or notes what the reply showed. */
  after(): Promise<void>;
};

/**
 * Find out what came of a click, within the time that the vendor leaves us. The inbox row `id` is already committed;
 * `work` works its mailbox. Past the budget the answer is "pending" and the cards follow.
 */
export async function answerClick(
  hub: Hub,
  account: Account,
  click: InboundAction,
  id: string | null,
  work: (mailbox: string) => Promise<void>,
): Promise<ClickAnswer> {
  const action = decodeAction(click.action);
  if (id === null || action === null) return plain(hub, t("refusal.unknown_action"), "warning");
  const budget = new AbortController();
  const timeout = hub.clock.sleep(account.channel.can.answerWithinMs, budget.signal);
  await Promise.race([work(mailboxOf(action.subject)), timeout]);
  budget.abort();
  const surface = await hub.store.surfaceByRemote(account.id, click.cardId);
  const row = await hub.store.inboxRow(id);
  if (row?.status === "dead") return plain(hub, t("refusal.failed"), "error");
  if (row?.outcome == null) return { outcome: "pending", after: () => release(hub, surface) };
  return told(hub, JSON.parse(row.outcome) as Outcome<Text>, surface);
}

async function plain(hub: Hub, text: Text, tone: Outcome<string>["tone"]): Promise<ClickAnswer> {
  const say = hub.catalogs(hub.setup().policy.hub.locale, new Map());
  return { outcome: { tone, text: say(text), card: null }, after: async () => {} };
}

async function told(hub: Hub, outcome: Outcome<Text>, surface: SurfaceRow | null): Promise<ClickAnswer> {
  const language = surface?.language ?? hub.setup().policy.hub.locale;
  const say = hub.catalogs(language, await hub.store.texts(textRefs(outcome)));
  const text = say(outcome.text);
  if (surface === null) {
    const card = outcome.card === null ? null : sayCard(outcome.card, say);
    return { outcome: { tone: outcome.tone, text, card }, after: async () => {} };
  }
  const ticket = await hub.store.ticket(surface.ticket);
  if (ticket === null) return { outcome: { tone: outcome.tone, text, card: null }, after: async () => {} };
  const card = await wordsOf(hub, ticketCard(ticket, surface.audience, hub.setup().policy), language);
  return {
    outcome: { tone: outcome.tone, text, card },
    after: () => shown(hub, surface, ticket.version),
  };
}

async function shown(hub: Hub, surface: SurfaceRow, version: number): Promise<void> {
  const at = hub.clock.now();
  const rows = [{ type: "surface-shown", id: surface.id, version, remoteId: null, updateTokens: null, at }] as const;
  await hub.store.commit({ cause: null, streams: [], rows, guards: [] });
  hub.queue.wakeDelivery();
}

async function release(hub: Hub, surface: SurfaceRow | null): Promise<void> {
  if (surface === null) return;
  const rows = [{ type: "surface-due", id: surface.id, dueAt: hub.clock.now() + REPLY_TRAVELS_MS }] as const;
  await hub.store.commit({ cause: null, streams: [], rows, guards: [] });
  hub.queue.wakeDelivery();
}
