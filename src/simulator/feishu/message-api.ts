import { type Context, Hono } from "hono";
import { readContent } from "./content.ts";
import { badParameter, FeishuError } from "./feishu-error.ts";
import { findPerson, isIdType } from "./identity.ts";
import { describeMessage } from "./message-answer.ts";
import { patchCard } from "./patch-card.ts";
import { readBody, readUuid, requireMessage, requireText, success } from "./requests.ts";
import { sendAsBot } from "./send.ts";
import { type Feishu, saveMessage } from "./state.ts";

const MOST_EDITS = 20;

/** `/open-apis/im/v1/messages`. Feishu docs: im-v1/message (create, reply, get, update, patch, delete). */
export function createMessageApi(feishu: Feishu): Hono {
  return new Hono()
    .post("/", (c) => create(feishu, c))
    .post("/:id/reply", (c) => reply(feishu, c))
    .get("/:id", (c) => {
      const message = requireMessage(feishu, c.req.param("id"), 230110);
      return success({ items: [describeMessage(feishu, message)] });
    })
    .put("/:id", (c) => edit(feishu, c))
    .patch("/:id", async (c) => {
      const message = requireMessage(feishu, c.req.param("id"), 230011);
      patchCard(feishu, message, requireText(await readBody(c), "content"));
      return success({});
    })
    .delete("/:id", (c) => recall(feishu, c.req.param("id")))
    .get("/:id/resources/:key", (c) => download(feishu, c));
}

async function create(feishu: Feishu, c: Context): Promise<Response> {
  const body = await readBody(c);
  const chat = findReceiver(
    feishu,
    c.req.query("receive_id_type"),
    requireText(body, "receive_id"),
  );
  const kind = requireText(body, "msg_type");
  const content = readContent(feishu, kind, requireText(body, "content"));
  const sending = { chat, content, parent: null, inThread: false, uuid: readUuid(body) };
  return success(describeMessage(feishu, sendAsBot(feishu, sending)));
}

function findReceiver(feishu: Feishu, type: string | undefined, id: string): string {
  if (type === "chat_id") {
    if (feishu.world.chat(id) !== null) return id;
    throw new FeishuError(230002, "The bot can not be outside the group.");
  }
  const person = findReceivingPerson(feishu, type, id);
  const chat = person === null ? null : feishu.world.directChat(person);
  if (chat === null) throw new FeishuError(230034, "The receive_id is invalid.");
  return chat.id;
}

function findReceivingPerson(feishu: Feishu, type: string | undefined, id: string): string | null {
  if (type !== undefined && isIdType(type)) return findPerson(feishu.world, type, id);
  if (type !== "email") {
    throw badParameter("receive_id_type must be open_id, user_id, union_id, email or chat_id");
  }
  const contacts = Object.entries(feishu.options.contacts ?? {});
  return contacts.find(([, contact]) => contact.email === id)?.[0] ?? null;
}

async function reply(feishu: Feishu, c: Context): Promise<Response> {
  const parent = requireMessage(feishu, c.req.param("id") ?? "", 230011);
  const body = await readBody(c);
  const content = readContent(feishu, requireText(body, "msg_type"), requireText(body, "content"));
  const inThread = body.reply_in_thread ?? false;
  if (typeof inThread !== "boolean") throw badParameter("reply_in_thread must be a boolean");
  const sending = { chat: parent.chat, content, parent, inThread, uuid: readUuid(body) };
  return success(describeMessage(feishu, sendAsBot(feishu, sending)));
}

async function edit(feishu: Feishu, c: Context): Promise<Response> {
  const message = requireMessage(feishu, c.req.param("id") ?? "", 230011);
  const body = await readBody(c);
  const kind = requireText(body, "msg_type");
  if (message.sender !== null) {
    throw new FeishuError(230071, "The operator is not the sender of the message.");
  }
  if (![message.kind, kind].every((each) => each === "text" || each === "post")) {
    throw badParameter("only messages of type text and post can be edited");
  }
  const content = readContent(feishu, kind, requireText(body, "content"));
  if (message.edits >= MOST_EDITS) {
    throw new FeishuError(230072, "The message has reached the number of times it can be edited.");
  }
  const edited = {
    ...message,
    kind: content.kind,
    content: content.content,
    edits: message.edits + 1,
    updatedAt: feishu.clock.now(),
  };
  saveMessage(feishu, edited);
  feishu.world.replace(message.id, content.shown);
  return success(describeMessage(feishu, edited));
}

function recall(feishu: Feishu, id: string): Response {
  const message = requireMessage(feishu, id, 230110);
  if (message.sender !== null) {
    throw new FeishuError(230026, "No permission to recall this message.");
  }
  saveMessage(feishu, { ...message, recalled: true });
  feishu.world.remove(id);
  return success({});
}

/** Feishu docs: im-v1/message/get-message-resource. */
function download(feishu: Feishu, c: Context): Response {
  const message = requireMessage(feishu, c.req.param("id") ?? "", 230110);
  const type = c.req.query("type");
  if (type !== "image" && type !== "file") throw new FeishuError(234001, "Invalid request param.");
  if (message.card !== null) throw new FeishuError(234043, "Unsupported message type.");
  const resource = message.resources.get(c.req.param("key") ?? "");
  if (resource === undefined || resource.kind !== type) {
    throw new FeishuError(234003, "File not in message.");
  }
  const name = encodeURIComponent(resource.name);
  return new Response(resource.bytes, {
    headers: {
      "content-type": resource.mime,
      "content-disposition": `attachment; filename*=UTF-8''${name}`,
    },
  });
}
