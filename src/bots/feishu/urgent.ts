import { URGENT_WAYS } from "../../core/message.ts";
import type { Ring, Rung } from "../../ports/channel.ts";
import type { FeishuApi } from "./api.ts";
import { codeOf } from "./failure.ts";
import { notDelivered } from "./send.ts";

export const FEISHU_URGENT = URGENT_WAYS;

/** Why Feishu does not make a message urgent; the message stands. Feishu docs: im-v1/buzz-messages/urgent_app. */
const REFUSED: Readonly<Record<number, string>> = {
  230023: "the person has 200 urgent messages unread",
  230024: "the company's quota of urgent SMS or calls is used up",
  230027: "the app lacks the permission, or the chat is external",
  230052: "the chat does not allow urgent messages",
};

/** Make a message urgent for whom it went to. Scopes: im:message.urgent, im:message.urgent:sms, im:message.urgent:phone. */
export async function ring(api: FeishuApi, { to, remoteId, way }: Ring): Promise<Rung> {
  if (to.kind !== "person") return { type: "not-rung", reason: "only a person can be called" };
  const result = await api({
    method: "PATCH",
    path: `/im/v1/messages/${encodeURIComponent(remoteId)}/urgent_${way}?user_id_type=open_id`,
    json: { user_id_list: [to.id] },
  });
  const { answer } = result.type === "answered" ? result : { answer: null };
  if (answer?.type === "unanswered") return { type: "unknown", reason: answer.reason };
  const code = answer === null ? null : codeOf(answer);
  if (answer === null || answer.type !== "answer" || code !== 0) {
    const known = code === null ? undefined : REFUSED[code];
    const reason = known === undefined ? notDelivered(result).reason : `feishu ${code}: ${known}`;
    return { type: "not-rung", reason };
  }
  return isListed(answer.body.data, to.id)
    ? { type: "not-rung", reason: "feishu 0: the person's id is not valid" }
    : { type: "rung" };
}

function isListed(data: unknown, id: string): boolean {
  const list: unknown =
    typeof data === "object" && data !== null && "invalid_user_id_list" in data
      ? data.invalid_user_id_list
      : [];
  return Array.isArray(list) && list.includes(id);
}
