import { URGENT_WAYS } from "../../core/message.ts";
import type { Ring, Rung } from "../../ports/channel.ts";
import type { DingtalkApi } from "./api.ts";
import { type DingtalkConfig, robotCode } from "./config.ts";
import { fieldsOf } from "./fields.ts";
import { shortened } from "./shorten.ts";

export const DINGTALK_URGENT = URGENT_WAYS;

const REMIND_TYPE = { app: 1, sms: 2, phone: 3 } as const;
/** An SMS or a call says no more. */
const CONTENT_BYTES = 600;

/**
 * Send a DING with the words of the message, which stands in the chat already. Only paid editions have it, and SMS and
 * calls only as long as bought ones are left (`ding.serverquota.insufficient`). Permission: Premium.Ding.Write.
 *
 * DingTalk docs: robot-sends-nail-message.
 */
export async function ring(
  config: DingtalkConfig,
  api: DingtalkApi,
  { to, text, way }: Ring,
): Promise<Rung> {
  if (to.kind !== "person") return { type: "not-rung", reason: "only a person can be called" };
  const answer = await api.call("POST", "/v1.0/robot/ding/send", {
    robotCode: robotCode(config),
    remindType: REMIND_TYPE[way],
    receiverUserIdList: [to.id],
    content: shortened(text, CONTENT_BYTES),
  });
  if (answer.type === "unanswered") return { type: "unknown", reason: answer.reason };
  if (answer.type === "refused") return { type: "not-rung", reason: answer.failure.reason };
  const reasons = Object.keys(fieldsOf(answer.body.failedList));
  return reasons.length === 0
    ? { type: "rung" }
    : { type: "not-rung", reason: "the DING did not reach the person" };
}
