import type { Outbound, UpdateToken } from "../../src/core/message.ts";
import type { Capabilities, Delivery, Pace } from "../../src/ports/channel.ts";
import { createFakeChannel, type FakeChannel } from "./fake-channel.ts";
import { createMoodyChannel, type MoodyChannel, type Random } from "./moody-channel.ts";
import type { TestClock } from "./test-clock.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** What may pass between our planning of a call and its start, so that a window is looked at as so much shorter. */
const SLACK_MS = 200;
/** How likely the words of a message to a shop's clerk are refused. */
const REFUSES = 0.2;

/** What a tool is like. */
export type ToolRules = {
  readonly pacing: readonly Pace[];
  /** Is too much dropped without a word? Else it is refused. */
  readonly silent: boolean;
  /** How old a card may be that is changed. */
  readonly updateMs: number;
  /** How long a code is good for one change; absent where changes need none. */
  readonly codeMs?: number;
};

export const TOOLS = {
  feishu: {
    pacing: [
      { scope: "account", count: 50, perMs: 1_000 },
      { scope: "account", count: 1_000, perMs: 60_000 },
      { scope: "destination", count: 5, perMs: 1_000 },
    ],
    silent: false,
    updateMs: 14 * DAY,
  },
  dingtalk: {
    pacing: [{ scope: "account", count: 20, perMs: 1_000 }],
    silent: false,
    updateMs: Number.POSITIVE_INFINITY,
  },
  wecom: {
    pacing: [
      { scope: "destination", count: 30, perMs: 60_000 },
      { scope: "destination", count: 1_000, perMs: HOUR },
    ],
    silent: true,
    updateMs: 3 * DAY,
    codeMs: 3 * DAY,
  },
} as const satisfies Record<string, ToolRules>;

export type MoodyTool = MoodyChannel & {
  /** What the tool has against us, each a sentence. */
  readonly complaints: string[];
  code?(): UpdateToken;
  /** Ids of messages whose words it refuses, each time anew. */
  readonly refused: ReadonlySet<string>;
  /** A process that begins knows nothing of what the one before sent. */
  newLife(): void;
};

/** A moody vendor that has the rules of a tool, and counts. */
export function createMoodyTool(
  random: Random,
  clock: TestClock,
  rules: ToolRules,
  can: Partial<Capabilities>,
): MoodyTool {
  const complaints: string[] = [];
  const honest = createFakeChannel({ ...can, pacing: rules.pacing });
  const ruled = withRules(random, honest, clock, rules);
  const moody = createMoodyChannel(random, ruled.channel);
  const meter = createMeter(clock, rules.pacing);
  const { send, update } = moody;

  function tooMuch(destination: string): boolean {
    const over = meter.over(destination);
    if (over && !rules.silent) complaints.push(`more than it allows went to ${destination}`);
    return over && rules.silent;
  }

  return Object.assign(moody, {
    complaints,
    refused: ruled.refused,
    newLife: meter.forget,
    ...(rules.codeMs === undefined ? {} : { code: ruled.code }),
    async send(message: Parameters<typeof send>[0]): Promise<Delivery> {
      const dropped = tooMuch(message.to.id);
      return dropped ? { type: "sent", remoteId: message.id, updateTokens: [] } : send(message);
    },
    async update(...[surface, card]: Parameters<typeof update>): Promise<Delivery> {
      const dropped = tooMuch(surface.to.id);
      return dropped
        ? { type: "sent", remoteId: surface.remoteId, updateTokens: [] }
        : update(surface, card);
    },
  });
}

/** Counts calls as the limits do. */
function createMeter(clock: TestClock, pacing: readonly Pace[]) {
  const calls = new Map<string, number[]>();
  return {
    forget: () => calls.clear(),
    /** Note a call; was it one too many? */
    over(destination: string): boolean {
      const now = clock.now();
      const found = pacing.map(({ scope, count, perMs }, index) => {
        const key = `${index}|${scope === "account" ? "" : destination}`;
        const recent = (calls.get(key) ?? []).filter((at) => at > now - perMs + SLACK_MS);
        calls.set(key, [...recent, now]);
        return recent.length >= count;
      });
      return found.includes(true);
    },
  };
}

/** When each card came, and the codes that change it. */
function withRules(
  random: Random,
  honest: FakeChannel,
  clock: TestClock,
  { updateMs, codeMs }: ToolRules,
) {
  const refused = new Set<string>();
  const sentAt = new Map<string, number>();
  const spent = new Set<string>();
  let codes = 0;

  function code(): UpdateToken {
    codes += 1;
    return { value: `code-${codes}`, expiresAt: clock.now() + (codeMs ?? 0) };
  }

  const channel: FakeChannel = {
    ...honest,
    async send(message) {
      if (isNews(message) && !sentAt.has(message.id) && random() < REFUSES) refused.add(message.id);
      if (refused.has(message.id)) return REFUSED;
      const isNew = !sentAt.has(message.id);
      if (isNew) sentAt.set(message.id, clock.now());
      const delivery = await honest.send(message);
      const brings = isNew && codeMs !== undefined && message.content.type === "card";
      return delivery.type === "sent" && brings
        ? { ...delivery, updateTokens: [code()] }
        : delivery;
    },
    async update(surface, card) {
      const now = clock.now();
      if (now - (sentAt.get(surface.remoteId) ?? now) > updateMs) return CLOSED;
      if (codeMs === undefined) return honest.update(surface, card);
      const left = surface.updateTokens.filter(({ expiresAt }) => expiresAt > now);
      for (let token = left.pop(); token !== undefined; token = left.pop()) {
        if (spent.has(token.value)) continue;
        spent.add(token.value);
        const delivery = await honest.update(surface, card);
        return delivery.type === "sent" ? { ...delivery, updateTokens: left } : delivery;
      }
      return CLOSED;
    },
  };
  return { channel, code, refused };
}

/** What a shop's clerk is told of a ticket, and not in answer to anything. */
function isNews({ to, content, inReplyTo }: Outbound<string>): boolean {
  const told = content.type === "text" && content.text.startsWith("工单 #");
  return told && to.id.startsWith("clerk") && inReplyTo === null;
}

const REFUSED: Delivery = {
  type: "failed",
  class: "content",
  afterMs: null,
  reason: "these words",
  sensitive: true,
};

const CLOSED = { type: "failed", class: "window-closed", afterMs: null, reason: "x" } as const;
