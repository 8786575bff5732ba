import { DEEPEST } from "../core/ticket/kin.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { Hub } from "./hub.ts";

/**
 * The tickets that a step on this one may have to write too: its parent, and where another ticket is named by its
 * number, that one and all that are above this one.
 */
export async function kinOf(
  hub: Hub,
  ticket: Ticket | null,
  named: number | null = null,
): Promise<readonly Ticket[]> {
  if (ticket === null) return [];
  const above = await parentsOf(hub, ticket, named === null ? 1 : DEEPEST);
  const other = named === null ? null : await hub.store.ticketNumbered(named);
  const known = [ticket, ...above].some(({ id }) => id === other?.id);
  return other === null || known ? above : [...above, other];
}

/** The tickets above one, the nearest first. */
async function parentsOf(hub: Hub, ticket: Ticket, most: number): Promise<readonly Ticket[]> {
  const above: Ticket[] = [];
  for (let at = ticket; at.parent !== undefined && above.length < most; ) {
    const parent = await hub.store.ticket(at.parent.ticket);
    if (parent === null) break;
    above.push(parent);
    at = parent;
  }
  return above;
}
