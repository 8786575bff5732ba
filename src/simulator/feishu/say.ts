import type { Pusher, PushHandle } from "../push.ts";
import type { PushResult, SayInput } from "../tool.ts";
import { receiveEvent, receiveEventV1 } from "./events.ts";
import { sealPush } from "./push-request.ts";
import { composeSaid } from "./said-content.ts";
import { record } from "./send.ts";
import { directChatIdOf, type Feishu, type FeishuMessage } from "./state.ts";

export type FeishuSayInput = SayInput & {
  /** Write it as rich text with this title. */
  readonly post?: { readonly title: string };
  /** Answer what is quoted in a thread of its own. */
  readonly inThread?: boolean;
  /** Which envelope the app subscribed to; default v2. */
  readonly envelope?: "v1" | "v2";
};

/** A person writes in a chat; the app hears of it when it may. Throws when the app would not let them. */
export async function say(
  feishu: Feishu,
  pusher: Pusher,
  input: FeishuSayInput,
): Promise<PushResult> {
  const message = write(feishu, input);
  const direct = feishu.world.chat(message.chat)?.kind === "direct";
  const mentioned = message.mentions.some((mention) => mention.openId === feishu.bot.openId);
  if (!direct && !mentioned && feishu.options.allGroupMessages !== true) {
    return { delivered: false, status: null, attempts: 0 };
  }
  return deliver(feishu, pusher, message, input).first;
}

function write(feishu: Feishu, input: FeishuSayInput): FeishuMessage {
  const { world } = feishu;
  if (world.person(input.person) === null) throw new Error(`there is no person ${input.person}`);
  if (input.chat === directChatIdOf(input.person)) world.directChat(input.person);
  if (world.chat(input.chat) === null) throw new Error(`there is no chat ${input.chat}`);
  if (!world.isMember(input.person, input.chat)) {
    throw new Error(`${input.person} is not in the chat ${input.chat}`);
  }
  const quoted = input.quotes === undefined ? null : feishu.messages.get(input.quotes);
  if (quoted === undefined || (quoted !== null && quoted.chat !== input.chat)) {
    throw new Error(`there is no message ${input.quotes} in the chat ${input.chat}`);
  }
  const { content, mentions } = composeSaid(feishu, input);
  return record(feishu, {
    chat: input.chat,
    sender: input.person,
    content,
    mentions,
    parent: quoted,
    inThread: input.inThread ?? false,
  });
}

/** An answer other than HTTP 200 within the deadline is none. Feishu docs: event subscription, im-v1 events. */
function deliver(
  feishu: Feishu,
  pusher: Pusher,
  message: FeishuMessage,
  input: FeishuSayInput,
): PushHandle {
  const make = input.envelope === "v1" ? receiveEventV1 : receiveEvent;
  const event = make(feishu, message, input.person);
  const to = { app: feishu.options.app, clock: feishu.clock, url: feishu.options.eventsUrl };
  return pusher.push({
    build: () => sealPush(to, event),
    accepts: (answer) => answer.status === 200,
  });
}
