import { randomNonce } from "../../wire/random.ts";
import { type Fields, listOf } from "../fields.ts";
import { findMember, type WecomContext } from "./context.ts";
import { success, WecomError } from "./wecom-error.ts";

/**
 * `POST /cgi-bin/pstncc/call`: a voice call to members, a paid service that an app is linked to. The tool's view has it as
 * a line of the app in the member's chat. WeCom docs: pstncc/call.
 */
export function callMembers(context: WecomContext, body: Fields): Response {
  const { voiceCalls: calls } = context;
  const asked = listOf(body, "callee_userid").map(String);
  if (asked.length === 0) throw new WecomError(40058, "callee_userid is missing");
  if (!calls.linked) throw new WecomError(301049, "the app is not linked to pstncc");
  if (!calls.enabled) throw new WecomError(301050, "pstncc is not enabled");
  if (calls.balance < asked.length) throw new WecomError(301051, "pstncc has no balance");
  const members = asked.map((userid) => findMember(context, userid));
  if (members.includes(null)) throw new WecomError(40003, "invalid userid");
  for (const member of members) ring(context, member ?? "");
  calls.balance -= asked.length;
  return success();
}

function ring(context: WecomContext, member: string): void {
  const chat = context.world.directChat(member);
  if (chat === null) return;
  const body = { type: "text", text: "📞 语音电话 Voice call" } as const;
  const id = `call${randomNonce(20)}`;
  context.world.post({ id, chat: chat.id, from: "bot", quotes: null, body, urgent: "phone" });
}
