import type { Ring, Rung } from "../../ports/channel.ts";
import type { WecomApi } from "./api.ts";

/** An app's message rings no louder than any other; there are voice calls beside it. */
export const WECOM_URGENT = ["phone"] as const;

/** Why there is no call. WeCom docs: emergency reminders (pstncc/call). */
const REFUSED: Readonly<Record<string, string>> = {
  "301049": "the app is not linked to the emergency reminders",
  "301050": "the emergency reminders are not switched on",
  "301051": "the balance for calls is used up",
};

/** Call a member; the voice says that there is a message. A paid service of its own. WeCom docs: pstncc/call. */
export async function ring(api: WecomApi, { to }: Ring): Promise<Rung> {
  const answer = await api.call("/cgi-bin/pstncc/call", { callee_userid: [to.id] });
  if (answer.type === "unanswered") return { type: "unknown", reason: answer.reason };
  if (answer.type === "refused") {
    const known = REFUSED[answer.errcode];
    const reason =
      known === undefined ? answer.failure.reason : `wecom ${answer.errcode}: ${known}`;
    return { type: "not-rung", reason };
  }
  return { type: "rung" };
}
