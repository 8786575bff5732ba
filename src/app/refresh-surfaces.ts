import { type Card, sayCard } from "../core/card.ts";
import { deriveId } from "../core/id.ts";
import type { Language } from "../core/text.ts";
import { type Text, textRefs } from "../core/text.ts";
import { ticketCard } from "../core/ticket/card.ts";
import type { Delivery } from "../ports/channel.ts";
import type { Row, SurfaceRow } from "../ports/store.ts";
import { MAX_DELIVERY_ATTEMPTS, mayTryAgain, retryAfter, safely } from "./deliver-outbox.ts";
import type { Account, Hub } from "./hub.ts";
import type { Pacer } from "./pacing.ts";

const PAGE = 64;
const HOLD_MS = 60_000;

/** Bring the copies of cards that are out of date up to the newest version. Resolves with how many were tried. */
export async function refreshSurfaces(hub: Hub, pacer: Pacer): Promise<number> {
  const now = hub.clock.now();
  const surfaces = await hub.store.surfacesDue(now, PAGE);
  const until = now + HOLD_MS;
  const results = await Promise.all(surfaces.map((surface) => refreshOne(hub, pacer, surface, until)));
  return results.filter(Boolean).length;
}

async function refreshOne(hub: Hub, pacer: Pacer, surface: SurfaceRow, until: number): Promise<boolean> {
  const now = hub.clock.now();
  const account = hub.setup().accounts.get(surface.account);
  if (account === undefined || !account.enabled) {
    return write(hub, [dead(hub, surface, "config: this account is not configured or disabled")]);
  }
  const wait = pacer.take(surface.account, surface.to.id, account.channel.can.pacing, now);
  if (wait > 0) return write(hub, [{ type: "surface-wait", id: surface.id, dueAt: now + wait }]);
  const taken = await hub.store.commit({
    cause: null,
    streams: [],
    rows: [{ type: "surface-hold", id: surface.id, now, until }],
    guards: [],
  });
  if (taken !== "ok") return false;
  return write(hub, [await show(hub, account, surface)], surface, until);
}

async function write(hub: Hub, rows: readonly Row[], surface?: SurfaceRow, until?: number): Promise<boolean> {
  const guards = surface === undefined || until === undefined ? [] : [{ type: "surface-held", id: surface.id, leaseUntil: until } as const];
  await hub.store.commit({ cause: null, streams: [], rows, guards });
  return true;
}

/** Render the ticket as it is now, and send it or change what stands there. */
async function show(hub: Hub, account: Account, surface: SurfaceRow): Promise<Row> {
  const ticket = await hub.store.ticket(surface.ticket);
  if (ticket === null) return dead(hub, surface, "config: the ticket of this surface does not exist");
  const card = await wordsOf(hub, ticketCard(ticket, surface.audience, hub.setup().policy), surface.language);
  const { remoteId } = surface;
  const delivery = await safely(() =>
    remoteId === null
      ? account.channel.send({ id: sendingId(surface), to: surface.to, inReplyTo: null, content: { type: "card", card } })
      : account.channel.update({ ...surface, remoteId, version: ticket.version }, card),
  );
  return settle(hub, surface, ticket.version, delivery);
}

/** The idempotency key of a surface's card: a new one for each fresh card, the same for each try at one. */
function sendingId(surface: SurfaceRow): string {
  return surface.edition === 1 ? surface.id : deriveId(surface.id, surface.edition);
}

export async function wordsOf(hub: Hub, card: Card<Text>, language: Language): Promise<Card<string>> {
  return sayCard(card, hub.catalogs(language, await hub.store.texts(textRefs(card))));
}

function settle(hub: Hub, surface: SurfaceRow, version: number, delivery: Delivery): Row {
  const now = hub.clock.now();
  const { id } = surface;
  if (delivery.type === "sent") {
    hub.counters.count("refreshed", { account: surface.account });
    // A send that was tried before may have arrived then, with an older version: show the newest by an update.
    const certain = surface.remoteId !== null || surface.attempts === 0;
    const { remoteId, updateTokens } = delivery;
    return { type: "surface-shown", id, version: certain ? version : 0, remoteId, updateTokens, at: now };
  }
  const reason = delivery.type === "unknown" ? `unknown: ${delivery.reason}` : `${delivery.class}: ${delivery.reason}`;
  hub.counters.count("failed", { account: surface.account, class: delivery.type === "unknown" ? "unknown" : delivery.class });
  const closed = delivery.type === "failed" && delivery.class === "window-closed" && surface.remoteId !== null;
  if (closed) return { type: "surface-lost", id, dueAt: now };
  if (!mayTryAgain(delivery) || surface.attempts + 1 >= MAX_DELIVERY_ATTEMPTS) return dead(hub, surface, reason);
  hub.log.warn("A card was not shown and will be tried again.", { surface: id, account: surface.account, attempts: surface.attempts + 1, reason });
  return { type: "surface-retry", id, dueAt: now + retryAfter(hub, surface.attempts, delivery), error: reason };
}

function dead(hub: Hub, surface: SurfaceRow, error: string): Row {
  hub.counters.count("dead_letters", { kind: "surface" });
  hub.log.error("A card is now a dead letter.", { surface: surface.id, account: surface.account, error });
  return { type: "surface-dead", id: surface.id, error, at: hub.clock.now() };
}
