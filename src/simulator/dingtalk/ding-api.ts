import { randomNonce } from "../../wire/random.ts";
import { type Fields, listOf, textOf } from "../fields.ts";
import type { Ding, DingtalkContext } from "./context.ts";
import { ApiRefusal } from "./refusal.ts";
import { post } from "./robot-api.ts";

const KINDS: ReadonlyMap<unknown, { readonly kind: Ding["kind"]; readonly most: number }> = new Map(
  [
    [1, { kind: "app", most: 200 }],
    [2, { kind: "sms", most: 20 }],
    [3, { kind: "phone", most: 20 }],
  ],
);

/**
 * `POST /v1.0/robot/ding/send`: an urgent message to people, in the app, by SMS or by phone.
 *
 * People who do not exist come back in `failedList`. DingTalk docs: robot-sends-nail-message.
 */
export function sendDing(context: DingtalkContext, body: Fields): Response {
  if (textOf(body, "robotCode") !== context.app.robotCode) {
    throw refuse("invalid.chatbotId", "robotCode is not of this app");
  }
  const remind = KINDS.get(body.remindType);
  const content = textOf(body, "content");
  if (remind === undefined || content === "") {
    throw refuse(
      "invalidParameter.param.invalid",
      "remindType must be 1, 2 or 3, and content a text",
    );
  }
  const { allowed, quota } = context.dingRights;
  if (!allowed) {
    const words = "the app lacks Premium.Ding.Write, which only paid editions have";
    throw new ApiRefusal(403, "Forbidden.AccessDenied.AccessTokenPermissionDenied", words);
  }
  const asked = [...new Set(listOf(body, "receiverUserIdList").map(String))];
  if (asked.length > remind.most) {
    throw refuse(
      "ding.receivercount.limit",
      `${asked.length} receivers, at most ${remind.most} are allowed`,
    );
  }
  const receivers = asked.filter((person) => context.world.person(person) !== null);
  const failed = asked.filter((person) => !receivers.includes(person));
  if (receivers.length === 0) throw refuse("miss.staffId", "none of the receivers exists");
  if (remind.kind !== "app") {
    if (quota[remind.kind] < receivers.length) {
      throw refuse("ding.serverquota.insufficient", `the bought ${remind.kind} DINGs are used up`);
    }
    quota[remind.kind] -= receivers.length;
  }
  const id = randomNonce(24);
  for (const person of receivers) {
    const chat = context.world.directChat(person);
    if (chat !== null) {
      post(context, `${id}.${person}`, chat.id, { type: "text", text: `[DING] ${content}` });
      context.world.markUrgent(`${id}.${person}`, remind.kind);
    }
  }
  context.dings.push({ id, at: context.clock.now(), kind: remind.kind, receivers, content });
  return Response.json({
    openDingId: id,
    ...(failed.length > 0 ? { failedList: { "staffId.notExisted": failed } } : {}),
  });
}

function refuse(code: string, message: string): ApiRefusal {
  return new ApiRefusal(400, code, message);
}
