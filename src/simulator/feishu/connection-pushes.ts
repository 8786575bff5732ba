import type { Connections } from "./connections.ts";

type Event = { readonly payload: string; state: "under way" | "failed" | "acknowledged" };

/** The newest of them; older ones are forgotten. */
const MOST_EVENTS = 5000;

/**
 * Pushing over the app's long connections, in the place of `fetch`: the URL is the push's identity, the answer is the
 * acknowledgement, and no connection is a failed network.
 */
export function overConnections(connections: Connections): typeof fetch {
  return async (_url, init) => {
    const signal = init?.signal ?? new AbortController().signal;
    const { code, body } = await connections.push(String(init?.body), signal);
    return new Response(body, { status: code === 200 ? 200 : 500 });
  };
}

/**
 * The same for events: what was not acknowledged is also sent whenever a client connects, beside its schedule of
 * redeliveries, and what has been acknowledged is not sent again. Feishu docs: event-subscription-guide, long connections.
 */
export function withFlush(connections: Connections): typeof fetch {
  const push = overConnections(connections);
  const events = new Map<string, Event>();

  function remember(id: string, payload: string): Event {
    const event = events.get(id) ?? { payload, state: "failed" };
    events.set(id, event);
    for (const oldest of events.keys()) {
      if (events.size <= MOST_EVENTS) break;
      events.delete(oldest);
    }
    return event;
  }

  async function attempt(id: string, event: Event, signal?: AbortSignal | null): Promise<Response> {
    event.state = "under way";
    try {
      const answer = await push(id, { body: event.payload, signal: signal ?? null });
      event.state = answer.status === 200 ? "acknowledged" : "failed";
      return answer;
    } catch (error) {
      event.state = "failed";
      throw error;
    }
  }

  connections.onConnect(() => {
    for (const [id, event] of events) {
      // What fails again waits for the next connection.
      if (event.state === "failed") attempt(id, event).catch(() => null);
    }
  });

  return async (url, init) => {
    const event = remember(String(url), String(init?.body));
    if (event.state === "acknowledged") return new Response("{}");
    return attempt(String(url), event, init?.signal);
  };
}
