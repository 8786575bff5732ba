import type { Pusher, PushHandle } from "../push.ts";
import type { PushResult, SayInput } from "../tool.ts";
import { recalledEvent, receiveEvent, receiveEventV1, updatedEvent } from "./events.ts";
import { sealPush } from "./push-request.ts";
import { composeSaid } from "./said-content.ts";
import { record } from "./send.ts";
import { directChatIdOf, type Feishu, type FeishuMessage, saveMessage } from "./state.ts";

export type FeishuSayInput = Omit<SayInput, "attachment"> & {
  /** Of these bytes instead of made-up ones. */
  readonly attachment?: NonNullable<SayInput["attachment"]> & { readonly bytes?: Uint8Array };
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

/** A person takes back what they wrote; the app hears of it wherever it may have heard of the message. */
export async function takeBack(
  feishu: Feishu,
  pusher: Pusher,
  { person, message: id }: { readonly person: string; readonly message: string },
): Promise<PushResult> {
  const message = feishu.messages.get(id);
  if (message === undefined || message.sender !== person || message.recalled) {
    throw new Error(`${person} has no message ${id} to take back`);
  }
  saveMessage(feishu, { ...message, recalled: true });
  feishu.world.remove(id);
  const event = recalledEvent(feishu, message);
  const to = { app: feishu.options.app, clock: feishu.clock, url: feishu.options.eventsUrl };
  return pusher.push({
    build: () => sealPush(to, event),
    accepts: (answer) => answer.status === 200,
  }).first;
}

/** A person changes the words of a text that they wrote; the app hears that they did, and not what they are now. */
export async function edit(
  feishu: Feishu,
  pusher: Pusher,
  input: { readonly person: string; readonly message: string; readonly text: string },
): Promise<PushResult> {
  const { person, message: id, text } = input;
  const message = feishu.messages.get(id);
  if (message?.sender !== person || message.recalled || message.kind !== "text") {
    throw new Error(`${person} has no text ${id} to change`);
  }
  const said = composeSaid(feishu, { person, chat: message.chat, text });
  const edited = {
    ...message,
    content: said.content.content,
    mentions: said.mentions,
    edits: message.edits + 1,
    updatedAt: feishu.clock.now(),
  };
  saveMessage(feishu, edited);
  feishu.world.replace(id, said.content.shown);
  const event = updatedEvent(feishu, edited);
  const to = { app: feishu.options.app, clock: feishu.clock, url: feishu.options.eventsUrl };
  return pusher.push({
    build: () => sealPush(to, event),
    accepts: (answer) => answer.status === 200,
  }).first;
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
