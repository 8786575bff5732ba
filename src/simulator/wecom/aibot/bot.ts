import { createPusher } from "../../push.ts";
import { createRateLimiter, type RateLimiter } from "../../rate-limit.ts";
import type { PressInput, PressResult, PushResult, SayInput, ToolSocket } from "../../tool.ts";
import type { World } from "../../world.ts";
import type { WecomOptions } from "../context.ts";
import { createBotCards } from "./cards.ts";
import { botChatId } from "./chats.ts";
import { clickBody } from "./click.ts";
import type { AibotContext, AibotOptions, Asked } from "./context.ts";
import { createDelivery } from "./delivery.ts";
import { createBotFiles } from "./files.ts";
import { handleBotApi } from "./response-api.ts";
import { sayIt } from "./said.ts";
import { type BotSockets, createBotSockets, eventHead } from "./sockets.ts";
import { createUploads } from "./uploads.ts";
import { webhookCheck } from "./webhook.ts";

/** An answer to a click or a greeting comes within so long, or never. WeCom docs: 101027, 101463. */
const QUICK_MS = 5000;
const DEFAULT_API = "https://qyapi.weixin.qq.com";

/** What a test may do to the bot's connection, and see of it. */
export type AibotControls = Omit<BotSockets, "connect" | "push"> & {
  /** Somebody opens the chat with the bot for the first time of a day. */
  enter(person: string): Promise<PushResult>;
  /** Ask the URL of webhook mode whether it is ours. */
  verifyUrl(): Promise<boolean>;
};

export type Aibot = AibotControls & {
  connect(socket: ToolSocket): void;
  fetch(request: Request): Promise<Response>;
  say(input: SayInput): Promise<PushResult>;
  press(input: PressInput): Promise<PressResult>;
  /** Is this message one of the bot's cards? */
  hasCard(message: string): boolean;
  stop(): Promise<void>;
};

/** One WeCom AI bot: over the long connection, or in webhook mode. */
export function createAibot(bot: AibotOptions, world: World, options: WecomOptions): Aibot {
  const context = createContext(bot, world, options);
  const { clock, fetch, speed } = options;
  const pusher = createPusher({ fetch, clock, speed, deadlineMs: QUICK_MS, retryDelaysMs: [] });
  const { connect, push, ...sockets } = createBotSockets(context);
  const delivery = createDelivery(context, pusher, push);

  async function say(input: SayInput): Promise<PushResult> {
    const chat = world.chat(input.chat);
    if (chat === null || !chat.members.includes(input.person)) {
      throw new Error(`${input.person} is not in the chat ${input.chat}`);
    }
    const said = await sayIt(context, chat, input);
    if (said === null) return NOT_HEARD;
    context.spokenIn.add(chat.id);
    const about = { kind: "message", chat: chat.id, person: input.person } as const;
    return (await delivery.deliver(about, said.body)).result;
  }

  /** Resolves once the card was changed, or after five seconds. */
  async function press(input: PressInput): Promise<PressResult> {
    const card = context.cards.seenBy(input.message, input.person);
    if (card === null) throw new Error(`${input.message} is no card`);
    const body = clickBody(context, card, input);
    const chat = world.message(input.message)?.chat ?? "";
    const answered = new AbortController();
    const about = {
      kind: "click",
      chat,
      person: input.person,
      card: input.message,
      settle: () => answered.abort(),
    } as const;
    const { result, problem } = await delivery.deliver(about, body);
    if (problem !== null) return failedPress("reply.invalid", problem);
    if (!result.delivered) return failedPress("undelivered", "操作失败，请稍后重试");
    if (bot.webhook === undefined) await clock.sleep(QUICK_MS, answered.signal);
    return answered.signal.aborted ? DONE : failedPress("timeout", "请求超时，请稍后重试");
  }

  return {
    ...sockets,
    connect,
    fetch: (request) => handleBotApi(context, request),
    say,
    press,
    hasCard: (message) => context.cards.seenBy(message, "") !== null,
    async enter(person) {
      const event = { eventtype: "enter_chat" };
      const body = { ...eventHead(context), from: { userid: person }, msgtype: "event", event };
      const about: Pick<Asked, "kind" | "chat" | "person"> = {
        kind: "enter",
        chat: botChatId(person),
        person,
      };
      return (await delivery.deliver(about, body)).result;
    },
    async verifyUrl() {
      if (bot.webhook === undefined) return false;
      return (await pusher.once(webhookCheck(context, bot.webhook))).accepted;
    },
    async stop() {
      sockets.cut();
      await Promise.all([delivery.stop(), pusher.stop()]);
    },
  };
}

const NOT_HEARD: PushResult = { delivered: false, status: null, attempts: 0 };
const DONE: PressResult = { toast: null, error: null };

function failedPress(code: string, text: string): PressResult {
  return { toast: null, error: { code, text } };
}

function createContext(bot: AibotOptions, world: World, { clock }: WecomOptions): AibotContext {
  const { limits = {}, apiUrl = DEFAULT_API } = bot;
  const limiter = (count: number, perMs: number): RateLimiter =>
    createRateLimiter(clock, { count, perMs });
  return {
    bot,
    apiUrl,
    clock,
    world,
    cards: createBotCards(world),
    files: createBotFiles(clock, apiUrl),
    uploads: createUploads(clock),
    perMinute: limiter(limits.chatPerMinute ?? 30, 60_000),
    perHour: limiter(limits.chatPerHour ?? 1000, 3_600_000),
    spokenIn: new Set(),
    asked: new Map(),
  };
}
