import { isObject, type JsonObject } from "./shape.ts";
import type { Feishu, FeishuMessage } from "./state.ts";

/** A message as Feishu's API answers it. Feishu docs: im-v1/message/create, response body. */
export function describeMessage(feishu: Feishu, message: FeishuMessage): JsonObject {
  const { appId } = feishu.options.app;
  const sender =
    message.sender === null
      ? { id: appId, id_type: "app_id", sender_type: "app" }
      : { id: message.sender, id_type: "open_id", sender_type: "user" };
  return {
    message_id: message.id,
    ...(message.root === null ? {} : { root_id: message.root }),
    ...(message.parent === null ? {} : { parent_id: message.parent }),
    ...(message.thread === null ? {} : { thread_id: message.thread }),
    msg_type: message.kind,
    create_time: String(message.createdAt),
    update_time: String(message.updatedAt),
    deleted: false,
    updated: message.updatedAt !== message.createdAt,
    chat_id: message.chat,
    sender: { ...sender, tenant_key: feishu.tenantKey },
    body: { content: message.card === null ? message.content : degrade(message.card) },
    ...(message.mentions.length === 0
      ? {}
      : {
          mentions: message.mentions.map(({ key, openId, name }) => ({
            key,
            id: openId,
            id_type: "open_id",
            name,
            tenant_key: feishu.tenantKey,
          })),
        }),
  };
}

/** Cards are read back only as their words. Feishu docs: message_content, interactive. */
function degrade(card: JsonObject): string {
  const header = isObject(card.header) ? card.header : {};
  const title = isObject(header.title) ? header.title.content : null;
  const body = isObject(card.body) ? card.body : card;
  const elements = Array.isArray(body.elements) ? body.elements : [];
  return JSON.stringify({
    title: title ?? null,
    elements: elements.filter(isObject).map((element) => [{ tag: "text", text: wordsOf(element) }]),
  });
}

function wordsOf(element: JsonObject): string {
  if (typeof element.content === "string") return element.content;
  const text = element.text;
  return isObject(text) && typeof text.content === "string" ? text.content : "";
}
