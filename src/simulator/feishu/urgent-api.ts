import { type Context, Hono } from "hono";
import type { UrgentMark } from "../tool.ts";
import { badParameter, FeishuError } from "./feishu-error.ts";
import { findPerson, isIdType } from "./identity.ts";
import { readBody, requireMessage, success } from "./requests.ts";
import type { Feishu } from "./state.ts";

const MOST_UNREAD = 200;

/**
 * `PATCH /open-apis/im/v1/messages/:id/urgent_app`, `urgent_sms` and `urgent_phone`: make a message of the bot urgent for
 * people in its chat. Ids of nobody there come back in `invalid_user_id_list`. Feishu docs: im-v1/buzz-messages.
 */
export function createUrgentApi(feishu: Feishu): Hono {
  return new Hono()
    .patch("/:id/urgent_app", (c) => makeUrgent(feishu, c, "app"))
    .patch("/:id/urgent_sms", (c) => makeUrgent(feishu, c, "sms"))
    .patch("/:id/urgent_phone", (c) => makeUrgent(feishu, c, "phone"));
}

async function makeUrgent(feishu: Feishu, c: Context, way: UrgentMark): Promise<Response> {
  const type = c.req.query("user_id_type");
  if (type === undefined || !isIdType(type)) throw badParameter("user_id_type is required");
  const { user_id_list: asked } = await readBody(c);
  if (!Array.isArray(asked) || asked.length === 0) throw badParameter("user_id_list is required");
  const message = requireMessage(feishu, c.req.param("id") ?? "", 230110);
  if (message.sender !== null) throw badParameter("only the bot's own messages can be urgent");
  const people: string[] = [];
  const invalid: string[] = [];
  for (const id of asked.map(String)) {
    const person = findPerson(feishu.world, type, id);
    if (person !== null && feishu.world.isMember(person, message.chat)) people.push(person);
    else invalid.push(id);
  }
  spend(feishu, message.chat, people, way);
  if (people.length > 0) feishu.world.markUrgent(message.id, way);
  return success({ invalid_user_id_list: invalid });
}

/** Refuse what goes beyond the limits, or count it. Feishu docs: im-v1/buzz-messages/urgent_app. */
function spend({ urgent }: Feishu, chat: string, people: readonly string[], way: UrgentMark): void {
  const { closedChats, quota, unread } = urgent;
  if (closedChats.has(chat)) {
    throw new FeishuError(230052, "No permission to send urgent messages in this chat.");
  }
  if (way !== "app" && quota[way] < people.length) {
    throw new FeishuError(230024, "Reach the upper limit of urgent message.");
  }
  if (people.some((person) => (unread.get(person) ?? 0) >= MOST_UNREAD)) {
    throw new FeishuError(230023, "The number of unread urgent messages reaches the limit.");
  }
  for (const person of people) unread.set(person, (unread.get(person) ?? 0) + 1);
  if (way !== "app") quota[way] -= people.length;
}
