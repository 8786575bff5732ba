import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { aibotConfig } from "../../src/bots/wecom/aibot/config.ts";
import { createAibotConnector } from "../../src/bots/wecom/aibot/connection.ts";
import type { ChannelDeps } from "../../src/ports/channel.ts";
import type { ConnectionPush, Pushed, ScriptedVendor, VendorHeard } from "./connection-subject.ts";
import { BOT, SECRET } from "./wecom-aibot-account.ts";

/** The req_id of every message; a click has one of its own. */
export const REQ_ID = "req-of-a-message";
export const CLICK = "click";

type Frame = {
  readonly cmd: string;
  readonly headers: { readonly req_id: string };
  readonly body?: Readonly<Record<string, unknown>>;
};

/** A WeCom that knows one AI bot and does as the suite says. */
export async function startVendor(): Promise<ScriptedVendor> {
  return (await startForgetful()).vendor;
}

/** The same, and it can be made to forget that anybody has subscribed. */
export async function startForgetful(): Promise<{ vendor: ScriptedVendor; forget(): void }> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const sockets: WebSocket[] = [];
  const waiting = new Map<string, (heard: VendorHeard) => void>();
  let mute = false;
  let isForgetful = false;
  let clicks = 0;

  /** The answers to clicks that show nothing on a card come as words, which name no click: they belong to the oldest. */
  function hear({ cmd, headers, body }: Frame): number {
    if (cmd === "aibot_subscribe") {
      return body?.bot_id === BOT && body.secret === SECRET ? 0 : 853000;
    }
    if (isForgetful) return 846609;
    const click = cmd === "aibot_send_msg" ? [...waiting.keys()][0] : headers.req_id;
    const settle = waiting.get(click ?? "");
    waiting.delete(click ?? "");
    settle?.({ taken: true, said: body });
    return 0;
  }

  server.on("connection", (socket) => {
    sockets.push(socket);
    socket.on("message", (data) => {
      if (mute) return;
      const frame = JSON.parse(String(data)) as Frame;
      socket.send(JSON.stringify({ headers: frame.headers, errcode: hear(frame), errmsg: "" }));
    });
  });

  const connector = (which: "ours" | "stranger" | "nowhere", deps: ChannelDeps) => {
    const config = aibotConfig.parse({
      kind: "aibot",
      bot_id: BOT,
      secret: which === "stranger" ? "another-secret" : SECRET,
      ws_url: `ws://127.0.0.1:${which === "nowhere" ? 1 : port}`,
    });
    if (config.transport !== "websocket") throw new Error("expected a long connection");
    return createAibotConnector(config, deps);
  };

  const vendor: ScriptedVendor = {
    connector,
    push(push: ConnectionPush): Pushed {
      const isClick = push.name.startsWith(CLICK);
      clicks += 1;
      const reqId = isClick ? `req-${clicks}` : REQ_ID;
      const cmd = isEvent(push) ? "aibot_event_callback" : "aibot_msg_callback";
      let heard: VendorHeard | null = null;
      const answer = new Promise<VendorHeard>((resolve) => {
        if (!isClick) return;
        waiting.set(reqId, (said) => {
          heard = said;
          resolve(said);
        });
      });
      const headers = JSON.stringify({ req_id: reqId });
      sockets.at(-1)?.send(`{"cmd":"${cmd}","headers":${headers},"body":${push.payload}}`);
      return { heard: answer, now: () => heard };
    },
    raw: (frame) => sockets.at(-1)?.send(frame),
    mute() {
      mute = true;
    },
    cut() {
      for (const socket of sockets) socket.terminate();
    },
    connections: () => server.clients.size,
    async stop() {
      for (const socket of sockets) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return {
    vendor,
    forget() {
      isForgetful = true;
    },
  };
}

/** Events are told by their name, because the suite garbles what they say of themselves. */
function isEvent({ name }: ConnectionPush): boolean {
  return name.startsWith(CLICK) || name.startsWith("event");
}
