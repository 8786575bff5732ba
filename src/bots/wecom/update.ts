import type { Card } from "../../core/card.ts";
import type { SurfaceRef, UpdateToken } from "../../core/message.ts";
import type { ChannelDeps, Delivery } from "../../ports/channel.ts";
import type { Answered, WecomApi } from "./api.ts";
import type { WecomConfig } from "./config.ts";
import { failed } from "./failure.ts";
import { renderCard } from "./render.ts";

/** The response_code was used, or is unknown or too old. WeCom docs: 90313. */
const SPENT = new Set(["42022", "60140"]);

/**
 * Make `update`. It spends the newest response_code, because that one lives longest; one that turns out to be spent is
 * dropped and the next one tried. With none left the window is closed: send a new card.
 *
 * The card keeps its task_id. WeCom docs: 94888.
 */
export function createUpdate(config: WecomConfig, deps: ChannelDeps, api: WecomApi) {
  return async (surface: SurfaceRef, card: Card<string>): Promise<Delivery> => {
    const now = deps.clock.now();
    const tokens = surface.updateTokens.filter((token) => token.expiresAt > now);
    const fresh = renderCard(card, { cardUrl: config.card_url, remark: null });
    for (let token = tokens.pop(); token !== undefined; token = tokens.pop()) {
      const answer = await api.call("/cgi-bin/message/update_template_card", {
        userids: [surface.to.id],
        agentid: config.agent_id,
        response_code: token.value,
        template_card: fresh,
      });
      const isSpent = answer.type === "refused" && SPENT.has(answer.errcode);
      if (!isSpent) return updated(surface, answer, tokens);
    }
    return failed("window-closed", "no response_code is left for this card");
  };
}

function updated(
  surface: SurfaceRef,
  answer: Answered,
  updateTokens: readonly UpdateToken[],
): Delivery {
  if (answer.type === "unanswered") return { type: "unknown", reason: answer.reason };
  if (answer.type === "refused") return answer.failure;
  const { invaliduser } = answer.body;
  const missed = Array.isArray(invaliduser) && invaliduser.length > 0;
  if (missed) return failed("content", "the member is not among the card's receivers");
  return { type: "sent", remoteId: surface.remoteId, updateTokens };
}
