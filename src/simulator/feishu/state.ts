import { createRateLimiter, type RateLimiter } from "../rate-limit.ts";
import { createTokens, type Tokens } from "../tokens.ts";
import type { ToolClock, ToolOptions } from "../tool.ts";
import { createWorld, type World } from "../world.ts";
import { type Boards, createBoards, type FeishuBoard } from "./board-api.ts";
import { type CallbackTokens, createCallbackTokens } from "./callback-tokens.ts";
import { type Connections, createConnections } from "./connections.ts";
import type { JsonObject } from "./shape.ts";

export type FeishuApp = {
  readonly appId: string;
  readonly appSecret: string;
  /** With a key, pushes are encrypted and signed; without, they carry the Verification Token only. */
  readonly encryptKey: string | null;
  readonly verificationToken: string;
  /** How the app gets its pushes; default by HTTP. Over a long connection they are neither encrypted nor signed. */
  readonly subscription?: "webhook" | "websocket";
};

/** How long connections behave; the defaults are Feishu's. */
export type ConnectionOptions = {
  readonly pingIntervalS?: number;
  readonly reconnectIntervalS?: number;
  readonly reconnectNonceS?: number;
  /** Cut payloads into pieces of at most so many bytes. */
  readonly pieceBytes?: number;
  /** From 0 to 1: which connection gets the next push. */
  readonly random?: () => number;
};

export type FeishuOptions = ToolOptions & {
  readonly app: FeishuApp;
  readonly eventsUrl: string;
  /** Null when no callback address was configured: a click then shows 200340. */
  readonly callbacksUrl: string | null;
  readonly botName?: string;
  /** What the address book knows of a person, by open_id. */
  readonly contacts?: Readonly<
    Record<string, { readonly mobile?: string; readonly email?: string }>
  >;
  /** Permissions that the app was not given. */
  readonly withoutScopes?: readonly string[];
  /** The app has the sensitive scope `im:message.group_msg`: it also gets group messages that do not mention it. */
  readonly allGroupMessages?: boolean;
  readonly connection?: ConnectionOptions;
  /** Custom bots, each in its group. */
  readonly boards?: readonly FeishuBoard[];
};

export type Resource = {
  readonly kind: "image" | "file";
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
};

export type Mention = { readonly key: string; readonly openId: string; readonly name: string };

/** A message as Feishu's servers know it; the world holds what the app shows of it. */
export type FeishuMessage = {
  readonly id: string;
  readonly chat: string;
  /** An open_id, or null for the bot. */
  readonly sender: string | null;
  readonly kind: "text" | "post" | "image" | "file" | "audio" | "media" | "interactive";
  /** The content as a JSON string, as receivers get it. */
  readonly content: string;
  /** The card that is shown now; null for other kinds. */
  readonly card: JsonObject | null;
  readonly mentions: readonly Mention[];
  readonly resources: ReadonlyMap<string, Resource>;
  readonly root: string | null;
  readonly parent: string | null;
  readonly thread: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly edits: number;
  readonly recalled: boolean;
};

export type UrgentLimits = {
  readonly quota: { sms: number; phone: number };
  readonly unread: Map<string, number>;
  readonly closedChats: Set<string>;
};

export type Feishu = {
  readonly options: FeishuOptions;
  readonly clock: ToolClock;
  readonly world: World;
  readonly messages: Map<string, FeishuMessage>;
  readonly sentByUuid: Map<string, { readonly message: string; readonly at: number }>;
  readonly uploads: Map<string, Resource>;
  readonly tokens: Tokens;
  readonly callbacks: CallbackTokens;
  readonly connections: Connections;
  readonly boards: Boards;
  readonly limits: {
    readonly apiPerSecond: RateLimiter;
    readonly apiPerMinute: RateLimiter;
    readonly chat: RateLimiter;
    readonly update: RateLimiter;
  };
  /** What bounds urgent messages: the company's quota, what each person has unread, chats that forbid them. */
  readonly urgent: UrgentLimits;
  readonly bot: { readonly openId: string; readonly name: string };
  readonly tenantKey: string;
};

const KEPT_MESSAGES = 5000;

/** The servers' side of one app in one tenant. Limits: Feishu docs im-v1/message/create and patch. */
export function createFeishuState(options: FeishuOptions): Feishu {
  const { clock } = options;
  const limiter = (count: number, perMs: number) => createRateLimiter(clock, { count, perMs });
  return {
    options,
    clock,
    world: createWorld(options.world, clock, { directChatId: directChatIdOf }),
    messages: new Map(),
    sentByUuid: new Map(),
    uploads: new Map(),
    tokens: createTokens({ clock, prefix: "t-", reuseWhileMs: 30 * 60_000 }),
    callbacks: createCallbackTokens(clock),
    connections: createConnections(clock, options.connection),
    boards: createBoards(options.boards ?? [], clock),
    limits: {
      apiPerSecond: limiter(50, 1000),
      apiPerMinute: limiter(1000, 60_000),
      chat: limiter(5, 1000),
      update: limiter(5, 1000),
    },
    urgent: { quota: { sms: 100, phone: 100 }, unread: new Map(), closedChats: new Set() },
    bot: { openId: `ou_bot_${options.app.appId}`, name: options.botName ?? "服务台" },
    tenantKey: "simulated_tenant",
  };
}

/** The chat_id of a person's one-to-one chat with the bot. */
export function directChatIdOf(openId: string): string {
  return `oc_p2p_${openId.replace(/^ou_/, "")}`;
}

/** Remember a message, new or changed; the oldest are forgotten beyond 5000. */
export function saveMessage(feishu: Feishu, message: FeishuMessage): void {
  feishu.messages.set(message.id, message);
  for (const oldest of feishu.messages.keys()) {
    if (feishu.messages.size <= KEPT_MESSAGES) return;
    feishu.messages.delete(oldest);
  }
}
