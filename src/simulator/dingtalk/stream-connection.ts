import { randomNonce } from "../../wire/random.ts";
import { asFields, parseFields, textOf } from "../fields.ts";
import type { ToolClock, ToolSocket } from "../tool.ts";
import type { Subscription } from "./stream-tickets.ts";

/** A ping every 20 to 30 s, as GitHub soimy/openclaw-channel-dingtalk#308 measured. */
const PING_MS = { least: 20_000, most: 30_000 } as const;
/** How long a connection stands after SYSTEM `disconnect`, delivering nothing. Same source. */
const RETIRING_MS = 10_000;

/** One push as it leaves; `headers` are those that only its type has. */
export type StreamPush = {
  readonly type: "EVENT" | "CALLBACK";
  readonly topic: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON as a text. */
  readonly data: string;
};

/** What came back for one push. */
export type StreamAck = { readonly code: number; readonly data: string };

/** What is known of a connection that stands. */
export type StreamConnection = {
  readonly id: string;
  readonly subscriptions: readonly Subscription[];
  /** It was told to move and is sent nothing any more. */
  readonly retiring: boolean;
  /** Pings that were answered with the data that they carried. */
  readonly pongs: number;
};

/** The vendor's end of one connection. */
export type Standing = {
  view(): StreamConnection;
  /** Is it subscribed to this? `*` stands for every topic of a type. */
  takes(push: Pick<StreamPush, "type" | "topic">): boolean;
  /** Send a push, and wait for its answer. Rejects when the connection ends before, and when `signal` fires. */
  push(push: StreamPush, signal: AbortSignal | null): Promise<StreamAck>;
  /** Tell the client to move, deliver nothing more, and close in 10 s. */
  retire(): void;
  close(code: number): void;
  cut(): void;
};

type Waiting = { taken(ack: StreamAck): void; lost(reason: Error): void };

/** Take a socket whose ticket was good: ping it until it ends, which `ended` hears. developerpedia: learn/stream/protocol. */
export function stand(options: {
  readonly socket: ToolSocket;
  readonly subscriptions: readonly Subscription[];
  readonly clock: ToolClock;
  readonly clientId: string;
  readonly random: () => number;
  ended(): void;
}): Standing {
  const { socket, subscriptions, clock, random } = options;
  const id = crypto.randomUUID();
  const gone = new AbortController();
  const waiting = new Map<string, Waiting>();
  let ping = { messageId: "", data: "" };
  let retiring = false;
  let pongs = 0;

  function send(frame: Omit<StreamPush, "type"> & { readonly type: string }): string {
    const messageId = randomNonce(32).toLowerCase();
    const headers = {
      appId: options.clientId,
      connectionId: id,
      contentType: "application/json",
      messageId,
      time: String(clock.now()),
      topic: frame.topic,
      ...frame.headers,
    };
    const { type, data } = frame;
    socket.send(JSON.stringify({ specVersion: "1.0", type, headers, data }));
    return messageId;
  }

  async function keepAlive(): Promise<void> {
    while (!gone.signal.aborted) {
      const wait = PING_MS.least + random() * (PING_MS.most - PING_MS.least);
      await clock.sleep(wait, gone.signal);
      if (gone.signal.aborted) return;
      const data = JSON.stringify({ opaque: randomNonce(16) });
      ping = { data, messageId: send({ type: "SYSTEM", topic: "ping", headers: {}, data }) };
    }
  }

  /** Take an answer of the client. One to nothing that was asked is passed over, and so is what is no answer. */
  function hear(frame: string | Uint8Array): void {
    const answer = typeof frame === "string" ? parseFields(frame) : null;
    const messageId = textOf(asFields(answer?.headers), "messageId");
    const data = textOf(answer, "data");
    const code = answer?.code;
    if (typeof code !== "number") return;
    if (messageId === ping.messageId && data === ping.data && code === 200) pongs += 1;
    waiting.get(messageId)?.taken({ code, data });
    waiting.delete(messageId);
  }

  async function retire(): Promise<void> {
    if (retiring) return;
    retiring = true;
    const data = JSON.stringify({ reason: "moving" });
    send({ type: "SYSTEM", topic: "disconnect", headers: {}, data });
    await clock.sleep(RETIRING_MS, gone.signal);
    socket.close(1000, "");
  }

  socket.onFrame(hear);
  socket.onClose(() => {
    gone.abort();
    for (const { lost } of waiting.values()) lost(new Error("closed"));
    options.ended();
  });
  void keepAlive();

  return {
    view: () => ({ id, subscriptions, retiring, pongs }),
    takes: (push) =>
      subscriptions.some(
        ({ type, topic }) => type === push.type && (topic === "*" || topic === push.topic),
      ),
    push: (push, signal) =>
      new Promise((taken, lost) => {
        const messageId = send(push);
        waiting.set(messageId, { taken, lost });
        signal?.addEventListener("abort", () => {
          waiting.delete(messageId);
          lost(new Error("not answered"));
        });
      }),
    retire: () => void retire(),
    close: (code) => socket.close(code, ""),
    cut() {
      gone.abort();
      socket.cut();
    },
  };
}
