import { z } from "zod";

const webUrl = z.url({ protocol: /^https?$/, error: "expected an http or https URL" });
const socketUrl = z.url({ protocol: /^wss?$/, error: "expected a ws or wss URL" });
const secret = z.string().min(1);
const aesKey = z.string().regex(/^[A-Za-z0-9]{43}$/, "expected 43 letters and digits");

const common = {
  enabled: z.boolean().default(true),
  kind: z.literal("aibot"),
  /** The bot's name, to take the @ of it out of what is written in groups. */
  bot_name: z.string().min(1).optional(),
  /** Said to whoever opens the chat with the bot for the first time of a day. */
  welcome: z.string().min(1).optional(),
  /** Where a tap on a card without links and buttons leads: WeCom demands some address. */
  card_url: webUrl.default("https://work.weixin.qq.com"),
};

/** Over the long connection. The keys of the other mode may stay, because a bot's mode can be changed. */
const longConnection = z.strictObject({
  ...common,
  transport: z.literal("websocket").optional().default("websocket"),
  bot_id: z.string().min(1),
  secret,
  ws_url: socketUrl.default("wss://openws.work.weixin.qq.com"),
  token: secret.optional(),
  encoding_aes_key: aesKey.optional(),
  stale_after_s: z.int().positive().optional(),
});

const webhook = z.strictObject({
  ...common,
  transport: z.literal("webhook"),
  /** Of "receive messages" in the bot's settings. */
  token: secret,
  encoding_aes_key: aesKey,
  /** How far a push's timestamp may be from our clock. WeCom names no window. */
  stale_after_s: z.int().positive().default(3600),
  bot_id: z.string().min(1).optional(),
  secret: secret.optional(),
  ws_url: socketUrl.optional(),
});

/** One WeCom AI bot, as `bots.wecom.<account>` configures it with `kind: aibot`. */
export const aibotConfig = z.discriminatedUnion("transport", [longConnection, webhook]);

export type AibotConfig = z.infer<typeof aibotConfig>;
export type AibotSocketConfig = z.infer<typeof longConnection>;
export type AibotWebhookConfig = z.infer<typeof webhook>;
