import {
  CONTROL,
  decodeFeishuFrame,
  encodeFeishuFrame,
  type FeishuFrame,
  feishuHeader,
} from "../../wire/feishu-frame.ts";
import { isWireError } from "../../wire/wire-error.ts";
import type { ToolClock, ToolSocket } from "../tool.ts";
import {
  type Acknowledgement,
  acknowledgementIn,
  type ClientConfig,
  pongFrame,
  pushFrames,
} from "./connection-frames.ts";
import { type ConnectionTickets, createConnectionTickets } from "./connection-tickets.ts";
import { newId } from "./identity.ts";
import type { ConnectionOptions } from "./state.ts";

/** The long connections of one app, seen from Feishu. */
export type Connections = {
  readonly tickets: ConnectionTickets;
  /** The other end of a connection that a client opens with its ticket in the URL. */
  connect(socket: ToolSocket, url: URL): void;
  count(): number;
  /** How many pings have come so far. */
  pings(): number;
  /** Close the connection that stands longest, as Feishu does when it moves clients. False when there is none. */
  kick(): boolean;
  /** Lose every push from now on until a client connects anew; connections stay open. */
  gap(): void;
  /** Called when a client that has connected pings for the first time: now it listens, as the SDK does not from the start. */
  onConnect(listener: () => void): void;
  /**
   * Push over one of the connections, whichever, and wait for its acknowledgement. Rejects when there is no connection,
   * when it breaks or loses the push, and when `signal` fires.
   */
  push(payload: string, signal: AbortSignal): Promise<Acknowledgement>;
  readonly settings: ClientConfig;
};

/** Feishu docs: callback-subscription, long connections. */
export const MOST_CONNECTIONS = 50;
export const SERVICE_ID = 33554678;

type Waiting = { answer(frame: FeishuFrame): void; fail(): void; readonly socket: ToolSocket };

export function createConnections(clock: ToolClock, options: ConnectionOptions = {}): Connections {
  const { pieceBytes = Number.POSITIVE_INFINITY, random = Math.random } = options;
  const settings = settingsOf(options);
  const tickets = createConnectionTickets(clock);
  const sockets = new Set<ToolSocket>();
  const waiting = new Map<string, Waiting>();
  const listeners: (() => void)[] = [];
  const fresh = new WeakSet<ToolSocket>();
  let lost = false;
  let pings = 0;

  function onFrame(socket: ToolSocket, bytes: string | Uint8Array): void {
    const frame = readOrNull(bytes);
    if (frame === null) return;
    if (frame.method !== CONTROL)
      waiting.get(feishuHeader(frame, "message_id") ?? "")?.answer(frame);
    else if (feishuHeader(frame, "type") === "ping") {
      pings += 1;
      socket.send(encodeFeishuFrame(pongFrame(frame.service, settings)));
      if (fresh.delete(socket)) for (const listener of listeners) listener();
    }
  }

  function onClose(socket: ToolSocket): void {
    sockets.delete(socket);
    for (const each of waiting.values()) if (each.socket === socket) each.fail();
  }

  function choose(): ToolSocket {
    const all = [...sockets];
    const socket = all[Math.floor(random() * all.length)];
    if (socket === undefined) throw new Error("the app has no long connection");
    return socket;
  }

  function send(socket: ToolSocket, id: string, payload: string): void {
    const push = { id, service: SERVICE_ID, payload, pieceBytes };
    for (const frame of pushFrames(push)) socket.send(encodeFeishuFrame(frame));
  }

  return {
    tickets,
    settings,
    connect(socket, url) {
      if (!tickets.redeem(url.searchParams.get("ticket") ?? "")) {
        socket.close(1008, "invalid ticket");
        return;
      }
      sockets.add(socket);
      socket.onFrame((bytes) => onFrame(socket, bytes));
      socket.onClose(() => onClose(socket));
      fresh.add(socket);
      lost = false;
    },
    count: () => sockets.size,
    pings: () => pings,
    kick() {
      const [oldest] = sockets;
      oldest?.close(1001, "going away");
      return oldest !== undefined;
    },
    gap() {
      lost = true;
    },
    onConnect: (listener) => void listeners.push(listener),
    async push(payload, signal) {
      if (lost) throw new Error("the push was lost on its way");
      const socket = choose();
      const id = newId("");
      const answered = new Promise<FeishuFrame>((resolve, reject) => {
        const fail = () => reject(new Error("the long connection broke"));
        waiting.set(id, { answer: resolve, fail, socket });
        signal.addEventListener("abort", fail, { once: true });
      });
      send(socket, id, payload);
      const frame = await answered.finally(() => waiting.delete(id));
      return acknowledgementIn(frame);
    },
  };
}

function settingsOf(options: ConnectionOptions): ClientConfig {
  const { pingIntervalS = 120, reconnectIntervalS = 120, reconnectNonceS = 30 } = options;
  return {
    PingInterval: pingIntervalS,
    ReconnectCount: -1,
    ReconnectInterval: reconnectIntervalS,
    ReconnectNonce: reconnectNonceS,
  };
}

function readOrNull(bytes: string | Uint8Array): FeishuFrame | null {
  try {
    return typeof bytes === "string" ? null : decodeFeishuFrame(bytes);
  } catch (error) {
    if (isWireError(error)) return null;
    throw error;
  }
}
