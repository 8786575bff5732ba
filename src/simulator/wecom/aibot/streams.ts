import { asFields, type Fields, textOf } from "../../fields.ts";
import type { Pusher } from "../../push.ts";
import { greet, replaceCard, streamReply } from "./commands.ts";
import { countMessage, showMessage } from "./content.ts";
import type { AibotContext, AibotOptions, Asked } from "./context.ts";
import { eventHead } from "./sockets.ts";
import { webhookPush } from "./webhook.ts";

/** From the person's message on, WeCom asks for so long how a stream goes on; how often is not said. */
const ASKING_MS = 6 * 60_000;
const PAUSE_MS = 5000;

/** Do what the answer to a callback of webhook mode says. Throws when it says nothing WeCom would do. WeCom docs: 101031. */
export function applyAnswer(context: AibotContext, asked: Asked, reply: Fields): void {
  if (asked.kind === "click") replaceCard(context, asked, reply);
  else if (asked.kind === "enter") greet(context, asked, reply);
  else answerMessage(context, asked, reply);
}

function answerMessage(context: AibotContext, asked: Asked, reply: Fields): void {
  if (reply.msgtype === "stream" || reply.msgtype === "stream_with_template_card") {
    streamReply(context, asked, asFields(reply.stream));
    if (reply.template_card === undefined) return;
  } else if (reply.msgtype !== "template_card") {
    throw new Error("msgtype must be stream, template_card or stream_with_template_card");
  }
  countMessage(context, asked.chat);
  showMessage(context, asked.chat, { ...reply, msgtype: "template_card" });
}

/** Ask how a stream goes on until it ends, for six minutes at the longest. */
export async function followStream(
  context: AibotContext,
  pusher: Pusher,
  { asked, body, stopping }: { asked: Asked; body: Fields; stopping: AbortSignal },
): Promise<void> {
  const { clock, bot } = context;
  while (asked.stream !== null && !asked.stream.finished && bot.webhook !== undefined) {
    await clock.sleep(PAUSE_MS, stopping);
    if (stopping.aborted || clock.now() - asked.at > ASKING_MS) break;
    await pusher.once(refresh(context, bot.webhook, asked, body));
  }
  if (asked.stream !== null) asked.stream.finished = true;
}

function refresh(
  context: AibotContext,
  webhook: NonNullable<AibotOptions["webhook"]>,
  asked: Asked,
  { chatid, chattype, from, aibotid }: Fields,
) {
  const place = chatid === undefined ? { chattype } : { chatid, chattype };
  const { msgid } = eventHead(context);
  const stream = { id: asked.stream?.id ?? "" };
  const body = { msgid, aibotid, ...place, from, msgtype: "stream", stream };
  return webhookPush(context, webhook, body, {
    reply(reply) {
      if (textOf(reply, "msgtype") === "stream") {
        streamReply(context, asked, asFields(reply.stream));
      }
    },
    problem() {}, // WeCom shows nothing of an answer that it cannot read
  });
}
