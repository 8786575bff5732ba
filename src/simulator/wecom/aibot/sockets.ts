import { randomNonce } from "../../../wire/random.ts";
import { asFields, type Fields, parseFields, textOf } from "../../fields.ts";
import { createRateLimiter } from "../../rate-limit.ts";
import type { ToolSocket } from "../../tool.ts";
import { WecomError } from "../wecom-error.ts";
import { COMMANDS } from "./commands.ts";
import type { AibotContext } from "./context.ts";

/** The bot's long connections, of which one is alive. */
export type BotSockets = {
  connect(socket: ToolSocket): void;
  /** Send a callback over the living connection. False when there is none, or when it is lost on the way. */
  push(cmd: string, reqId: string, body: Fields): boolean;
  /** While it is on, callbacks vanish and are not sent again. */
  gap(on: boolean): void;
  /** End the living connection as if another one had taken its place. */
  kick(): void;
  cut(): void;
  isLive(): boolean;
  /** How often somebody has subscribed with success. */
  subscribed(): number;
};

/** Serve `wss://openws.work.weixin.qq.com`. WeCom docs: 101463. */
export function createBotSockets(context: AibotContext): BotSockets {
  const { bot, clock } = context;
  const subscribes = createRateLimiter(clock, {
    count: bot.limits?.subscribesPerMinute ?? 20,
    perMs: 60_000,
  });
  let live: ToolSocket | null = null;
  let lossy = false;
  let subscribed = 0;

  function kick(): void {
    const old = live;
    live = null;
    if (old === null) return;
    const event = { eventtype: "disconnected_event" };
    const body = { ...eventHead(context), msgtype: "event", event };
    old.send(frameOf("aibot_event_callback", randomNonce(24), body));
    old.close(1000, "replaced");
  }

  function subscribe(socket: ToolSocket, body: Fields): void {
    if (subscribes.take(bot.botId) > 0) throw new WecomError(45009, "subscribed too often");
    if (bot.webhook !== undefined) throw new WecomError(846601, "long connections are off");
    if (textOf(body, "bot_id") !== bot.botId || textOf(body, "secret") !== bot.secret) {
      throw new WecomError(853000, "invalid bot_id or secret");
    }
    if (live !== socket) kick();
    live = socket;
    subscribed += 1;
  }

  /** Gives the body of the answer; null when there is none. */
  function carryOut(socket: ToolSocket, frame: Fields, reqId: string): Fields | null {
    const cmd = textOf(frame, "cmd");
    const body = asFields(frame.body) ?? {};
    if (cmd === "aibot_subscribe") {
      subscribe(socket, body);
      return null;
    }
    if (live !== socket) throw new WecomError(846609, "not subscribed");
    if (cmd === "ping") return null;
    const uploaded = context.uploads.take(cmd, body);
    if (uploaded !== null) return uploaded;
    const command = COMMANDS.get(cmd);
    if (command === undefined) throw new WecomError(40058, "unknown cmd");
    command(context, reqId, body);
    return null;
  }

  return {
    connect(socket) {
      socket.onClose(() => {
        if (live === socket) live = null;
      });
      socket.onFrame((written) => {
        const frame = typeof written === "string" ? parseFields(written) : null;
        const reqId = textOf(asFields(frame?.headers), "req_id");
        if (frame === null || reqId === "") return socket.close(1003, "expected a JSON frame");
        socket.send(answerTo(reqId, () => carryOut(socket, frame, reqId)));
      });
    },
    push(cmd, reqId, body) {
      if (live === null || lossy) return false;
      live.send(frameOf(cmd, reqId, body));
      return true;
    },
    gap(on) {
      lossy = on;
    },
    kick,
    cut: () => live?.cut(),
    isLive: () => live !== null,
    subscribed: () => subscribed,
  };
}

/** What events and messages begin with. WeCom docs: 101463. */
export function eventHead({ bot, clock }: AibotContext) {
  return {
    msgid: randomNonce(24),
    create_time: Math.floor(clock.now() / 1000),
    aibotid: bot.botId,
  };
}

function frameOf(cmd: string, reqId: string, body: Fields): string {
  return JSON.stringify({ cmd, headers: { req_id: reqId }, body });
}

function answerTo(reqId: string, effect: () => Fields | null): string {
  const headers = { req_id: reqId };
  try {
    const body = effect();
    return JSON.stringify({
      headers,
      ...(body === null ? {} : { body }),
      errcode: 0,
      errmsg: "ok",
    });
  } catch (error) {
    if (!(error instanceof WecomError)) throw error;
    return JSON.stringify({ headers, errcode: error.errcode, errmsg: error.message });
  }
}
