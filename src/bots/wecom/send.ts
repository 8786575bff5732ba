import type { Outbound, UpdateToken } from "../../core/message.ts";
import type { ChannelDeps, Delivery } from "../../ports/channel.ts";
import { UPDATE_TOKEN_MS } from "./action.ts";
import type { Answered, WecomApi } from "./api.ts";
import type { WecomConfig } from "./config.ts";
import { failed } from "./failure.ts";
import { renderCard } from "./render.ts";
import { clippedBytes, printable } from "./shorten.ts";

/** WeCom cuts longer texts without a sign. WeCom docs: 90236. */
const TEXT_BYTES = 2048;

/** The code for a task_id that is malformed, which ours never is, or was used before. WeCom docs: 90236, 90313. */
const TASK_ID_REFUSED = "42014";

/** Make `send`: to one member, in the chat with the app. A chat's id and its member's id are the same. */
export function createSend(config: WecomConfig, deps: ChannelDeps, api: WecomApi) {
  return (message: Outbound<string>): Promise<Delivery> =>
    sendContent(config, deps, api, message, content(config, message));
}

/** Deliver what is in WeCom's words already. */
export async function sendContent(
  config: WecomConfig,
  deps: ChannelDeps,
  api: WecomApi,
  message: Pick<Outbound<string>, "id" | "to"> & Partial<Pick<Outbound<string>, "content">>,
  said: Readonly<Record<string, unknown>>,
): Promise<Delivery> {
  const userid = message.to.id;
  // "@all" and "a|b" address many, which a single receiver must never turn into.
  if (userid === "" || userid.includes("|") || userid.startsWith("@")) {
    return failed("content", "the receiver's id is none of a member");
  }
  const asked = deps.clock.now();
  const answer = await api.call("/cgi-bin/message/send", {
    touser: userid,
    agentid: config.agent_id,
    ...said,
  });
  return delivered({ ...message, card: message.content?.type === "card" }, answer, asked);
}

/**
 * Equal cards within half an hour are shown once. Texts are not checked: the same short question asked twice is often
 * meant twice, and WeCom would drop the second one without a word. WeCom docs: 90236 (enable_duplicate_check).
 */
function content(config: WecomConfig, message: Outbound<string>) {
  if (message.content.type === "text") {
    return {
      msgtype: "text",
      text: { content: clippedBytes(printable(message.content.text), TEXT_BYTES) },
    };
  }
  const card = renderCard(message.content.card, { cardUrl: config.card_url, remark: null });
  return {
    msgtype: "template_card",
    template_card: { ...card, task_id: message.id },
    enable_duplicate_check: 1,
    duplicate_check_interval: 1800,
  };
}

type Sent = Pick<Outbound<string>, "id" | "to"> & { readonly card: boolean };

function delivered({ id, to, card }: Sent, answer: Answered, asked: number): Delivery {
  if (answer.type === "unanswered") return { type: "unknown", reason: answer.reason };
  if (answer.type === "refused") {
    const isRepeated = card && answer.errcode === TASK_ID_REFUSED;
    return isRepeated ? { type: "sent", remoteId: id, updateTokens: [] } : answer.failure;
  }
  const { invaliduser, unlicenseduser, msgid, response_code: code } = answer.body;
  // Errcode 0 may still have reached nobody. WeCom lists ids in lower case.
  const isListed = (list: unknown) =>
    typeof list === "string" && list.toLowerCase().split("|").includes(to.id.toLowerCase());
  if (isListed(invaliduser))
    return { ...failed("content", "the member is not within the app's range"), nobody: true };
  if (isListed(unlicenseduser)) return failed("config", "the member has no licence for the app");
  const updateTokens: UpdateToken[] =
    typeof code === "string" && code !== ""
      ? [{ value: code, expiresAt: asked + UPDATE_TOKEN_MS }]
      : [];
  const remoteId = card || typeof msgid !== "string" ? id : msgid;
  return { type: "sent", remoteId, updateTokens };
}
