import { DINGTALK_TOPICS } from "../../wire/dingtalk-frame.ts";
import { createFaults, type Faults } from "../faults.ts";
import { asFields, type Fields } from "../fields.ts";
import { createPusher, type Push, type PushAttempt, type PushHandle } from "../push.ts";
import { createRateLimiter, type RateLimiter } from "../rate-limit.ts";
import { createTokens, type Tokens } from "../tokens.ts";
import type { ToolClock, ToolSimulator } from "../tool.ts";
import { createWorld } from "../world.ts";
import { handleApi } from "./api.ts";
import { createBoards } from "./board-api.ts";
import { pressCard } from "./card-press.ts";
import { createCards } from "./cards.ts";
import type { Ding, DingRights, DingtalkContext, DingtalkOptions } from "./context.ts";
import { eventPush } from "./event-push.ts";
import { createFiles } from "./files.ts";
import { NOT_PUSHED, robotPush, sayToRobot } from "./robot-push.ts";
import { createSessions } from "./sessions.ts";
import { createStreamConnections, type StreamConnections } from "./stream-connections.ts";
import { isEventTaken, streamFetch, streamPush } from "./stream-push.ts";
import { createTickets } from "./stream-tickets.ts";

/**
 * How long DingTalk waits for an answer and when it tries again.
 *
 * Robot: not documented; redelivery after about 60 s as GitHub DingTalk-Real-AI/dingtalk-openclaw-connector#302 shows, the
 * deadline is a guess. Event: DingTalk docs develop-stream-mode-push-server. Card: DingTalk docs event-callback-card.
 */
const SCHEDULES = {
  webhook: {
    robot: { deadlineMs: 5000, retryDelaysMs: [60_000] },
    event: { deadlineMs: 2500, retryDelaysMs: [10_000, 30_000] },
  },
  // Over Stream only the 60 s between two deliveries of a robot message are reported (a comment in dingtalk-stream 2.1.5
  // says so too), and that events come until they are taken; how often, and every deadline, are guesses.
  stream: {
    robot: { deadlineMs: 5000, retryDelaysMs: [55_000, 55_000, 55_000] },
    event: { deadlineMs: 5000, retryDelaysMs: [10_000, 30_000, 60_000] },
  },
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
  /** Let robot messages come without their words, as once the organisation's API quota is used up. */
  useUpQuota(): void;
  /** The Stream connections that stand, and ways to lose them. */
  readonly streams: Omit<StreamConnections, "connect" | "deliver">;
  /** Whether DING can be used, to be changed at will. */
  readonly dingRights: DingRights;
  /** Somebody leaves the organisation. */
  leave(person: string): void;
  /** Urgent messages, oldest first. */
  dings(): readonly Ding[];
  /** The newest attempts to push, at most 200 of each kind: robot messages first, then events, then clicks. */
  pushes(): readonly PushAttempt[];
  readonly faults: Faults;
  readonly tokens: Tokens;
};

/**
 * A DingTalk with one internal app and its robot: both API hosts from one `fetch`, pushes to the hub's URLs or over the
 * Stream connections that the hub has opened.
 */
export function createDingtalkSimulator(options: DingtalkOptions): DingtalkSimulator {
  const { app, clock, speed, transport = "webhook" } = options;
  const context = createContext(options);
  const { streams } = context;
  const overHttp = { fetch: options.fetch, clock, speed };
  const overStream = { fetch: streamFetch(streams), clock, speed };
  const pushed = transport === "stream" ? overStream : overHttp;
  const robot = createPusher({ ...pushed, ...SCHEDULES[transport].robot });
  const events = createPusher({ ...pushed, ...SCHEDULES[transport].event });
  const cards = {
    http: createPusher({ ...overHttp, ...SCHEDULES.card }),
    stream: createPusher({ ...overStream, ...SCHEDULES.card }),
  };

  function deliver(chat: string, body: string) {
    if (transport === "webhook") {
      return robot.push(robotPush(context, options.robotUrl, chat, body)).first;
    }
    const frame = { type: "CALLBACK", topic: DINGTALK_TOPICS.robot } as const;
    const isLost = options.lostInGap !== false && streams.inGap(frame);
    if (isLost) return NOT_PUSHED;
    const push = streamPush(() => ({ ...frame, headers: {}, data: body }), isOk);
    return robot.push(push).first;
  }

  return {
    name: "dingtalk",
    fetch: (request) => handleApi(context, request),
    view: () => context.world.view("dingtalk"),
    connect: (socket, url) => streams.connect(socket, url),
    say: (input) => sayToRobot(context, input, deliver),
    press: (input) => pressCard(context, cards, input),
    onChange: (listener) => context.world.onChange(listener),
    async stop() {
      streams.cut();
      await Promise.all([robot.stop(), events.stop(), cards.http.stop(), cards.stream.stop()]);
    },
    importTemplate(id, json, state = { published: true }) {
      if (id === "" || asFields(json) === null) {
        throw new Error("a template has an id and is a JSON object");
      }
      context.templates.set(id, state);
    },
    pushEvent(type, data) {
      const eventId = crypto.randomUUID().replaceAll("-", "");
      const at = String(clock.now());
      if (transport === "stream") {
        const head = { eventType: type, eventId, eventBornTime: at, eventCorpId: app.corpId };
        return events.push(streamEvent({ ...head, eventUnifiedAppId: "" }, data));
      }
      const named = { EventType: type, CorpId: app.corpId, TimeStamp: at, eventId };
      return events.push(eventPush(app, options.eventUrl, { ...data, ...named }, clock.now));
    },
    async verifyEventUrl() {
      const event = { EventType: "check_url" };
      return (await events.once(eventPush(app, options.eventUrl, event, clock.now))).accepted;
    },
    flowControl(people) {
      for (const person of people) context.flowControlled.add(person);
    },
    useUpQuota() {
      context.quota.usedUp = true;
    },
    streams,
    dings: () => [...context.dings],
    dingRights: context.dingRights,
    leave(person) {
      context.left.add(person);
    },
    pushes: () => [robot, events, cards.http, cards.stream].flatMap((pusher) => pusher.attempts()),
    faults: context.faults,
    tokens: context.tokens,
  };
}

function isOk(answer: { readonly status: number }): boolean {
  return answer.status === 200;
}

/** An event as a frame carries it: what it is stands in the headers. developerpedia: learn/stream/protocol. */
function streamEvent(headers: Readonly<Record<string, string>>, data: Fields): Push {
  const frame = { type: "EVENT", topic: "*", headers, data: JSON.stringify(data) } as const;
  return streamPush(() => frame, isEventTaken);
}

function createContext(options: DingtalkOptions): DingtalkContext {
  const { clock } = options;
  const world = createWorld(options.world, clock, { directChatId: (person) => `cid-${person}` });
  for (const person of options.world.people) world.directChat(person.id);
  const oapiBase = options.oapiBase ?? "https://oapi.dingtalk.com";
  const tickets = createTickets(clock);
  const { random = Math.random } = options;
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
    dingRights: { allowed: true, quota: { sms: 100, phone: 100 } },
    left: new Set(),
    socketBase: options.socketBase ?? null,
    boards: createBoards(options.boards ?? [], clock),
    tickets,
    streams: createStreamConnections({ clock, clientId: options.app.clientId, tickets, random }),
    quota: { usedUp: false },
  };
}

function callLimiter(clock: ToolClock, count: number): RateLimiter {
  if (count === Number.POSITIVE_INFINITY) return { take: () => 0 };
  return createRateLimiter(clock, { count, perMs: 1000 });
}
