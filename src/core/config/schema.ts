import { z } from "zod";
import { COMMAND_NAMES } from "../intent/commands.ts";
import { DEFAULT_THRESHOLDS } from "../intent/understand.ts";
import { LANGUAGES } from "../text.ts";
import { attachmentsConfig } from "./attachments.ts";
import { EMAIL, foldEmail, foldPhone, PHONE } from "./contact.ts";
import { DURATION, parseDuration } from "./duration.ts";
import { PRIORITIES } from "./policy.ts";
import { REMIND_WAYS, type RemindWay, USUAL_REMIND } from "./remind.ts";
import { parseTimeOfDay, parseWeekdays, TIME_OF_DAY, WEEKDAYS } from "./times.ts";

/** What this schema's own checks say instead of words; the reader of the configuration has a sentence for each. */
export const FORMAT_CODES = [
  "bad-id",
  "bad-account",
  "bad-duration",
  "bad-timezone",
  "bad-url",
  "text-empty",
  "chat-or-members",
  "ask-missing",
  "no-team",
  "no-examples",
  "bad-command",
  "bad-time",
  "bad-days",
  "bad-phone",
  "bad-email",
] as const;
export type FormatCode = (typeof FORMAT_CODES)[number];

const as = (code: FormatCode) => ({ error: code });

const id = z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/, as("bad-id"));
/** Part of a route and of every account id. */
export const accountName = id;
const accountId = z.string().regex(/^[a-z][a-z0-9-]*\/[a-z][a-z0-9_-]*$/, as("bad-account"));
const language = z.enum(LANGUAGES);

function words(longest: number) {
  return z.string().regex(/\S/, as("text-empty")).max(longest);
}

function duration(usual: string) {
  return z
    .string(as("bad-duration"))
    .regex(DURATION, as("bad-duration"))
    .default(usual)
    .transform((text) => parseDuration(text) ?? 0);
}

const hub = z.strictObject({
  name: words(60),
  timezone: z.string().refine(isTimeZone, as("bad-timezone")).default("Asia/Shanghai"),
  locale: language.default("zh-CN"),
  public_url: z
    .url({ protocol: /^https?$/, ...as("bad-url") })
    .transform((url) => url.replace(/\/+$/, "")),
});

/** Accounts of each channel; what stands in one is the business of the bot or channel that reads it. */
const accounts = z.record(z.string(), z.record(accountName, z.record(z.string(), z.unknown())));

/** A number without quotes is one too. */
const phone = z
  .union(
    [z.string().regex(PHONE, as("bad-phone")), z.int().min(10_000, as("bad-phone"))],
    as("bad-phone"),
  )
  .transform((written) => foldPhone(String(written)));

const email = z.string(as("bad-email")).regex(EMAIL, as("bad-email")).transform(foldEmail);

/** Every other key is a channel or an account, and its value the vendor's id of the agent. */
const agent = z
  .object({
    name: words(60),
    role: z.enum(["agent", "supervisor", "admin", "vendor"]).default("agent"),
    phone: phone.optional(),
    email: email.optional(),
  })
  .catchall(words(128));

const store = z.strictObject({
  id: words(64),
  name: words(100),
  region: z.string().max(100).default(""),
  aliases: z.array(words(100)).default([]),
});
export type StoreEntry = z.output<typeof store>;

const field = z
  .strictObject({
    ask: words(200).optional(),
    label: words(40).optional(),
    type: z.enum(["text", "store", "image"]).default("text"),
    required: z.boolean().default(false),
  })
  .refine(({ ask, required }) => ask !== undefined || !required, as("ask-missing"));

const intent = z
  .strictObject({
    title: words(60),
    examples: z.array(words(500)).default([]),
    keywords: z.array(words(100)).default([]),
    fields: z.record(id, field).default({}),
    ticket: z
      .strictObject({
        type: id.optional(),
        priority: z.enum(PRIORITIES).default("normal"),
      })
      .prefault({}),
  })
  .refine(({ examples, keywords }) => examples.length + keywords.length > 0, as("no-examples"));

const article = z.strictObject({
  id: id.optional(),
  question: words(500),
  answer: words(4000),
  similar: z.array(words(500)).default([]),
});

const chat = z
  .strictObject({
    bot: accountId,
    chat: words(256).optional(),
    members: z.literal(true).optional(),
    language: language.optional(),
  })
  .refine(
    ({ chat, members }) => chat === undefined || members === undefined,
    as("chat-or-members"),
  );

/** A time of day, in minutes after midnight. */
const timeOfDay = z
  .string(as("bad-time"))
  .regex(TIME_OF_DAY, as("bad-time"))
  .transform((text) => parseTimeOfDay(text) ?? 0);

const weekdays = z
  .string(as("bad-days"))
  .regex(WEEKDAYS, as("bad-days"))
  .default("mon-fri")
  .transform((text) => parseWeekdays(text) ?? []);

const summary = z.union([
  timeOfDay.transform((minute) => ({ minute, days: parseWeekdays("mon-fri") ?? [] })),
  z
    .strictObject({ at: timeOfDay, days: weekdays })
    .transform(({ at, days }) => ({ minute: at, days })),
]);

function remindWays(usual: readonly RemindWay[]) {
  return z.array(z.enum(REMIND_WAYS)).default([...usual]);
}

const remind = z.strictObject({
  queued: remindWays(USUAL_REMIND.queued),
  urged: remindWays(USUAL_REMIND.urged),
  escalated: remindWays(USUAL_REMIND.escalated),
});

const team = z.strictObject({
  name: words(60),
  lead: z.string().optional(),
  members: z.array(z.string()).default([]),
  chats: z.array(chat).default([]),
  strategy: z.literal("grab").default("grab"),
  resolution: z.enum(["optional", "required"]).default("optional"),
  thread_replies: z.enum(["internal", "customer"]).default("internal"),
  summary: summary.optional(),
  remind: remind.prefault({}),
});

/** What is typed to the bot: a slash, and a word of letters. */
const commandWord = z.string().regex(/^[/／][\p{L}_-]{1,20}$/u, as("bad-command"));

/** The whole of loopdesk.yaml, except what stands in the accounts. */
export const configSchema = z.strictObject({
  hub,
  bots: accounts.default({}),
  channels: accounts.default({}),
  agents: z.record(id, agent).default({}),
  stores: z.union([z.strictObject({ from: words(1000) }), z.array(store)]).default([]),
  intents: z.record(id, intent).default({}),
  knowledge: z.array(article).default([]),
  teams: z.record(id, team).refine((teams) => Object.keys(teams).length > 0, as("no-team")),
  dispatch: z.array(z.strictObject({ when: words(2000).optional(), team: z.string() })).default([]),
  understanding: z
    .strictObject({
      answer: z.number().min(0).max(1).default(DEFAULT_THRESHOLDS.answer),
      clarify: z.number().min(0).max(1).default(DEFAULT_THRESHOLDS.clarify),
    })
    .prefault({}),
  ticket: z
    .strictObject({
      confirm_after: duration("3d"),
      reopen_within: duration("7d"),
      urge_every: duration("15m"),
      overdue_after: duration("24h"),
    })
    .prefault({}),
  /** More words for what can be typed, by the command's name. */
  commands: z.partialRecord(z.enum(COMMAND_NAMES), z.array(commandWord)).default({}),
  conversation: z.strictObject({ idle_after: duration("24h") }).prefault({}),
  attachments: attachmentsConfig,
});

/** A configuration that has the right shape; what it refers to is not yet checked. */
export type Config = z.output<typeof configSchema>;

/** A zone of the IANA list, such as Asia/Shanghai or UTC; offsets such as +08:00 are none. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
