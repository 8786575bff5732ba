import { utf8, utf8Text } from "../../wire/bytes.ts";
import {
  DATA,
  decodeFeishuFrame,
  encodeFeishuFrame,
  type FeishuFrame,
  feishuControl,
} from "../../wire/feishu-frame.ts";
import type { ToolSocket } from "../tool.ts";
import { createBench } from "./bench.ts";
import type { JsonObject } from "./shape.ts";
import type { FeishuOptions } from "./state.ts";

/** The app of the bench, as the endpoint asks for it. */
export const SECRET = { AppID: "cli_0123456789abcdef", AppSecret: "app-secret" };
/** Something that a person writes to the bot. */
export const WRITTEN = { person: "ou_chen", chat: "oc_chen", text: "冰柜坏了" };

/** A Feishu whose app has its pushes sent over long connections, and clients for it without a network. */
export function createConnectionBench(overrides: Partial<FeishuOptions> = {}) {
  const app = {
    appId: SECRET.AppID,
    appSecret: SECRET.AppSecret,
    encryptKey: "encrypt-key",
    verificationToken: "verification-token",
    subscription: "websocket" as const,
  };
  const bench = createBench({ app, socketBase: "ws://feishu.test/sockets", ...overrides });
  async function endpoint(body: unknown = SECRET) {
    const url = "https://open.feishu.cn/callback/ws/endpoint";
    const init = { method: "POST", body: JSON.stringify(body) };
    const answer = await bench.simulator.fetch(new Request(url, init));
    return { status: answer.status, body: (await answer.json()) as JsonObject };
  }
  async function address(): Promise<URL> {
    const { data } = (await endpoint()).body;
    return new URL(String((data as JsonObject).URL));
  }
  async function connected() {
    const client = createClient();
    bench.simulator.connect?.(client.socket, await address());
    return client;
  }
  return { ...bench, endpoint, address, connected };
}

/** A client on the other end of a socket without a network. */
export function createClient() {
  const frames: FeishuFrame[] = [];
  const pongs: FeishuFrame[] = [];
  const hears: ((frame: string | Uint8Array) => void)[] = [];
  const ends: (() => void)[] = [];
  const client = { closed: null as readonly [number, string] | null };
  const socket: ToolSocket = {
    send(bytes) {
      const frame = decodeFeishuFrame(bytes as Uint8Array);
      (frame.method === DATA ? frames : pongs).push(frame);
    },
    close(code, reason) {
      client.closed = [code, reason];
      for (const end of ends) end();
    },
    cut() {
      for (const end of ends) end();
    },
    onFrame: (listener) => void hears.push(listener),
    onClose: (listener) => void ends.push(listener),
  };
  const send = (frame: string | Uint8Array): void => {
    for (const hear of hears) hear(frame);
  };
  return {
    socket,
    /** What was pushed. */
    frames,
    pongs,
    send,
    ping: () => send(encodeFeishuFrame(feishuControl(7, "ping"))),
    closed: () => client.closed,
    /** Acknowledge the newest frame. */
    acknowledge(said: JsonObject) {
      const push = frames.at(-1);
      if (push === undefined) throw new Error("nothing was pushed");
      send(encodeFeishuFrame({ ...push, payload: utf8(JSON.stringify(said)) }));
    },
    events: () => frames.map(payloadIn),
  };
}

/** The JSON that a frame carries. */
export function payloadIn({ payload }: FeishuFrame) {
  return JSON.parse(utf8Text(payload ?? utf8("null")));
}
