import type { RateLimiter } from "../../rate-limit.ts";
import type { ToolClock } from "../../tool.ts";
import type { World } from "../../world.ts";
import type { BotCards } from "./cards.ts";
import type { BotFiles } from "./files.ts";
import type { Uploads } from "./uploads.ts";

/** One AI bot beside the app, as the console shows it. */
export type AibotOptions = {
  readonly botId: string;
  readonly secret: string;
  /** What people write behind the @. */
  readonly name: string;
  /** Webhook mode instead of the long connection: a bot is in one of the two. */
  readonly webhook?: {
    readonly url: string;
    readonly token: string;
    readonly encodingAesKey: string;
  };
  /** Send every message and event twice, as a troubled network does. */
  readonly duplicates?: boolean;
  /** Where response_urls and files lie. */
  readonly apiUrl?: string;
  readonly limits?: AibotLimits;
};

/** Limits that a load test may want to lift with Infinity. WeCom docs: 101463. */
export type AibotLimits = {
  /** How often a bot may subscribe in a minute. WeCom names no number. Default 20. */
  readonly subscribesPerMinute?: number;
  /** Replies and pushes into one chat in a minute. Default 30. */
  readonly chatPerMinute?: number;
  /** Replies and pushes into one chat in an hour. Default 1000. */
  readonly chatPerHour?: number;
};

/** Something that a person did and that the bot may answer. */
export type Asked = {
  readonly kind: "message" | "enter" | "click";
  /** The chat as this simulator shows it. */
  readonly chat: string;
  readonly person: string;
  readonly at: number;
  /** The card that was clicked. */
  readonly card: string | null;
  answered: boolean;
  stream: Stream | null;
  /** Called once it was answered. */
  settle(): void;
};

/** A reply that grows. */
export type Stream = {
  readonly id: string;
  readonly message: string;
  readonly startedAt: number;
  finished: boolean;
};

/** What all parts of the simulated bot share. */
export type AibotContext = {
  readonly bot: AibotOptions;
  readonly apiUrl: string;
  readonly clock: ToolClock;
  readonly world: World;
  readonly cards: BotCards;
  readonly files: BotFiles;
  readonly uploads: Uploads;
  readonly perMinute: RateLimiter;
  readonly perHour: RateLimiter;
  /** Chats in which somebody has written to the bot. */
  readonly spokenIn: Set<string>;
  /** What may be answered, by its req_id or response_code. */
  readonly asked: Map<string, Asked>;
};
