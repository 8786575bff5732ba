import type { Content, Outbound } from "../../core/message.ts";
import type { Capabilities, Channel, ChannelDeps, Delivery } from "../../ports/channel.ts";
import { callVendor, type VendorAnswer } from "../../wire/vendor-call.ts";
import { renderBoardCard } from "./board-card.ts";
import type { WecomBoardConfig } from "./board-config.ts";
import { WECOM_WEBHOOK_CARD } from "./card-abilities.ts";
import { refused } from "./envelope.ts";
import { failed, failureOf } from "./failure.ts";
import { clippedBytes, printable } from "./shorten.ts";

/** WeCom docs: 99110. */
const TEXT_BYTES = 2048;

/**
 * Refusals that speak of the address or of the push itself. They are what integrators report; one that is wrong here only
 * tells an operator another class.
 */
const SETTINGS: ReadonlySet<number> = new Set([93000, 93004, 93008]);

/** The message push of a group: it posts texts and notices, hears nothing, and changes nothing that it has posted. */
export function createBoard(config: WecomBoardConfig, deps: ChannelDeps): Channel {
  return {
    can: CAPABILITIES,
    receive: async () =>
      refused("malformed", "this account is a group webhook, which pushes nothing"),
    send: (message) => send(config, deps, message),
    update: async () => failed("window-closed", "a card of a group webhook cannot be changed"),
  };
}

const CAPABILITIES: Capabilities = {
  card: WECOM_WEBHOOK_CARD,
  idempotentSend: false,
  answerWithinMs: 5000, // of our own page, which is all that waits for an answer
  pacing: [{ scope: "account", count: 20, perMs: 60_000 }],
};

async function send(
  config: WecomBoardConfig,
  deps: ChannelDeps,
  message: Outbound<string>,
): Promise<Delivery> {
  if (message.to.kind === "person") return failed("content", "a group webhook reaches no person");
  const answer = await callVendor(deps.fetch, {
    method: "POST",
    url: `${config.api_base}/cgi-bin/webhook/send?key=${encodeURIComponent(config.key)}`,
    json: native(config, message.content),
  });
  return judge(answer, message.id);
}

function native(config: WecomBoardConfig, content: Content<string>) {
  if (content.type === "text") {
    const words = clippedBytes(printable(content.text), TEXT_BYTES);
    return { msgtype: "text", text: { content: words } };
  }
  const card = renderBoardCard(content.card, config.card_url);
  return { msgtype: "template_card", template_card: card };
}

/** Nothing keeps a group from being shown a message twice, so that what is not certain is unknown. */
function judge(answer: VendorAnswer, id: string): Delivery {
  if (answer.type === "unreached") return failed("transient", answer.reason);
  if (answer.type === "unanswered") return { type: "unknown", reason: answer.reason };
  const { status, body } = answer;
  const { errcode } = body;
  if (errcode === 0) return { type: "sent", remoteId: id, updateTokens: [] };
  if (typeof errcode === "number") {
    return SETTINGS.has(errcode)
      ? failed("config", `wecom ${errcode}: the group webhook is refused`)
      : failureOf(String(errcode));
  }
  if (status >= 500) return failed("transient", `HTTP ${status}`);
  if (status >= 400) return failed("config", `HTTP ${status}`);
  return { type: "unknown", reason: `HTTP ${status} without errcode` };
}
