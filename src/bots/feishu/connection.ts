import type { ChannelDeps } from "../../ports/channel.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Connector, Intake, OpenConnection, Opening } from "../../ports/connection.ts";
import { type ClientSocket, openSocket } from "../../wire/client-socket.ts";
import {
  CONTROL,
  decodeFeishuFrame,
  encodeFeishuFrame,
  type FeishuFrame,
  feishuControl,
  feishuHeader,
} from "../../wire/feishu-frame.ts";
import { jsonOrNull } from "../../wire/json.ts";
import { later } from "../../wire/later.ts";
import { isWireError } from "../../wire/wire-error.ts";
import type { FeishuConfig } from "./config.ts";
import { askEndpoint, type Endpoint, pingMsIn } from "./connection-endpoint.ts";
import { createPushes, type Pushes } from "./connection-pushes.ts";

/** Feishu asks for a ping every two minutes; we look twice as often, to notice the sooner that it is gone. */
const LONGEST_PING_MS = 60_000;
const SHORTEST_PING_MS = 5_000;
/** One ping may get lost in a slow moment, and its answer needs some seconds. */
const SILENCE_MS = 2 * LONGEST_PING_MS + 10_000;
/** Feishu waits so long for an answer. Feishu docs: event subscription. */
const LANDING_MS = 3_000;

export type FeishuConnectorDeps = Pick<ChannelDeps, "fetch" | "clock" | "log">;

/**
 * The long connection of one Feishu (or Lark) app; `config.transport` is `websocket`. Node only.
 *
 * Feishu gives each push to one connection of the app, whichever: several processes may share the work.
 */
export function createFeishuConnector(config: FeishuConfig, deps: FeishuConnectorDeps): Connector {
  return {
    silenceMs: SILENCE_MS,
    async open(intake, signal) {
      const endpoint = await askEndpoint(config, deps, signal);
      if (endpoint.type === "failed") return endpoint;
      return connect(endpoint, { config, deps, intake }, signal);
    },
  };
}

type Account = {
  readonly config: FeishuConfig;
  readonly deps: FeishuConnectorDeps;
  readonly intake: Intake;
};

async function connect(
  endpoint: Endpoint,
  { config, deps, intake }: Account,
  signal: AbortSignal,
): Promise<Opening> {
  const { clock, log } = deps;
  const heard = { at: clock.now(), pingMs: clamped(endpoint.pingMs) };
  const opened = later<ClientSocket>();
  const pushes = createPushes({ config, intake, clock, log }, async (frame) =>
    (await opened.promise).send(frame),
  );

  function onFrame(bytes: string | Uint8Array | null): void {
    heard.at = clock.now();
    if (bytes === null) return;
    try {
      const frame = decodeFeishuFrame(typeof bytes === "string" ? new Uint8Array() : bytes);
      if (frame.method === CONTROL) heard.pingMs = pingMsOf(frame) ?? heard.pingMs;
      else pushes.take(frame);
    } catch (error) {
      // Whatever it is, it must not end the process: this is called from the socket's own events.
      const reason = isWireError(error) ? error.message : nameOf(error);
      log.warn("A frame of the long connection was not read.", { reason });
    }
  }

  const opening = await openSocket(endpoint.url, onFrame, signal);
  if (opening.type === "failed") {
    return { type: "failed", class: "transient", afterMs: null, reason: opening.reason };
  }
  const { socket } = opening;
  opened.settle(socket);
  const over = new AbortController();
  void socket.closed.then(() => over.abort());
  const ping = encodeFeishuFrame(feishuControl(endpoint.service, "ping"));
  void keepPinging(() => socket.send(ping), heard, clock, over.signal);
  return { type: "open", connection: connectionOf({ socket, pushes, heard, clock, over }) };
}

function connectionOf(parts: {
  readonly socket: ClientSocket;
  readonly pushes: Pushes;
  readonly heard: { readonly at: number };
  readonly clock: Clock;
  readonly over: AbortController;
}): OpenConnection {
  const { socket, pushes, heard, clock, over } = parts;
  let closing: Promise<void> | null = null;

  async function close(): Promise<void> {
    pushes.refuse();
    await Promise.race([pushes.settled(), clock.sleep(LANDING_MS, over.signal)]);
    over.abort();
    await socket.close();
  }

  return {
    // Feishu's words on closing are not told: nobody promises that there is no ticket in them.
    ended: socket.closed.then(({ code }) => ({ type: "lost", reason: `closed with ${code}` })),
    heardAt: () => heard.at,
    request: async () => ({ type: "unreached", reason: "Feishu takes no requests this way" }),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** The first ping goes out at once: its pong brings the newest settings. Never rejects. */
async function keepPinging(
  ping: () => Promise<boolean>,
  heard: { readonly pingMs: number },
  clock: Clock,
  over: AbortSignal,
): Promise<void> {
  while (!over.aborted) {
    await ping();
    await clock.sleep(heard.pingMs, over);
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "error";
}

/** A pong may carry new settings. */
function pingMsOf(frame: FeishuFrame): number | null {
  if (feishuHeader(frame, "type") !== "pong" || frame.payload === null) return null;
  const pingMs = pingMsIn(jsonOrNull(frame.payload));
  return pingMs === null ? null : clamped(pingMs);
}

function clamped(pingMs: number | null): number {
  return Math.min(Math.max(pingMs ?? LONGEST_PING_MS, SHORTEST_PING_MS), LONGEST_PING_MS);
}
