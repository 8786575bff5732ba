import { createHash } from "node:crypto";
import { dingtalkConfig } from "../../src/bots/dingtalk/config.ts";
import { createDingtalkConnector } from "../../src/bots/dingtalk/connection.ts";
import type { Clock } from "../../src/ports/clock.ts";
import {
  createDingtalkSimulator,
  type DingtalkSimulator,
} from "../../src/simulator/dingtalk/dingtalk-simulator.ts";
import type { ToolSimulator, ToolSocket } from "../../src/simulator/tool.ts";
import { serveTool } from "../support/serve-tool.ts";
import { NOW } from "./channel-subject.ts";
import type { ConnectionPush, Pushed, ScriptedVendor, VendorHeard } from "./connection-subject.ts";
import { AES_KEY, CLIENT_SECRET, config, TOKEN } from "./dingtalk-account.ts";

/** Stands before every ticket that the vendor hands out. */
export const TICKET = "made-up-ticket-";

/** The id of the frame that carries this: one that is pushed again keeps its own. */
export function messageIdOf(payload: string): string {
  return createHash("sha256").update(payload).digest("hex");
}

const TOPICS: Readonly<Record<string, string>> = {
  robot: "/v1.0/im/bot/messages/get",
  card: "/v1.0/card/instances/callback",
  event: "*",
};

/** The simulated DingTalk on real sockets, with pushes said word for word; its time is that of the last connector. */
export async function startDingtalk(): Promise<ScriptedVendor> {
  let clock: Clock = { now: () => NOW, sleep: () => new Promise(() => {}) };
  const wire = createWire();
  let simulator: DingtalkSimulator | null = null;
  const { url } = await serveTool("dingtalk", (socketBase) => {
    simulator = simulated(socketBase, () => clock);
    return withTap(simulator, wire.tap);
  });
  return {
    connector(which, deps) {
      clock = deps.clock;
      const place = which === "nowhere" ? "http://127.0.0.1:1" : url;
      const secret = which === "stranger" ? "another" : CLIENT_SECRET;
      const account = { ...config, transport: "stream", api_base: place, client_secret: secret };
      return createDingtalkConnector(dingtalkConfig.parse(account), deps);
    },
    push: wire.push,
    raw: wire.raw,
    mute: wire.mute,
    cut: () => simulator?.streams.cut(),
    connections: () => simulator?.streams.list().length ?? 0,
    stop: async () => simulator?.stop(),
  };
}

function simulated(socketBase: string, clock: () => Clock): DingtalkSimulator {
  return createDingtalkSimulator({
    world: { people: [], chats: [] },
    clock: { now: () => clock().now(), sleep: (ms, signal) => clock().sleep(ms, signal) },
    fetch: () => Promise.reject(new Error("nothing is pushed over HTTP")),
    speed: 1,
    socketBase,
    app: {
      clientId: config.client_id,
      clientSecret: CLIENT_SECRET,
      robotCode: config.client_id,
      corpId: "ding1",
      aesKey: AES_KEY,
      token: TOKEN,
    },
    robotUrl: "",
    eventUrl: "",
    transport: "stream",
  });
}

/** The same tool, its tickets known by their beginning, and each socket in our hands. */
function withTap(tool: ToolSimulator, tap: (socket: ToolSocket) => ToolSocket): ToolSimulator {
  return {
    ...tool,
    async fetch(request) {
      const answer = await tool.fetch(request);
      const written = await answer.text();
      const { status, headers } = answer;
      return new Response(written.replace('"ticket":"', `"ticket":"${TICKET}`), {
        status,
        headers,
      });
    },
    connect(socket, url) {
      const ticket = url.searchParams.get("ticket") ?? "";
      url.searchParams.set("ticket", ticket.replace(TICKET, ""));
      tool.connect?.(tap(socket), url);
    },
  };
}

/** What goes over the sockets beside the simulator's own frames, and what comes back for it. */
function createWire() {
  const sockets: ToolSocket[] = [];
  const waiting = new Map<string, ((heard: VendorHeard) => void)[]>();
  let isMute = false;

  function hear(frame: string | Uint8Array): void {
    const { code, headers, data } = JSON.parse(String(frame));
    const same = waiting.get(headers.messageId) ?? [];
    if (same.length === 0) return;
    const said = JSON.parse(data);
    const taken = code === 200 && said.status !== "LATER";
    // Of equal frames under way nobody can tell which one is meant. A refusal comes at once, so it is of the oldest; what
    // is taken while another is held back is the newest.
    const tell = taken ? same.pop() : same.shift();
    tell?.({ taken, said });
  }

  return {
    tap(socket: ToolSocket): ToolSocket {
      sockets.push(socket);
      socket.onFrame(hear);
      return { ...socket, send: (frame) => (isMute ? undefined : socket.send(frame)) };
    },
    push({ feed, payload }: ConnectionPush): Pushed {
      const messageId = messageIdOf(payload);
      let now: VendorHeard | null = null;
      const heard = new Promise<VendorHeard>((resolve) => {
        const tell = (answer: VendorHeard) => {
          now = answer;
          resolve(answer);
        };
        waiting.set(messageId, [...(waiting.get(messageId) ?? []), tell]);
      });
      sockets.at(-1)?.send(frameOf(feed, messageId, payload));
      return { heard, now: () => now };
    },
    raw: (frame: string | Uint8Array) => sockets.at(-1)?.send(frame),
    mute() {
      isMute = true;
    },
  };
}

/** A frame as DingTalk pushes it. developerpedia: learn/stream/protocol. */
export function frameOf(feed: string, messageId: string, data: string): string {
  return JSON.stringify({
    specVersion: "1.0",
    type: feed === "event" ? "EVENT" : "CALLBACK",
    headers: {
      appId: config.client_id,
      connectionId: "c-1",
      contentType: "application/json",
      messageId,
      time: String(NOW),
      topic: TOPICS[feed] ?? feed,
      ...(feed === "event" ? { eventType: "user_add_org", eventId: "e-1" } : {}),
    },
    data,
  });
}
