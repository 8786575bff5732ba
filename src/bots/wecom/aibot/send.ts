import type { Outbound } from "../../../core/message.ts";
import type { Delivery } from "../../../ports/channel.ts";
import { cardOf } from "./card.ts";
import type { AibotSocketConfig } from "./config.ts";
import { textMarkdown } from "./markdown.ts";
import type { Said, Saying } from "./saying.ts";

/** Make `send` over the long connection. WeCom docs: 101463. */
export function createSend(config: AibotSocketConfig, say: Saying) {
  return (message: Outbound<string>): Promise<Delivery> => say(message, saidOf(config, message));
}

/** A text is replied as a stream of one frame, because a message can be replied to by a stream and by no plain text. */
function saidOf(config: AibotSocketConfig, { id, to, content }: Outbound<string>): Said {
  if (content.type === "card") {
    const body = { msgtype: "template_card", template_card: cardOf(config, id, content.card) };
    return { asReply: body, asPush: body, isCard: true };
  }
  const words = textMarkdown(content, to);
  return {
    asReply: { msgtype: "stream", stream: { id, finish: true, content: words } },
    asPush: { msgtype: "markdown", markdown: { content: words } },
    isCard: false,
  };
}
