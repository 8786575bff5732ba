import type { Faults } from "../faults.ts";
import type { RateLimiter } from "../rate-limit.ts";
import type { Tokens } from "../tokens.ts";
import type { ToolClock, ToolOptions } from "../tool.ts";
import type { World } from "../world.ts";
import type { AibotOptions } from "./aibot/context.ts";
import type { Boards, WecomBoard } from "./board-api.ts";
import type { Cards } from "./cards.ts";
import type { Media } from "./media.ts";
import type { ResponseCodes } from "./response-codes.ts";

/** The credentials of one self-built app, as the WeCom admin console shows them. */
type WecomApp = {
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
  readonly token: string;
  /** 43 letters and digits. */
  readonly encodingAesKey: string;
};

/** Limits of the vendor that a load test may want to lift with Infinity. WeCom docs: 90454, 90236. */
export type WecomLimits = {
  /** Calls of one API in a minute. Default 10 000. */
  readonly callsPerMinute?: number;
  /** Messages to one member in a minute; more are dropped in silence. Default 30. */
  readonly memberPerMinute?: number;
  /** Messages to one member in an hour; more are dropped in silence. Default 1000. */
  readonly memberPerHour?: number;
};

export type WecomOptions = ToolOptions & {
  readonly app: WecomApp;
  /** Where messages and events are pushed. */
  readonly callbackUrl: string;
  /** Mobile numbers of members, by userid. */
  readonly mobiles?: Readonly<Record<string, string>>;
  /** Addresses of members at the company, by userid. */
  readonly emails?: Readonly<Record<string, string>>;
  readonly limits?: WecomLimits;
  /** Message pushes of groups, each in its group. */
  readonly boards?: readonly WecomBoard[];
  /** An AI bot beside the app: in every group, and in a chat of its own with everybody. */
  readonly aibot?: AibotOptions;
};

/** A message that WeCom accepted with errcode 0 and never showed. */
export type DroppedMessage = { readonly person: string; readonly at: number };

/** A message that was sent, by its msgid. */
type SentMessage = { readonly at: number; readonly messages: readonly string[] };

/** The paid service that calls members, to be changed at will. */
export type VoiceCalls = { linked: boolean; enabled: boolean; balance: number };

/** What all parts of the simulated open platform share. */
export type WecomContext = {
  readonly app: WecomApp;
  readonly mobiles: Readonly<Record<string, string>>;
  readonly emails: Readonly<Record<string, string>>;
  readonly voiceCalls: VoiceCalls;
  /** Numbers that were asked for and belong to nobody: when the block that they brought ends, ms UTC. */
  readonly wrongNumbers: { count: number; blockedUntil: number };
  readonly clock: ToolClock;
  readonly world: World;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly calls: RateLimiter;
  readonly perMinute: RateLimiter;
  readonly perHour: RateLimiter;
  readonly cards: Cards;
  readonly codes: ResponseCodes;
  readonly media: Media;
  readonly sent: Map<string, SentMessage>;
  /** When the same request stops counting as a duplicate, and the msgid of the first, by its JSON. */
  readonly duplicates: Map<string, { readonly until: number; readonly msgid: string }>;
  readonly dropped: DroppedMessage[];
  readonly boards: Boards;
};

/** The userid as the directory writes it: WeCom does not tell upper from lower case. Null when nobody has it. */
export function findMember(context: WecomContext, userid: string): string | null {
  if (context.world.person(userid) !== null) return userid;
  const wanted = userid.toLowerCase();
  const people = context.world.view("wecom").people;
  return people.find((person) => person.id.toLowerCase() === wanted)?.id ?? null;
}
