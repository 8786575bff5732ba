import { createFaults, type Faults } from "../faults.ts";
import { asFields, type Fields } from "../fields.ts";
import { createPusher, type PushAttempt, type PushHandle } from "../push.ts";
import { createRateLimiter, type RateLimiter } from "../rate-limit.ts";
import { createTokens, type Tokens } from "../tokens.ts";
import type { ToolClock, ToolSimulator } from "../tool.ts";
import { createWorld } from "../world.ts";
import { handleApi } from "./api.ts";
import { pressCard } from "./card-press.ts";
import { createCards } from "./cards.ts";
import type { Ding, DingtalkContext, DingtalkOptions } from "./context.ts";
import { eventPush } from "./event-push.ts";
import { createFiles } from "./files.ts";
import { sayToRobot } from "./robot-push.ts";
import { createSessions } from "./sessions.ts";

/**
 * How long DingTalk waits for an answer and when it tries again.
 *
 * Robot: not documented; redelivery after about 60 s as GitHub DingTalk-Real-AI/dingtalk-openclaw-connector#302 shows, the
 * deadline is a guess. Event: DingTalk docs develop-stream-mode-push-server. Card: DingTalk docs event-callback-card.
 */
const SCHEDULES = {
  robot: { deadlineMs: 5000, retryDelaysMs: [60_000] },
  event: { deadlineMs: 2500, retryDelaysMs: [10_000, 30_000] },
  card: { deadlineMs: 2000, retryDelaysMs: [] },
} as const;

export type DingtalkSimulator = ToolSimulator & {
  /** Let cards use a template, as importing its JSON in the card console does. Published unless said otherwise. */
  importTemplate(id: string, json: unknown, state?: { readonly published: boolean }): void;
  /** Push a subscribed event, such as `user_add_org`. */
  pushEvent(type: string, data: Fields): PushHandle;
  /** Ask the event URL whether it is ours, as saving it in the console does. */
  verifyEventUrl(): Promise<boolean>;
  /** The next robot message to each of these people does not arrive: too much was sent to them. */
  flowControl(people: readonly string[]): void;
  /** Urgent messages, oldest first. */
  dings(): readonly Ding[];
  /** The newest attempts to push, at most 200 of each kind: robot messages first, then events, then clicks. */
  pushes(): readonly PushAttempt[];
  readonly faults: Faults;
  readonly tokens: Tokens;
};

/** A DingTalk with one internal app and its robot, on HTTP: both API hosts from one `fetch`, pushes to the hub's URLs. */
export function createDingtalkSimulator(options: DingtalkOptions): DingtalkSimulator {
  const { app, clock, fetch, speed } = options;
  const context = createContext(options);
  const robot = createPusher({ fetch, clock, speed, ...SCHEDULES.robot });
  const events = createPusher({ fetch, clock, speed, ...SCHEDULES.event });
  const cards = createPusher({ fetch, clock, speed, ...SCHEDULES.card });

  return {
    name: "dingtalk",
    fetch: (request) => handleApi(context, request),
    view: () => context.world.view("dingtalk"),
    say: (input) => sayToRobot(context, robot, options.robotUrl, input),
    press: (input) => pressCard(context, cards, input),
    onChange: (listener) => context.world.onChange(listener),
    async stop() {
      await Promise.all([robot.stop(), events.stop(), cards.stop()]);
    },
    importTemplate(id, json, state = { published: true }) {
      if (id === "" || asFields(json) === null) {
        throw new Error("a template has an id and is a JSON object");
      }
      context.templates.set(id, state);
    },
    pushEvent(type, data) {
      const event = {
        ...data,
        EventType: type,
        CorpId: app.corpId,
        TimeStamp: String(clock.now()),
        eventId: crypto.randomUUID().replaceAll("-", ""),
      };
      return events.push(eventPush(app, options.eventUrl, event, clock.now));
    },
    async verifyEventUrl() {
      const event = { EventType: "check_url" };
      return (await events.once(eventPush(app, options.eventUrl, event, clock.now))).accepted;
    },
    flowControl(people) {
      for (const person of people) context.flowControlled.add(person);
    },
    dings: () => [...context.dings],
    pushes: () => [...robot.attempts(), ...events.attempts(), ...cards.attempts()],
    faults: context.faults,
    tokens: context.tokens,
  };
}

function createContext(options: DingtalkOptions): DingtalkContext {
  const { clock } = options;
  const world = createWorld(options.world, clock, { directChatId: (person) => `cid-${person}` });
  for (const person of options.world.people) world.directChat(person.id);
  const oapiBase = options.oapiBase ?? "https://oapi.dingtalk.com";
  return {
    app: options.app,
    oapiBase,
    mobiles: options.mobiles ?? {},
    clock,
    world,
    tokens: createTokens({ clock, prefix: "", reuseWhileMs: 0 }),
    faults: createFaults(clock),
    calls: callLimiter(clock, options.callsPerSecond ?? 20),
    cards: createCards(world),
    templates: new Map(),
    callbacks: new Map(),
    sessions: createSessions(clock, oapiBase),
    files: createFiles(),
    flowControlled: new Set(),
    dings: [],
  };
}

function callLimiter(clock: ToolClock, count: number): RateLimiter {
  if (count === Number.POSITIVE_INFINITY) return { take: () => 0 };
  return createRateLimiter(clock, { count, perMs: 1000 });
}
