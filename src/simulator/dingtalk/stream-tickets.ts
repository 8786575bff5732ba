import { randomNonce } from "../../wire/random.ts";
import type { ToolClock } from "../tool.ts";

/** developerpedia: learn/stream/protocol. */
const LIFE_MS = 90_000;

/** What a connection asked to be sent. `*` of type EVENT is every event. */
export type Subscription = { readonly type: string; readonly topic: string };

export type Tickets = {
  issue(subscriptions: readonly Subscription[]): string;
  /** What the ticket was issued for; null when it is unknown, was used, or is older than 90 s. */
  use(ticket: string): readonly Subscription[] | null;
};

/** Tickets for Stream connections: each opens one, within 90 s. */
export function createTickets(clock: ToolClock): Tickets {
  const tickets = new Map<
    string,
    { readonly subscriptions: readonly Subscription[]; readonly expiresAt: number }
  >();

  function forgetExpired(): void {
    for (const [ticket, { expiresAt }] of tickets) {
      if (expiresAt > clock.now()) return; // the oldest stands first
      tickets.delete(ticket);
    }
  }

  return {
    issue(subscriptions) {
      forgetExpired();
      const ticket = randomNonce(36);
      tickets.set(ticket, { subscriptions, expiresAt: clock.now() + LIFE_MS });
      return ticket;
    },
    use(ticket) {
      forgetExpired();
      const issued = tickets.get(ticket);
      tickets.delete(ticket);
      return issued?.subscriptions ?? null;
    },
  };
}
