import type { ToolSocket } from "../tool.ts";
import { app, given, ok } from "./bench.ts";
import type { DingtalkOptions } from "./context.ts";

export const ROBOT = { type: "CALLBACK", topic: "/v1.0/im/bot/messages/get" };
export const CARD = { type: "CALLBACK", topic: "/v1.0/card/instances/callback" };
export const EVENTS = { type: "EVENT", topic: "*" };

export type Frame = {
  readonly specVersion: string;
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: string;
};

/** How a client answers a frame: its acknowledgement's code and data, or not at all. */
type Answer = (frame: Frame) => { readonly code: number; readonly data: unknown } | null;

/** A client's socket without a network, and everything that it was sent. */
function createClient(answer: Answer) {
  const frames: Frame[] = [];
  const listeners: ((frame: string | Uint8Array) => void)[] = [];
  const closers: (() => void)[] = [];
  const client = { frames, ended: null as string | null, say };

  function say(frame: string): void {
    for (const listener of listeners) listener(frame);
  }
  function end(how: string): void {
    if (client.ended !== null) return;
    client.ended = how;
    for (const closer of closers) closer();
  }
  const socket: ToolSocket = {
    send(written) {
      const frame = JSON.parse(String(written)) as Frame;
      frames.push(frame);
      const ack = answer(frame);
      if (ack === null) return;
      const { messageId } = frame.headers;
      const headers = { messageId, contentType: "application/json" };
      const data = typeof ack.data === "string" ? ack.data : JSON.stringify(ack.data);
      queueMicrotask(() => say(JSON.stringify({ code: ack.code, headers, message: "OK", data })));
    },
    close: (code) => end(`closed ${code}`),
    cut: () => end("cut"),
    onFrame: (listener) => void listeners.push(listener),
    onClose: (listener) => void closers.push(listener),
  };
  return Object.assign(client, { socket });
}

/** A client that takes everything. */
export const takes: Answer = (frame) => {
  if (frame.type === "SYSTEM") return { code: 200, data: frame.data };
  return { code: 200, data: frame.type === "EVENT" ? { status: "SUCCESS" } : { response: null } };
};

/** For tests: a simulator in Stream mode, and clients that connect to it as the gateway says. */
export function givenStream(more: Partial<DingtalkOptions> = {}) {
  const kit = given(ok, { transport: "stream", socketBase: "ws://tool.test/ding", ...more });
  const gateway = (body: object, accept = "application/json") =>
    kit.simulator.fetch(
      new Request("https://api.dingtalk.com/v1.0/gateway/connections/open", {
        method: "POST",
        headers: { accept, "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    );
  const keys = { clientId: app.clientId, clientSecret: app.clientSecret };

  async function ticket(subscriptions: readonly object[] = [ROBOT, CARD, EVENTS]) {
    const answer = await gateway({ ...keys, subscriptions });
    return (await answer.json()) as { endpoint: string; ticket: string };
  }
  function connectWith(address: { endpoint: string; ticket: string }, answer = takes) {
    const client = createClient(answer);
    const url = new URL(`${address.endpoint}?ticket=${address.ticket}`);
    kit.simulator.connect?.(client.socket, url);
    return client;
  }
  async function connect(answer = takes, subscriptions?: readonly object[]) {
    return connectWith(await ticket(subscriptions), answer);
  }
  return { ...kit, keys, gateway, ticket, connectWith, connect };
}
