import type { Fields } from "../../fields.ts";
import type { Pusher } from "../../push.ts";
import type { PushResult } from "../../tool.ts";
import { remember } from "./asking.ts";
import type { AibotContext, Asked } from "./context.ts";
import { responseUrl } from "./response-api.ts";
import type { BotSockets } from "./sockets.ts";
import { applyAnswer, followStream } from "./streams.ts";
import { webhookPush } from "./webhook.ts";

/** A person has at most so many unfinished exchanges with a bot in webhook mode. WeCom docs: 100719. */
const OPEN_AT_ONCE = 3;

type About = Pick<Asked, "kind" | "chat" | "person"> & Partial<Pick<Asked, "card" | "settle">>;

export type Delivered = {
  readonly result: PushResult;
  /** What was wrong with the answer; null when nothing was. */
  readonly problem: string | null;
};

export type Delivery = {
  deliver(about: About, body: Fields): Promise<Delivered>;
  stop(): Promise<void>;
};

/** Bring callbacks to the hub by the mode that the bot is in. Nothing is sent again, but some things come twice. */
export function createDelivery(
  context: AibotContext,
  pusher: Pusher,
  push: BotSockets["push"],
): Delivery {
  const { bot } = context;
  const stopping = new AbortController();
  const following = new Set<Promise<void>>();
  const open = new Map<string, number>();

  function bySocket(about: About, body: Fields): Delivered {
    const { id } = remember(context, about);
    const cmd = about.kind === "message" ? "aibot_msg_callback" : "aibot_event_callback";
    const delivered = push(cmd, id, withResponseUrl(context, about, body));
    // A click is sent once, whatever happens. WeCom docs: 101027.
    if (bot.duplicates === true && about.kind !== "click") push(cmd, id, body);
    return { result: { delivered, status: null, attempts: 1 }, problem: null };
  }

  async function byWebhook(
    webhook: NonNullable<typeof bot.webhook>,
    about: About,
    body: Fields,
  ): Promise<Delivered> {
    if ((open.get(about.person) ?? 0) >= OPEN_AT_ONCE) return UNSENT;
    const { asked } = remember(context, about);
    let problem: string | null = null;
    const made = webhookPush(context, webhook, withResponseUrl(context, about, body), {
      reply: (reply) => applyAnswer(context, asked, reply),
      problem(words) {
        problem = words;
      },
    });
    const result = await pusher.push(made).first;
    if (bot.duplicates === true && about.kind !== "click") await pusher.push(made).first;
    if (asked.stream !== null && !asked.stream.finished) follow(asked, body);
    return { result, problem };
  }

  function follow(asked: Asked, body: Fields): void {
    const { person } = asked;
    open.set(person, (open.get(person) ?? 0) + 1);
    const end = followStream(context, pusher, { asked, body, stopping: stopping.signal });
    following.add(end);
    void end.finally(() => {
      following.delete(end);
      open.set(person, (open.get(person) ?? 1) - 1);
    });
  }

  return {
    deliver: async (about, body) =>
      bot.webhook === undefined ? bySocket(about, body) : byWebhook(bot.webhook, about, body),
    async stop() {
      stopping.abort();
      await Promise.allSettled([...following]);
    },
  };
}

const UNSENT: Delivered = {
  result: { delivered: false, status: null, attempts: 0 },
  problem: null,
};

/** Messages and clicks bring an address that takes one more answer. WeCom docs: 101138. */
function withResponseUrl(context: AibotContext, about: About, body: Fields): Fields {
  if (about.kind === "enter") return body;
  const { kind, chat, person } = about;
  return {
    ...body,
    response_url: responseUrl(context, remember(context, { kind, chat, person }).id),
  };
}
