import { randomNonce } from "../../wire/random.ts";
import { type Fields, textOf } from "../fields.ts";
import { isUpdatable, messageId } from "./cards.ts";
import { findMember, type WecomContext } from "./context.ts";
import { type MessageContent, readContent } from "./message-content.ts";
import { success, WecomError } from "./wecom-error.ts";

const RECEIVERS = 1000;
const DUPLICATE_SECONDS = 1800;
const MOST_DUPLICATE_SECONDS = 4 * 60 * 60;
const RECALL_MS = 24 * 60 * 60_000;

/**
 * `POST /cgi-bin/message/send`: a message to members, each in the chat with the app.
 *
 * Members who do not exist are only listed, unless they are all there is (81013). More than 30 messages a minute to one
 * member are dropped although the answer is errcode 0. WeCom docs: 90236.
 */
export function sendMessage(context: WecomContext, body: Fields): Response {
  checkAgent(context, body);
  const { members, invalid } = readReceivers(context, body);
  const listed = { invaliduser: invalid.join("|").toLowerCase(), unlicenseduser: "" };
  if (members.length === 0) throw new WecomError(81013, "user & party & tag all invalid");
  const known = duplicateOf(context, body);
  // What WeCom answers to a duplicate beside errcode 0 is not documented: it gives no new permission here.
  if (known !== null) return success({ ...listed, msgid: known });
  const content = readContent(context, body);
  const msgid = randomNonce(64);
  rememberDuplicate(context, body, msgid);
  deliver(context, msgid, members, content);
  const code =
    content.type === "card" && isUpdatable(content.card)
      ? { response_code: context.codes.issue(msgid) }
      : {};
  return success({ ...listed, msgid, ...code });
}

/** Refuse a call for another app. */
export function checkAgent(context: WecomContext, body: Fields): void {
  if (body.agentid === undefined) throw new WecomError(41011, "agentid is missing");
  if (Number(body.agentid) !== context.app.agentId) throw new WecomError(40056, "invalid agentid");
}

function readReceivers(context: WecomContext, body: Fields) {
  const touser = textOf(body, "touser");
  if (touser === "@all") {
    return { members: context.world.view("wecom").people.map((person) => person.id), invalid: [] };
  }
  const asked = touser.split("|").map((userid) => userid.trim());
  const userids = [...new Set(asked.filter((userid) => userid !== ""))];
  if (userids.length > RECEIVERS) throw new WecomError(40032, "touser has more than 1000 members");
  const members = new Set<string>();
  const invalid: string[] = [];
  for (const userid of userids) {
    const member = findMember(context, userid);
    if (member === null) invalid.push(userid);
    else members.add(member);
  }
  return { members: [...members], invalid };
}

function duplicateOf(context: WecomContext, body: Fields): string | null {
  if (body.enable_duplicate_check !== 1) return null;
  const known = context.duplicates.get(JSON.stringify(body));
  return known !== undefined && context.clock.now() < known.until ? known.msgid : null;
}

function rememberDuplicate(context: WecomContext, body: Fields, msgid: string): void {
  if (body.enable_duplicate_check !== 1) return;
  const now = context.clock.now();
  for (const [json, { until }] of context.duplicates) {
    if (until <= now) context.duplicates.delete(json);
  }
  const asked = body.duplicate_check_interval ?? DUPLICATE_SECONDS;
  const seconds = Math.min(Number(asked), MOST_DUPLICATE_SECONDS);
  context.duplicates.set(JSON.stringify(body), { until: now + seconds * 1000, msgid });
}

function deliver(
  context: WecomContext,
  msgid: string,
  members: readonly string[],
  content: MessageContent,
): void {
  if (content.type === "card") context.cards.add(msgid, content.card, members);
  const messages: string[] = [];
  for (const person of members) {
    if (context.perMinute.take(person) > 0 || context.perHour.take(person) > 0) {
      context.dropped.push({ person, at: context.clock.now() });
      continue;
    }
    const chat = context.world.directChat(person);
    if (chat === null) continue;
    const id = messageId(msgid, person);
    messages.push(id);
    if (content.type === "card") {
      context.cards.show(id, chat.id, { msgid, person, card: content.card });
    } else {
      context.world.post({ id, chat: chat.id, from: "bot", quotes: null, body: content.body });
    }
  }
  context.sent.set(msgid, { at: context.clock.now(), messages });
}

/** `POST /cgi-bin/message/recall`: take a message away within 24 hours. WeCom docs: 94867. */
export function recallMessage(context: WecomContext, body: Fields): Response {
  const sent = context.sent.get(textOf(body, "msgid"));
  if (sent === undefined) throw new WecomError(40058, "no message with this msgid");
  if (context.clock.now() >= sent.at + RECALL_MS) throw new WecomError(42052, "msgid expired");
  for (const message of sent.messages) context.world.remove(message);
  return success();
}
