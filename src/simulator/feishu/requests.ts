import type { Context } from "hono";
import { badParameter, FeishuError } from "./feishu-error.ts";
import { isMessageId } from "./identity.ts";
import { isObject, type JsonObject, parseOrUndefined } from "./shape.ts";
import type { Feishu, FeishuMessage } from "./state.ts";

/** The JSON body of a request; 9499 when it is none. Feishu docs: generic error codes. */
export async function readBody(c: Context): Promise<JsonObject> {
  const body = parseOrUndefined(await c.req.text());
  if (!isObject(body)) throw new FeishuError(9499, "Invalid parameter type in json: request body");
  return body;
}

export function requireText(body: JsonObject, name: string): string {
  const value = body[name];
  if (typeof value !== "string" || value === "") throw badParameter(`${name} is required`);
  return value;
}

/** `uuid` of a send: at most 50 characters. Feishu docs: im-v1/message/create. */
export function readUuid(body: JsonObject): string | null {
  const { uuid } = body;
  if (uuid === undefined || uuid === null || uuid === "") return null;
  if (typeof uuid !== "string" || uuid.length > 50) {
    throw badParameter("uuid must be a string of at most 50 characters");
  }
  return uuid;
}

/**
 * The message that a path names, as long as it is there; `gone` is the code for one that was recalled.
 *
 * An id of the right form that is not known is one of an earlier run: its message is gone too.
 */
export function requireMessage(feishu: Feishu, id: string, gone: 230011 | 230110): FeishuMessage {
  const message = feishu.messages.get(id);
  if (message !== undefined && !message.recalled) return message;
  if (message === undefined && !isMessageId(id)) throw badParameter("invalid message_id");
  throw gone === 230011
    ? new FeishuError(230011, "The message is recalled.")
    : new FeishuError(230110, "Action unavailable as the message has been deleted.");
}

export function success(data: unknown): Response {
  return Response.json({ code: 0, msg: "success", data });
}
