import { identify, newId } from "./identity.ts";
import { isObject, type JsonObject } from "./shape.ts";
import type { Feishu, FeishuMessage } from "./state.ts";

/** `im.message.receive_v1` of a person's message. Feishu docs: im-v1/message/events/receive. */
export function receiveEvent(feishu: Feishu, message: FeishuMessage, sender: string): JsonObject {
  const { app } = feishu.options;
  const header = {
    event_id: newId("ev_"),
    event_type: "im.message.receive_v1",
    create_time: String(message.createdAt),
    token: app.verificationToken,
    app_id: app.appId,
    tenant_key: feishu.tenantKey,
  };
  const event = {
    sender: {
      sender_id: identify(sender),
      sender_type: "user",
      tenant_key: feishu.tenantKey,
    },
    message: describeReceived(feishu, message),
  };
  return { schema: "2.0", header, event };
}

/** `im.message.recalled_v1`: it does not say whose message it was. Feishu docs: im-v1/message/events/recalled. */
export function recalledEvent(feishu: Feishu, message: FeishuMessage): JsonObject {
  const { app } = feishu.options;
  const now = String(feishu.clock.now());
  const header = {
    event_id: newId("ev_"),
    event_type: "im.message.recalled_v1",
    create_time: now,
    token: app.verificationToken,
    app_id: app.appId,
    tenant_key: feishu.tenantKey,
  };
  const event = {
    message_id: message.id,
    chat_id: message.chat,
    recall_time: now,
    recall_type: "message_owner",
  };
  return { schema: "2.0", header, event };
}

/** `im.message.updated_v1` of a changed message: it names it, and what it says is read back. */
export function updatedEvent(feishu: Feishu, message: FeishuMessage): JsonObject {
  const { app } = feishu.options;
  const header = {
    event_id: newId("ev_"),
    event_type: "im.message.updated_v1",
    create_time: String(message.updatedAt),
    token: app.verificationToken,
    app_id: app.appId,
    tenant_key: feishu.tenantKey,
  };
  return {
    schema: "2.0",
    header,
    event: { message: { message_id: message.id, chat_id: message.chat } },
  };
}

function describeReceived(feishu: Feishu, message: FeishuMessage): JsonObject {
  return {
    message_id: message.id,
    ...(message.root === null ? {} : { root_id: message.root }),
    ...(message.parent === null ? {} : { parent_id: message.parent }),
    ...(message.thread === null ? {} : { thread_id: message.thread }),
    create_time: String(message.createdAt),
    update_time: String(message.updatedAt),
    chat_id: message.chat,
    chat_type: chatType(feishu, message.chat),
    message_type: message.kind,
    content: message.content,
    ...(message.mentions.length === 0 ? {} : { mentions: describeMentions(feishu, message) }),
  };
}

function describeMentions(feishu: Feishu, message: FeishuMessage): readonly JsonObject[] {
  return message.mentions.map(({ key, openId, name }) => ({
    key,
    id:
      openId === feishu.bot.openId
        ? { open_id: openId, union_id: "on_bot", user_id: null }
        : identify(openId),
    name,
    tenant_key: feishu.tenantKey,
  }));
}

/** The same in the older envelope without `schema`, as subscriptions of version 1.0 get it. */
export function receiveEventV1(feishu: Feishu, message: FeishuMessage, sender: string): JsonObject {
  const { app } = feishu.options;
  return {
    uuid: newId(""),
    ts: (message.createdAt / 1000).toFixed(6),
    token: app.verificationToken,
    type: "event_callback",
    event: {
      type: "message",
      app_id: app.appId,
      tenant_key: feishu.tenantKey,
      open_message_id: message.id,
      root_id: message.root ?? "",
      parent_id: message.parent ?? "",
      open_chat_id: message.chat,
      chat_type: chatType(feishu, message.chat) === "p2p" ? "private" : "group",
      msg_type: message.kind,
      open_id: sender,
      employee_id: identify(sender).user_id,
      union_id: identify(sender).union_id,
      is_mention: message.mentions.some(({ openId }) => openId === feishu.bot.openId),
      ...oldContent(feishu, message),
    },
  };
}

/** What the old event says of the message itself. Feishu docs: deprecated version, message events (uMTNxYjLzUTM24yM1EjN). */
function oldContent(feishu: Feishu, message: FeishuMessage): JsonObject {
  const content: unknown = JSON.parse(message.content);
  if (!isObject(content)) return {};
  switch (message.kind) {
    case "text":
      return withAndWithoutBot(feishu, message, String(content.text));
    case "post":
      return {
        title: content.title,
        ...withAndWithoutBot(feishu, message, oldHtml(content)),
        image_keys: [...message.resources.keys()],
      };
    case "image":
      return { image_key: content.image_key };
    default:
      return { file_key: content.file_key };
  }
}

function withAndWithoutBot(feishu: Feishu, message: FeishuMessage, keyed: string): JsonObject {
  const tagged = (isShown: (openId: string) => boolean): string =>
    message.mentions.reduce(
      (text, { key, openId, name }) =>
        text.replaceAll(key, isShown(openId) ? `<at open_id="${openId}">@${name}</at>` : ""),
      keyed,
    );
  const without = tagged((openId) => openId !== feishu.bot.openId);
  return {
    text: tagged(() => true),
    ...(without.trim() === "" ? {} : { text_without_at_bot: without }),
  };
}

/** A post as HTML, mentions still as their keys. */
function oldHtml(content: JsonObject): string {
  const lines = Array.isArray(content.content) ? content.content : [];
  const show = (node: unknown): string => {
    if (!isObject(node)) return "";
    if (node.tag === "img") return "<figure><img/></figure>";
    return String(node.tag === "at" ? node.user_id : (node.text ?? ""));
  };
  return lines
    .map((line: unknown) => `<p>${Array.isArray(line) ? line.map(show).join("") : ""}</p>`)
    .join("");
}

function chatType(feishu: Feishu, chat: string): "p2p" | "group" {
  return feishu.world.chat(chat)?.kind === "direct" ? "p2p" : "group";
}

/** `card.action.trigger` of a click. Feishu docs: card-callback-communication. */
export function cardAction(
  feishu: Feishu,
  click: {
    readonly person: string;
    readonly message: FeishuMessage;
    readonly token: string;
    readonly action: JsonObject;
  },
): JsonObject {
  const { app } = feishu.options;
  const header = {
    event_id: newId("ev_"),
    event_type: "card.action.trigger",
    create_time: String(feishu.clock.now() * 1000), // µs here, unlike other events
    token: app.verificationToken,
    app_id: app.appId,
    tenant_key: feishu.tenantKey,
  };
  const event = {
    operator: { ...identify(click.person), tenant_key: feishu.tenantKey },
    token: click.token,
    action: { ...click.action, timezone: "Asia/Shanghai" },
    host: "im_message",
    context: { open_message_id: click.message.id, open_chat_id: click.message.chat },
  };
  return { schema: "2.0", header, event };
}
