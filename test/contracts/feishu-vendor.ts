import { feishuConfig } from "../../src/bots/feishu/config.ts";
import { createFeishuConnector } from "../../src/bots/feishu/connection.ts";
import type { ToolSimulator, ToolSocket } from "../../src/simulator/tool.ts";
import { utf8, utf8Text } from "../../src/wire/bytes.ts";
import {
  decodeFeishuFrame,
  encodeFeishuFrame,
  type FeishuFrame,
  feishuControl,
  feishuHeader,
} from "../../src/wire/feishu-frame.ts";
import { serveTool } from "../support/serve-tool.ts";
import { json } from "./channel-fakes.ts";
import type { ConnectionPush, Pushed, ScriptedVendor, VendorHeard } from "./connection-subject.ts";

const APP_ID = "cli_0123";
export const APP_SECRET = "made-up-app-secret";
export const TICKET = "made-up-ticket";
const SERVICE = 7;

/** Feishu's end of long connections, which does as it is told and nothing by itself but answer pings. */
export type FeishuVendor = ScriptedVendor & {
  /** What the endpoint answers; by default what the credentials deserve. */
  answerEndpoint(answer: () => Response): void;
  /** The settings in pongs; null for a pong without any. */
  pongWith(clientConfig: unknown): void;
  /** The service that each ping so far named. */
  pings(): readonly number[];
  /** Push one payload in pieces of so many bytes, as frames of this type. */
  pushIn(push: ConnectionPush, how: { readonly size: number; readonly type: string }): Pushed;
};

export async function startFeishuVendor(): Promise<FeishuVendor> {
  const sockets = new Set<ToolSocket>();
  const waiting = new Map<string, (heard: VendorHeard) => void>();
  const pings: number[] = [];
  let endpoint: (() => Response) | null = null;
  let pong: unknown = { PingInterval: 120 };
  let muted = false;
  let pushed = 0;

  function onFrame(socket: ToolSocket, bytes: string | Uint8Array): void {
    if (typeof bytes === "string") throw new TypeError("expected a binary frame");
    const frame = decodeFeishuFrame(bytes);
    if (feishuHeader(frame, "type") === "ping") {
      pings.push(frame.service);
      const payload = pong === null ? null : utf8(JSON.stringify(pong));
      if (!muted) socket.send(encodeFeishuFrame({ ...feishuControl(SERVICE, "pong"), payload }));
      return;
    }
    waiting.get(feishuHeader(frame, "message_id") ?? "")?.(heardIn(frame));
  }

  const served = await serveTool("feishu", (socketBase) => {
    const tool: Pick<ToolSimulator, "name" | "fetch" | "connect" | "stop"> = {
      name: "feishu",
      fetch: async (request) =>
        endpoint === null ? nameEndpoint(socketBase, request) : endpoint(),
      connect(socket) {
        sockets.add(socket);
        socket.onFrame((bytes) => onFrame(socket, bytes));
        socket.onClose(() => sockets.delete(socket));
      },
      stop: async () => {},
    };
    return tool as ToolSimulator;
  });

  function newest(): ToolSocket {
    const socket = [...sockets].at(-1);
    if (socket === undefined) throw new Error("there is no connection");
    return socket;
  }

  function pushIn(push: ConnectionPush, { size, type }: { size: number; type: string }): Pushed {
    pushed += 1;
    const id = `push-${pushed}`;
    let answer: VendorHeard | null = null;
    const heard = new Promise<VendorHeard>((resolve) =>
      waiting.set(id, (given) => {
        answer ??= given;
        resolve(given);
      }),
    );
    for (const frame of framesOf(id, utf8(push.payload), { size, type })) {
      newest().send(encodeFeishuFrame(frame));
    }
    return { heard, now: () => answer };
  }

  return {
    connector(which, deps) {
      const account = { app_id: APP_ID, app_secret: APP_SECRET, transport: "websocket" };
      const own = {
        ours: { api_base: served.url },
        stranger: { api_base: served.url, app_secret: "another-secret" },
        nowhere: { api_base: "http://127.0.0.1:1" },
      }[which];
      return createFeishuConnector(feishuConfig.parse({ ...account, ...own }), deps);
    },
    push: (push) => pushIn(push, { size: Number.POSITIVE_INFINITY, type: push.feed }),
    pushIn,
    raw: (frame) => newest().send(frame),
    mute: () => {
      muted = true;
    },
    cut: () => served.cutAll(),
    connections: () => sockets.size,
    stop: async () => served.cutAll(),
    answerEndpoint: (answer) => {
      endpoint = answer;
    },
    pongWith: (clientConfig) => {
      pong = clientConfig;
    },
    pings: () => pings,
  };
}

async function nameEndpoint(socketBase: string, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname !== "/callback/ws/endpoint") return new Response(null, { status: 404 });
  const asked = (await request.json()) as { readonly AppID: string; readonly AppSecret: string };
  if (asked.AppID !== APP_ID || asked.AppSecret !== APP_SECRET) {
    return json({ code: 514, msg: `auth failed for ${asked.AppSecret}` });
  }
  const address = `${socketBase}/ws?device_id=d&service_id=${SERVICE}&ticket=${TICKET}`;
  return json({ code: 0, msg: "", data: { URL: address, ClientConfig: { PingInterval: 120 } } });
}

function framesOf(
  id: string,
  payload: Uint8Array,
  { size, type }: { readonly size: number; readonly type: string },
): readonly FeishuFrame[] {
  const step = Math.min(size, Math.max(payload.length, 1));
  const sum = Math.max(1, Math.ceil(payload.length / step));
  return Array.from({ length: sum }, (_, seq) => ({
    ...feishuControl(SERVICE, "ping"),
    method: 1,
    seqId: BigInt(seq),
    logId: 2n ** 63n,
    headers: Object.entries({ type, message_id: id, sum, seq, trace_id: "t" }).map(
      ([key, value]) => ({ key, value: String(value) }),
    ),
    payload: payload.subarray(seq * step, (seq + 1) * step),
  }));
}

/** Read an acknowledgement as Feishu does: the pushed frame, with `biz_rt` and what we say of it. */
function heardIn(frame: FeishuFrame): VendorHeard {
  const said = JSON.parse(utf8Text(frame.payload ?? new Uint8Array()));
  if (frame.service !== SERVICE || frame.logId !== 2n ** 63n || frame.method !== 1) {
    throw new Error("an acknowledgement is the frame that it acknowledges");
  }
  if (!/^\d+$/.test(feishuHeader(frame, "biz_rt") ?? "")) throw new Error("no biz_rt");
  const data = said.data === undefined ? null : Buffer.from(said.data, "base64").toString("utf8");
  return { taken: said.code === 200, said: data === null ? null : JSON.parse(data) };
}
