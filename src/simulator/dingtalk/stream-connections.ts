import type { ToolClock, ToolSocket } from "../tool.ts";
import {
  type Standing,
  type StreamAck,
  type StreamConnection,
  type StreamPush,
  stand,
} from "./stream-connection.ts";
import type { Tickets } from "./stream-tickets.ts";

/** Which code DingTalk closes with when a ticket is no good is not documented. */
const BAD_TICKET = 4001;

export type StreamConnections = {
  connect(socket: ToolSocket, url: URL): void;
  /**
   * Hand a push to one connection that subscribed to it, by chance, and wait for its answer. Rejects when there is no
   * such connection, when it closes unanswered, and when `signal` fires.
   */
  deliver(push: StreamPush, signal: AbortSignal | null): Promise<StreamAck>;
  /** Is every connection for this on its way out? Then what is pushed is lost. */
  inGap(push: Pick<StreamPush, "type" | "topic">): boolean;
  /** All that stand, oldest first. */
  list(): readonly StreamConnection[];
  /** Tell all of them to move: nothing is delivered over them from now on, and in 10 s they are closed. */
  retire(): void;
  /** Close all of them at once, as a server that restarts. */
  kick(): void;
  /** Cut all of them without a word, as a network does. */
  cut(): void;
};

/** The vendor's end of all Stream connections of one app. developerpedia: learn/stream/protocol. */
export function createStreamConnections(options: {
  readonly clock: ToolClock;
  readonly clientId: string;
  readonly tickets: Tickets;
  /** From 0 up to 1. */
  readonly random: () => number;
}): StreamConnections {
  const { tickets, random } = options;
  const standing = new Set<Standing>();
  const takers = (push: Pick<StreamPush, "type" | "topic">) =>
    [...standing].filter((connection) => connection.takes(push));

  return {
    connect(socket, url) {
      const subscriptions = tickets.use(url.searchParams.get("ticket") ?? "");
      if (subscriptions === null) return socket.close(BAD_TICKET, "the ticket is no good");
      const ended = () => standing.delete(connection);
      const connection = stand({ ...options, socket, subscriptions, ended });
      standing.add(connection);
    },
    deliver(push, signal) {
      const live = takers(push).filter((connection) => !connection.view().retiring);
      const taker = live[Math.floor(random() * live.length)];
      return taker?.push(push, signal) ?? Promise.reject(new Error("no connection takes this"));
    },
    inGap(push) {
      const all = takers(push);
      return all.length > 0 && all.every((connection) => connection.view().retiring);
    },
    list: () => [...standing].map((connection) => connection.view()),
    retire() {
      for (const connection of standing) connection.retire();
    },
    kick() {
      for (const connection of standing) connection.close(1001);
    },
    cut() {
      for (const connection of standing) connection.cut();
    },
  };
}
