import type { Faults } from "../faults.ts";
import type { RateLimiter } from "../rate-limit.ts";
import type { Tokens } from "../tokens.ts";
import type { ToolClock, ToolOptions } from "../tool.ts";
import type { World } from "../world.ts";
import type { Boards, DingtalkBoard } from "./board-api.ts";
import type { Cards } from "./cards.ts";
import type { Files } from "./files.ts";
import type { Sessions } from "./sessions.ts";
import type { StreamConnections } from "./stream-connections.ts";
import type { Tickets } from "./stream-tickets.ts";

/** The credentials of one internal app, as the DingTalk developer console shows them. */
export type DingtalkApp = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly robotCode: string;
  readonly corpId: string;
  /** 43 letters and digits. */
  readonly aesKey: string;
  readonly token: string;
};

export type DingtalkOptions = ToolOptions & {
  readonly app: DingtalkApp;
  /** Where messages to the robot are pushed. */
  readonly robotUrl: string;
  /** Where subscribed events are pushed. */
  readonly eventUrl: string;
  /** What a sessionWebhook starts with. Default: https://oapi.dingtalk.com */
  readonly oapiBase?: string;
  /** Mobile numbers of people, by userId. */
  readonly mobiles?: Readonly<Record<string, string>>;
  /** Calls of each API in a second before it answers 403; DingTalk publishes no number. Default 20, Infinity lifts it. */
  readonly callsPerSecond?: number;
  /** How robot messages and events are pushed. Default: webhook. Clicks go where each card's callbackType says. */
  readonly transport?: "webhook" | "stream";
  /** Is a robot message lost for good while all connections are on their way out? Default true, as is reported. */
  readonly lostInGap?: boolean;
  /** Custom robots, each in its group. */
  readonly boards?: readonly DingtalkBoard[];
  /** Which of several connections a push goes to, from 0 up to 1. Default: chance. */
  readonly random?: () => number;
};

/** Where the clicks of cards with one `callbackRouteKey` go. */
export type CardCallback = {
  readonly callbackUrl: string;
  /** Empty: the callback carries no signature. */
  readonly apiSecret: string;
};

/** An urgent message (DING) that was accepted. */
export type Ding = {
  readonly id: string;
  /** ms UTC */
  readonly at: number;
  readonly kind: "app" | "sms" | "phone";
  readonly receivers: readonly string[];
  readonly content: string;
};

/** Whether the app may use DING at all, and how many SMS and calls the organisation has left. */
export type DingRights = { allowed: boolean; readonly quota: { sms: number; phone: number } };

/** What all parts of the simulated open platform share. */
export type DingtalkContext = {
  readonly app: DingtalkApp;
  readonly oapiBase: string;
  readonly mobiles: Readonly<Record<string, string>>;
  readonly clock: ToolClock;
  readonly world: World;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly calls: RateLimiter;
  readonly cards: Cards;
  /** Ids of the templates that may be used, and whether each was published. */
  readonly templates: Map<string, { readonly published: boolean }>;
  /** By `callbackRouteKey`. */
  readonly callbacks: Map<string, CardCallback>;
  readonly sessions: Sessions;
  readonly files: Files;
  /** People whom the next robot message does not reach because too much was sent to them. */
  readonly flowControlled: Set<string>;
  readonly dings: Ding[];
  readonly boards: Boards;
  readonly dingRights: DingRights;
  /** People whose phone belongs to nobody any more. */
  readonly left: Set<string>;
  /** Where WebSockets are reached; null where none are served. */
  readonly socketBase: string | null;
  readonly tickets: Tickets;
  readonly streams: StreamConnections;
  /** Whether the organisation's API quota is used up. */
  readonly quota: { usedUp: boolean };
};

/** One call of the open platform. */
export type ApiCall = {
  readonly request: Request;
  readonly url: URL;
};
