import type { Outbound } from "../../core/message.ts";
import type { Capabilities, Channel, ChannelDeps, Delivery } from "../../ports/channel.ts";
import { feishuCustomBotSign } from "../../wire/feishu-crypto.ts";
import { callVendor, type VendorAnswer } from "../../wire/vendor-call.ts";
import type { FeishuBoardConfig } from "./board-config.ts";
import { FEISHU_WEBHOOK_CARD } from "./card-abilities.ts";
import { failure } from "./failure.ts";
import { shorten, withoutMentions } from "./plain-text.ts";
import { renderCard } from "./render.ts";

type Failed = Extract<Delivery, { type: "failed" }>;

/** Characters, at most 4 bytes each, of the 20 KB that a whole request may have. */
const LONGEST_TEXT = 4_500;

/**
 * Refusals that speak of the bot's address, its signature, its list of addresses or its keywords, and not of the message.
 * They are what integrators report; one that is wrong here only tells an operator another class.
 */
const SETTINGS: ReadonlySet<number> = new Set([19001, 19021, 19022, 19024]);

/** The custom bot of a group: it posts texts and cards with links, hears nothing, and changes nothing that it has posted. */
export function createBoard(config: FeishuBoardConfig, deps: ChannelDeps): Channel {
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
  card: FEISHU_WEBHOOK_CARD,
  idempotentSend: false,
  answerWithinMs: 5_000, // of our own page, which is all that waits for an answer
  pacing: [
    { scope: "account", count: 5, perMs: 1_000 },
    { scope: "account", count: 100, perMs: 60_000 },
  ],
};

/** Feishu docs: custom bot guide (5 a second and 100 a minute, 20 KB). */
async function send(
  config: FeishuBoardConfig,
  deps: ChannelDeps,
  message: Outbound<string>,
): Promise<Delivery> {
  if (message.to.kind === "person") return failed("content", "a group webhook reaches no person");
  const answer = await callVendor(deps.fetch, {
    method: "POST",
    url: `${config.api_base}/open-apis/bot/v2/hook/${config.token}`,
    json: { ...(await signature(config, deps.clock.now())), ...native(message) },
  });
  return judge(answer, message.id);
}

function native({ content }: Outbound<string>) {
  if (content.type === "card")
    return { msg_type: "interactive", card: renderCard(content.card, FEISHU_WEBHOOK_CARD) };
  const text = shorten(withoutMentions(content.text), LONGEST_TEXT);
  return { msg_type: "text", content: { text } };
}

async function signature({ secret }: FeishuBoardConfig, now: number) {
  if (secret === undefined) return {};
  const timestamp = String(Math.floor(now / 1000));
  return { timestamp, sign: await feishuCustomBotSign(timestamp, secret) };
}

/** Nothing keeps the bot from showing a message twice, so that what is not certain is unknown. */
function judge(answer: VendorAnswer, id: string): Delivery {
  if (answer.type === "unreached") return failed("transient", answer.reason);
  if (answer.type === "unanswered") return { type: "unknown", reason: answer.reason };
  const code = answer.body.code ?? answer.body.StatusCode;
  if (answer.status < 300 && code === 0) return { type: "sent", remoteId: id, updateTokens: [] };
  if (typeof code === "number" && SETTINGS.has(code))
    return failed("config", `feishu ${code}: the group webhook is refused`);
  if (answer.status < 300 && typeof code !== "number")
    return { type: "unknown", reason: `feishu answered HTTP ${answer.status} without a code` };
  return failure(answer);
}

function failed(kind: Failed["class"], reason: string): Failed {
  return { type: "failed", class: kind, afterMs: null, reason };
}
