import type { SSEStreamingApi } from "hono/streaming";
import type { Hub } from "../app/hub.ts";

const PAGE = 200;
const HEARTBEAT_MS = 20_000;

/** One visitor's feed, from the event after `after` on. */
export type FeedPlace = {
  readonly account: string;
  readonly visitor: string;
  readonly after: number;
};

/** What tells a stream that it has something to do. */
export type FeedWatch = {
  /** Call `listener` when there may be news for a visitor. Returns the way to stop. */
  onAppend(account: string, visitor: string, listener: () => void): () => void;
  /** Does the hub stop, so that pages must be let go? Absent where nothing ever stops. */
  ended?(): boolean;
};

type Following = { readonly hub: Pick<Hub, "store" | "clock" | "log">; readonly watch: FeedWatch };

/**
 * Send a page what it has not yet, then whatever comes, and a sign of life while nothing does.
 *
 * The store is read when the watch says that there may be news, and never on a timer of its own. Resolves when the page
 * has gone, the hub stops, or the store fails: the page comes again by itself and loses nothing. Never rejects.
 */
export async function followFeed(
  stream: SSEStreamingApi,
  place: FeedPlace,
  { hub, watch }: Following,
): Promise<void> {
  let news = new AbortController();
  let { after } = place;
  let spokeAt = hub.clock.now();
  const ring = (): void => news.abort();
  const open = (): boolean => !stream.aborted && watch.ended?.() !== true;
  const unwatch = watch.onAppend(place.account, place.visitor, ring);
  stream.onAbort(ring);
  try {
    await stream.write(": connected\n\n"); // a page is told by the first byte that it is connected
    while (open()) {
      news = new AbortController(); // before reading, so that what comes meanwhile is not slept over
      const last = await sendNews(stream, { ...place, after }, hub);
      if (last > after) spokeAt = hub.clock.now();
      after = last;
      while (open() && !news.signal.aborted) {
        const left = spokeAt + HEARTBEAT_MS - hub.clock.now();
        await hub.clock.sleep(Math.min(left, HEARTBEAT_MS), news.signal);
        spokeAt = await showLife(stream, spokeAt, hub.clock.now());
      }
    }
  } catch (error) {
    const name = error instanceof Error ? error.name : "error";
    hub.log.error("A visitor's feed could not be read.", { account: place.account, error: name });
  } finally {
    unwatch();
  }
}

/** Send every event after `after`. Resolves with the seq of the last one that was sent. */
async function sendNews(
  stream: SSEStreamingApi,
  { account, visitor, after }: FeedPlace,
  { store }: Following["hub"],
): Promise<number> {
  let last = after;
  for (let full = true; full && !stream.aborted; ) {
    const events = await store.visitorEvents(account, visitor, last, PAGE);
    for (const { seq, body } of events) {
      const { type, ...data } = JSON.parse(body) as { readonly type: string };
      await stream.writeSSE({
        id: String(seq),
        event: type,
        data: JSON.stringify({ seq, ...data }),
      });
      last = seq;
    }
    full = events.length === PAGE;
  }
  return last;
}

/** Proxies and browsers give up what is silent for long. Resolves with when the page last heard from us. */
async function showLife(stream: SSEStreamingApi, spokeAt: number, now: number): Promise<number> {
  if (now - spokeAt < HEARTBEAT_MS) return spokeAt;
  await stream.write(": alive\n\n");
  return now;
}
