import { fromBase64, utf8 } from "../../wire/bytes.ts";
import { randomNonce } from "../../wire/random.ts";
import { buildXml, type XmlContent } from "../../wire/xml.ts";
import type { Pusher } from "../push.ts";
import type { PushResult, SayInput } from "../tool.ts";
import { callbackPush } from "./callback-push.ts";
import type { WecomContext } from "./context.ts";
import type { MediaFile } from "./media.ts";
import { applyReply } from "./passive-reply.ts";

/**
 * A member writes to the app: show it and push it.
 *
 * An app has no groups, no quotes and no mentions. WeCom docs: 90239.
 */
export async function sayToApp(
  context: WecomContext,
  pusher: Pusher,
  url: string,
  input: SayInput,
): Promise<PushResult> {
  const chat = context.world.chat(input.chat);
  if (chat === null) throw new Error(`there is no chat ${input.chat}`);
  if (chat.kind !== "direct") throw new Error("a WeCom app is in no group chats");
  if (!chat.members.includes(input.person)) {
    throw new Error(`${input.person} is not in the chat ${input.chat}`);
  }
  if (input.quotes !== undefined) throw new Error("nothing can be quoted in the chat with an app");
  const id = newMsgId();
  const { person: from, attachment, text } = input;
  const body =
    attachment === undefined
      ? ({ type: "text", text } as const)
      : ({ type: "attachment", ...attachment } as const);
  context.world.post({ id, chat: chat.id, from, quotes: null, body });
  const xml = messageXml(context, input, id);
  const push = callbackPush(context, url, xml, {
    reply: (reply) => applyReply(context, reply, { person: from, message: null }),
    problem: () => {}, // WeCom shows nothing of a reply that it cannot read
  });
  return pusher.push(push).first;
}

function messageXml(context: WecomContext, input: SayInput, msgId: string): string {
  const xml = buildXml({
    xml: {
      ToUserName: context.app.corpId,
      FromUserName: input.person,
      CreateTime: Math.floor(context.clock.now() / 1000),
      ...payload(context, input),
      AgentID: context.app.agentId,
    },
  });
  // Bare digits as WeCom writes them, more than a double can hold: readers must keep them as text.
  return xml.replace(/<\/xml>$/, `<MsgId>${msgId}</MsgId></xml>`);
}

function payload(context: WecomContext, input: SayInput): XmlContent {
  if (input.attachment === undefined) return { MsgType: "text", Content: input.text };
  const { kind, name } = input.attachment;
  const MediaId = context.media.keep(sampleFile(kind, name));
  if (kind === "file") return { MsgType: "file", MediaId, FileName: name };
  return { MsgType: "image", PicUrl: `https://wework.qpic.cn/wwpic/${MediaId}/0`, MediaId };
}

const PIXEL = fromBase64(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
);

/** The file that a member sends: a picture of one pixel, or a file that holds its own name. */
export function sampleFile(kind: "image" | "file", name: string): MediaFile {
  return kind === "image"
    ? { name, contentType: "image/png", bytes: PIXEL }
    : { name, contentType: "application/octet-stream", bytes: utf8(name) };
}

/** 19 digits, as long as a 64-bit number. */
export function newMsgId(): string {
  const digits = [...randomNonce(18)].map((letter) => letter.charCodeAt(0) % 10).join("");
  return `7${digits}`;
}
