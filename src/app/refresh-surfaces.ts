import { type Card, type Shown, sayCard } from "../core/card.ts";
import { identityAt, type Policy } from "../core/config/policy.ts";
import { laneOf } from "../core/effect.ts";
import { deriveId } from "../core/id.ts";
import type { UpdateToken } from "../core/message.ts";
import { textRefs } from "../core/text.ts";
import { copyCard } from "../core/ticket/card.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { Row } from "../ports/batch.ts";
import type { Delivery } from "../ports/channel.ts";
import type { SurfaceRow } from "../ports/store.ts";
import { linksOn } from "./act-by-link-address.ts";
import { picturesOf, withLinks } from "./attachment-shown.ts";
import { ACCOUNT_AWAY, afterFailure, countFailure, safely, usable } from "./delivery-result.ts";
import { fitFor } from "./fit-for.ts";
import { hiddenWords, isSensitive } from "./hidden-words.ts";
import { holdAll } from "./hold-all.ts";
import type { Hub } from "./hub.ts";
import type { InFlight } from "./in-flight.ts";
import { nobodyThere } from "./nobody-there.ts";
import { followUp, isNews, isOneWay } from "./one-way.ts";
import type { Pacer } from "./pacing.ts";
import { signOf } from "./pacing-circuit.ts";
import { reasonOf, StepError } from "./step-error.ts";
import { comesBack } from "./undelivered.ts";

const HOLD_MS = 60_000;
/**
 * A fresh card rings a bell and leaves the old one standing. After the first, one that tells neither a new status nor a
 * new owner waits so long, twice as long each time, and takes along what changes meanwhile.
 */
const FRESH_CARD_MS = { first: 60_000, most: 480_000 } as const;

/**
 * Begin to bring the copies of cards that are out of date up to the newest version, as far as `flight` has room.
 * Resolves with how many were taken up.
 */
export async function refreshSurfaces(hub: Hub, pacer: Pacer, flight: InFlight): Promise<number> {
  const now = hub.clock.now();
  const room = flight.free();
  if (room <= 0) return 0;
  const due = flight.fitting(await hub.store.surfacesDue(now, room, flight.busy()));
  const slots = pacer.plan(now);
  const waits: Row[] = [];
  const ready: SurfaceRow[] = [];
  for (const surface of due) {
    const limits = hub.setup().accounts.get(surface.account)?.channel.can.pacing ?? [];
    const { account, to, dueAt } = surface;
    const wait = slots({ account, destination: laneOf(account, to), dueAt: dueAt ?? now }, limits);
    if (wait > 0) waits.push({ type: "surface-wait", id: surface.id, dueAt: now + wait });
    else ready.push(surface);
  }
  if (waits.length > 0)
    await hub.store.commit({ cause: null, streams: [], rows: waits, guards: [] });
  const until = now + HOLD_MS;
  const held = await holdAll(hub, ready, ({ id, edition }) => ({
    type: "surface-hold",
    id,
    edition,
    now,
    until,
  }));
  for (const surface of held)
    flight.begin(surface.account, () => refreshOne(hub, pacer, surface, until));
  return held.length + waits.length;
}

async function refreshOne(
  hub: Hub,
  pacer: Pacer,
  surface: SurfaceRow,
  until: number,
): Promise<void> {
  const shown = { version: 0 };
  const delivery = await safely(() => show(hub, surface, shown));
  const tried = { account: surface.account, destination: laneOf(surface.account, surface.to) };
  pacer.heard(tried, signOf(delivery), hub.clock.now(), hub.random());
  const guards = [{ type: "surface-held", id: surface.id, leaseUntil: until }] as const;
  const settled = settle(hub, surface, shown.version, delivery);
  const { id, account, ticket, audience } = surface;
  const isLost = settled.type === "surface-dead" && audience === "requester";
  const about = { ticket, text: null };
  const back = isLost ? comesBack({ id, account, until }, about, delivery, hub.clock.now()) : [];
  try {
    const written = await hub.store.commit({
      cause: null,
      streams: [],
      rows: [settled, ...nobodyThere(hub, surface.account, surface.to, delivery), ...back],
      guards,
    });
    if (written === "ok") for (const { row } of back) hub.queue.wake(row.mailbox);
  } catch (error) {
    hub.log.error("The result of a refresh was not written down; it is tried again.", {
      surface: surface.id,
      error: reasonOf(error),
    });
  }
}

/** Render the ticket as it is now, and send it or change what stands there. `shown` gets the version that was rendered. */
async function show(hub: Hub, surface: SurfaceRow, shown: { version: number }): Promise<Delivery> {
  const account = usable(hub, surface.account);
  if (account === null) return ACCOUNT_AWAY;
  const ticket = await hub.store.ticket(surface.ticket);
  if (ticket === null) throw new StepError("The ticket of this surface does not exist.");
  shown.version = ticket.version;
  const { remoteId } = surface;
  if (remoteId !== null && isOneWay(account) && !isNews(ticket, surface))
    return { type: "sent", remoteId, updateTokens: surface.updateTokens };
  const put = (card: Card<string>): Promise<Delivery> =>
    remoteId === null
      ? account.channel.send({
          id: sendingId(surface),
          to: surface.to,
          inReplyTo: null,
          content: { type: "card", card },
        })
      : account.channel.update({ ...surface, remoteId, version: ticket.version }, card);
  const delivery = await put(await cardOf(hub, surface, ticket));
  // A ticket in which somebody wrote what the tool refuses has its card and its buttons all the same.
  return isSensitive(delivery)
    ? put(await cardOf(hub, surface, ticket, { hidden: true }))
    : delivery;
}

/** The idempotency key of a surface's card: a new one for each fresh card, the same for each try at one. */
function sendingId(surface: SurfaceRow): string {
  return surface.edition === 1 ? surface.id : deriveId(surface.id, surface.edition);
}

/** The card of a ticket as this copy of it shall stand, for the one person who has it or for a chat. */
export async function cardOf(
  hub: Hub,
  surface: SurfaceRow,
  ticket: Ticket,
  { hurry = false, hidden = false } = {},
): Promise<Card<string>> {
  const { account, to, audience, language } = surface;
  const { policy } = hub.setup();
  const card = copyCard(ticket, { account, to, audience }, policy);
  const words = await hub.store.texts(textRefs(card));
  const say = hub.catalogs(language, hidden ? hiddenWords(hub, language, words) : words);
  const shown: Shown = {
    image: await picturesOf(hub, account, card, hurry),
    contact: (id) => contactOf(policy, id, account),
  };
  const there = hub.setup().accounts.get(account);
  const whole = await withLinks(hub, sayCard(card, say, shown));
  const said = isOneWay(there) && surface.edition > 1 ? followUp(whole) : whole;
  return fitFor(there, said, {
    say,
    language,
    ticket: ticket.number,
    link: await linksOn(hub, surface),
  });
}

function contactOf(policy: Policy, id: string, account: string): string | null {
  const agent = policy.agents.get(id);
  return agent === undefined ? null : identityAt(agent, account);
}

function settle(hub: Hub, surface: SurfaceRow, version: number, delivery: Delivery): Row {
  const now = hub.clock.now();
  const { id, account, attempts } = surface;
  if (delivery.type === "sent") {
    hub.counters.count("refreshed", { account });
    const { remoteId, updateTokens } = delivery;
    const { spent, fresh } = changes(surface.updateTokens, updateTokens);
    return {
      type: "surface-shown",
      id,
      version: isCertain(surface) || isOneWay(usable(hub, account)) ? version : 0,
      remoteId,
      spent,
      fresh,
      at: now,
    };
  }
  const closed = delivery.type === "failed" && delivery.class === "window-closed";
  if (closed && surface.remoteId !== null) {
    countFailure(hub, account, delivery);
    return { type: "surface-lost", id, at: now, dueAt: now + patience(surface) };
  }
  const { error, waitMs } = afterFailure(hub, { kind: "surface", id, account, attempts }, delivery);
  if (waitMs === null) return { type: "surface-dead", id, error, at: now };
  return { type: "surface-retry", id, dueAt: now + waitMs, error };
}

function patience({ edition }: SurfaceRow): number {
  if (edition === 1) return 0;
  return Math.min(FRESH_CARD_MS.most, FRESH_CARD_MS.first * 2 ** (edition - 2));
}

/**
 * Is it certain that the vendor shows what we just rendered? A first sending that was tried before (by this process
 * or by one that died holding it) may have arrived then, with an older version, and the vendor keeps that one.
 */
function isCertain(surface: SurfaceRow): boolean {
  return surface.remoteId !== null || (surface.attempts === 0 && surface.leaseUntil === 0);
}

/** What an update used up and what it brought, so that tokens which came meanwhile are kept. */
function changes(
  before: readonly UpdateToken[],
  after: readonly UpdateToken[],
): { spent: UpdateToken[]; fresh: UpdateToken[] } {
  const has = (list: readonly UpdateToken[], { value }: UpdateToken): boolean =>
    list.some((token) => token.value === value);
  return {
    spent: before.filter((token) => !has(after, token)),
    fresh: after.filter((token) => !has(before, token)),
  };
}
