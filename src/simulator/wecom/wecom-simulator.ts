import { createFaults, type Faults } from "../faults.ts";
import { createPusher, type PushAttempt } from "../push.ts";
import { createRateLimiter, type RateLimiter } from "../rate-limit.ts";
import { createTokens, type Tokens } from "../tokens.ts";
import type { ToolClock, ToolSimulator } from "../tool.ts";
import { createWorld, type World } from "../world.ts";
import { type Aibot, type AibotControls, createAibot } from "./aibot/bot.ts";
import { isBotChat, withBotChats } from "./aibot/chats.ts";
import { isBotPath } from "./aibot/response-api.ts";
import { handleApi } from "./api.ts";
import { createBoards } from "./board-api.ts";
import { urlCheck } from "./callback-push.ts";
import { createCards } from "./cards.ts";
import type { DroppedMessage, VoiceCalls, WecomContext, WecomOptions } from "./context.ts";
import { createMedia } from "./media.ts";
import { pressCard } from "./press.ts";
import { createResponseCodes } from "./response-codes.ts";
import { sayToApp } from "./say.ts";

// WeCom docs 90238: 5 s and three more tries; how far apart is not said. The URL check has 1 s.
const DEADLINE_MS = 5000;
const RETRY_DELAYS_MS = [1000, 1000, 1000];
const CHECK_DEADLINE_MS = 1000;

export type WecomSimulator = ToolSimulator & {
  /** Ask the callback URL whether it is ours, as saving it in the admin console does. */
  verifyUrl(): Promise<boolean>;
  /** Messages that were accepted with errcode 0 and never shown, because a member had got too many. */
  dropped(): readonly DroppedMessage[];
  /** The newest 200 attempts to push, oldest first. */
  pushes(): readonly PushAttempt[];
  readonly faults: Faults;
  readonly tokens: Tokens;
  readonly voiceCalls: VoiceCalls;
  /** The AI bot; null where there is none. */
  readonly aibot: AibotControls | null;
};

/** A WeCom with one self-built app, whose members each have one chat with it, and an AI bot where one is asked for. */
export function createWecomSimulator(options: WecomOptions): WecomSimulator {
  const { clock, fetch, speed, callbackUrl } = options;
  const context = createContext(options);
  const aibot: Aibot | null =
    options.aibot === undefined ? null : createAibot(options.aibot, context.world, options);
  const callbacks = createPusher({
    fetch,
    clock,
    speed,
    deadlineMs: DEADLINE_MS,
    retryDelaysMs: RETRY_DELAYS_MS,
  });
  const checks = createPusher({
    fetch,
    clock,
    speed,
    deadlineMs: CHECK_DEADLINE_MS,
    retryDelaysMs: [],
  });

  return {
    name: "wecom",
    fetch: (request) =>
      aibot !== null && isBotPath(new URL(request.url).pathname)
        ? aibot.fetch(request)
        : handleApi(context, request),
    ...(aibot === null ? {} : { connect: (socket) => aibot.connect(socket) }),
    view: () => context.world.view("wecom"),
    say: (input) =>
      aibot !== null && isWithBot(context.world, input.chat)
        ? aibot.say(input)
        : sayToApp(context, callbacks, callbackUrl, input),
    press: (input) =>
      aibot?.hasCard(input.message) === true
        ? aibot.press(input)
        : pressCard(context, callbacks, callbackUrl, input),
    onChange: context.world.onChange,
    async stop() {
      await Promise.all([callbacks.stop(), checks.stop(), aibot?.stop()]);
    },
    verifyUrl: async () => (await checks.once(urlCheck(context, callbackUrl))).accepted,
    dropped: () => [...context.dropped],
    pushes: () => callbacks.attempts(),
    faults: context.faults,
    tokens: context.tokens,
    voiceCalls: context.voiceCalls,
    aibot,
  };
}

function isWithBot(world: World, id: string): boolean {
  const chat = world.chat(id);
  return chat !== null && isBotChat(chat);
}

function createContext(options: WecomOptions): WecomContext {
  const { clock, limits = {} } = options;
  const seed =
    options.aibot === undefined ? options.world : withBotChats(options.world, options.aibot.name);
  const world = createWorld(seed, clock, { directChatId: (person) => person });
  for (const person of options.world.people) world.directChat(person.id);
  return {
    app: options.app,
    mobiles: options.mobiles ?? {},
    emails: options.emails ?? {},
    voiceCalls: { linked: true, enabled: true, balance: 100 },
    wrongNumbers: { count: 0, blockedUntil: 0 },
    clock,
    world,
    tokens: createTokens({ clock, prefix: "", reuseWhileMs: 0 }),
    faults: createFaults(clock),
    calls: limiter(clock, limits.callsPerMinute ?? 10_000, 60_000),
    perMinute: limiter(clock, limits.memberPerMinute ?? 30, 60_000),
    perHour: limiter(clock, limits.memberPerHour ?? 1000, 3_600_000),
    cards: createCards(world),
    codes: createResponseCodes(clock),
    media: createMedia(clock),
    sent: new Map(),
    duplicates: new Map(),
    dropped: [],
    boards: createBoards(options.boards ?? [], clock),
  };
}

function limiter(clock: ToolClock, count: number, perMs: number): RateLimiter {
  if (count === Number.POSITIVE_INFINITY) return { take: () => 0 };
  return createRateLimiter(clock, { count, perMs });
}
