import type { Content, Outbound } from "../../core/message.ts";
import type { Capabilities, Channel, ChannelDeps, Delivery } from "../../ports/channel.ts";
import { dingtalkCustomRobotSign } from "../../wire/dingtalk-sign.ts";
import { callVendor, type VendorAnswer } from "../../wire/vendor-call.ts";
import { renderActionCard } from "./action-card.ts";
import type { DingtalkBoardConfig } from "./board-config.ts";
import { DINGTALK_WEBHOOK_CARD } from "./card-abilities.ts";
import { type Failed, failed, oldFailureOf } from "./failure.ts";
import { textOf } from "./fields.ts";
import { shortened } from "./shorten.ts";

const TEXT_BYTES = 9_000;
/** Who sends too much is muted for so long. */
const MUTE_MS = 600_000;

/** Answers that only a custom robot gets. DingTalk docs: custom-robots-send-group-messages. */
const CODES: Readonly<Record<string, readonly [Failed["class"], string]>> = {
  "-1": ["transient", "busy"],
  "410100": ["rate", "too many messages, muted"],
  "130101": ["rate", "too many messages, muted"],
  "310000": ["config", "the signature, the keywords or the list of addresses refuse it"],
  "400013": ["config", "the group is gone"],
  "400101": ["config", "the access token is wrong"],
  "400102": ["config", "the robot is switched off"],
  "400106": ["config", "the robot is not in the group"],
};

/** The custom robot of a group: it posts texts and ActionCards, hears nothing, and changes nothing that it has posted. */
export function createBoard(config: DingtalkBoardConfig, deps: ChannelDeps): Channel {
  return {
    can: CAPABILITIES,
    receive: async () => ({
      type: "refused",
      reason: "malformed",
      detail: "this account is a group webhook, which pushes nothing",
    }),
    send: (message) => send(config, deps, message),
    update: async () => failed("window-closed", "a card of a group webhook cannot be changed"),
  };
}

const CAPABILITIES: Capabilities = {
  card: DINGTALK_WEBHOOK_CARD,
  idempotentSend: true, // by msgUuid
  answerWithinMs: 5_000, // of our own page, which is all that waits for an answer
  pacing: [{ scope: "account", count: 20, perMs: 60_000 }],
};

async function send(
  config: DingtalkBoardConfig,
  deps: ChannelDeps,
  message: Outbound<string>,
): Promise<Delivery> {
  if (message.to.kind === "person") return failed("content", "a group webhook reaches no person");
  const url = new URL(`${config.oapi_base}/robot/send`);
  url.searchParams.set("access_token", config.access_token);
  if (config.secret !== undefined) {
    const timestamp = String(deps.clock.now());
    url.searchParams.set("timestamp", timestamp);
    url.searchParams.set("sign", await dingtalkCustomRobotSign(config.secret, timestamp));
  }
  const json = { ...native(message.content), msgUuid: message.id };
  return judge(await callVendor(deps.fetch, { method: "POST", url: url.href, json }), message.id);
}

function native(content: Content<string>) {
  if (content.type === "text")
    return {
      msgtype: "text",
      text: { content: shortened(content.text, TEXT_BYTES) },
    };
  const { title, text, links } = renderActionCard(content.card, DINGTALK_WEBHOOK_CARD);
  if (links.length === 0) return { msgtype: "markdown", markdown: { title, text } };
  const btns = links.map((link) => ({ title: link.title, actionURL: link.url }));
  return { msgtype: "actionCard", actionCard: { title, text, btnOrientation: "0", btns } };
}

/** `msgUuid` lets every attempt be made again without harm, so that a missing answer is only a reason to do that. */
function judge(answer: VendorAnswer, id: string): Delivery {
  if (answer.type !== "answer") return failed("transient", answer.reason);
  const { status, body } = answer;
  const errcode = textOf(body.errcode);
  if (status < 300 && errcode === "0") return { type: "sent", remoteId: id, updateTokens: [] };
  if (errcode === null) return withoutCode(status, body.status === 1111);
  const known = CODES[errcode];
  if (known === undefined) return oldFailureOf(errcode);
  const [failureClass, words] = known;
  const afterMs = failureClass === "rate" ? MUTE_MS : null;
  return failed(failureClass, `dingtalk ${errcode}: ${words}`, afterMs);
}

/** Not an answer of this API. One with status 1111 shuts out our address for 5 minutes. DingTalk docs: call-frequency-limit. */
function withoutCode(status: number, isBlocked: boolean): Failed {
  if (isBlocked) return failed("rate", "the source address is blocked", 300_000);
  if (status === 429) return failed("rate", `HTTP ${status}`);
  const isOurs = status >= 400 && status < 500 && status !== 408;
  return failed(isOurs ? "config" : "transient", `HTTP ${status} without errcode`);
}
