import type { Outbound } from "../../../core/message.ts";
import type { ChannelDeps, Delivery } from "../../../ports/channel.ts";
import { callVendor, type VendorAnswer } from "../../../wire/vendor-call.ts";
import { failed } from "../failure.ts";
import { cardOf } from "./card.ts";
import type { AibotWebhookConfig } from "./config.ts";
import { aibotFailure, isCardKnown, isReplyClosed } from "./failure.ts";
import { textOf } from "./fields.ts";
import { textMarkdown } from "./markdown.ts";
import { isUrl } from "./reply-handle.ts";

/**
 * Make `send` of webhook mode: one message to the response_url of what it answers, within an hour. There is no other way
 * to write to anybody. WeCom docs: 101138.
 */
export function createRespond(config: AibotWebhookConfig, deps: ChannelDeps) {
  return async (message: Outbound<string>): Promise<Delivery> => {
    const handle = message.inReplyTo?.handle ?? null;
    if (handle === null || !isUrl(handle)) {
      return failed("window-closed", "in webhook mode a bot only answers");
    }
    if (handle.expiresAt <= deps.clock.now()) {
      return failed("window-closed", "the response_url is older than an hour");
    }
    const json = bodyOf(config, message);
    return delivered(
      message,
      await callVendor(deps.fetch, { method: "POST", url: handle.value, json }),
    );
  };
}

function delivered({ id, content }: Outbound<string>, answer: VendorAnswer): Delivery {
  if (answer.type === "unreached") return failed("transient", answer.reason);
  if (answer.type === "unanswered") return { type: "unknown", reason: answer.reason };
  const errcode = textOf(answer.body.errcode);
  if (errcode === null) return withoutErrcode(answer.status);
  const isShown = errcode === "0" || (content.type === "card" && isCardKnown(errcode));
  if (isShown) return { type: "sent", remoteId: id, updateTokens: [] };
  if (isReplyClosed(errcode) || CODE_REFUSED.has(errcode)) {
    return failed("window-closed", `wecom ${errcode}: the response_url is used up`);
  }
  return aibotFailure(errcode);
}

/** The response_code of the address was used or is unknown. WeCom docs: 90313. */
const CODE_REFUSED = new Set(["42022", "60140"]);

function withoutErrcode(status: number): Delivery {
  if (status >= 500) return failed("transient", `HTTP ${status}`);
  if (status >= 400) return failed("window-closed", `HTTP ${status}`);
  return { type: "unknown", reason: `HTTP ${status} without errcode` };
}

function bodyOf(config: AibotWebhookConfig, { id, to, content }: Outbound<string>) {
  if (content.type === "text") {
    return { msgtype: "markdown", markdown: { content: textMarkdown(content, to) } };
  }
  return { msgtype: "template_card", template_card: cardOf(config, id, content.card) };
}
