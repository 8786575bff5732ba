import type { Inbound } from "../core/message.ts";

/** So many times more mail may wait before clicks are turned away, too. */
const ROOM_FOR_CLICKS = 2;

/**
 * Does too much mail wait for `items` to be taken in? Whose vendor sends them again can come later. Clicks are sent once,
 * and each is worked at once, ahead of what waits: they are taken for longer. Without `items`: does it wait for messages?
 */
export function isOverloaded(backlog: number, limit: number, items?: readonly Inbound[]): boolean {
  const isSentOnce = items?.every(({ type }) => type === "action") === true;
  return backlog > (isSentOnce ? limit * ROOM_FOR_CLICKS : limit);
}
