import type { Card } from "../../core/card.ts";
import type { Destination, Outbound, SurfaceRef } from "../../core/message.ts";
import type { Delivery } from "../../ports/channel.ts";
import type { Answered, DingtalkApi } from "./api.ts";
import { type DingtalkConfig, robotCode } from "./config.ts";
import { codeOf, failed } from "./failure.ts";
import { fieldsOf, listOf } from "./fields.ts";
import { renderCard } from "./render.ts";

/**
 * Show a card. Our message id is its `outTrackId`, which DingTalk accepts once: the same message again shows nothing new.
 *
 * DingTalk docs: create-and-deliver-cards, open-interface-card-delivery-instance.
 */
export async function deliverCard(
  config: DingtalkConfig,
  api: DingtalkApi,
  message: Outbound<string>,
  card: Card<string>,
): Promise<Delivery> {
  if (config.card_template_id === undefined) {
    return failed("config", "card_template_id is not configured");
  }
  const answer = await api.call("POST", "/v1.0/card/instances/createAndDeliver", {
    cardTemplateId: config.card_template_id,
    outTrackId: message.id,
    ...(config.transport === "stream"
      ? { callbackType: "STREAM" }
      : { callbackType: "HTTP", callbackRouteKey: config.card_route_key }),
    userIdType: 1,
    cardData: { cardParamMap: renderCard(card, null) },
    ...space(message.to, robotCode(config)),
  });
  if (answer.type === "refused" && codeOf(answer.body) === "param.cardAlreadyExist") {
    return sent(message.id);
  }
  return answer.type === "answer"
    ? delivered(answer.body.result, message.id)
    : withoutAnswer(answer);
}

/**
 * Give a card other variables, wherever it stands; at any time and any number of times.
 *
 * DingTalk docs: interactive-card-update-interface.
 */
export async function updateCard(
  api: DingtalkApi,
  surface: SurfaceRef,
  card: Card<string>,
): Promise<Delivery> {
  const answer = await api.call("PUT", "/v1.0/card/instances", {
    outTrackId: surface.remoteId,
    cardData: { cardParamMap: renderCard(card, surface.version) },
    cardUpdateOptions: { updateCardDataByKey: true },
    userIdType: 1,
  });
  if (answer.type !== "answer") return withoutAnswer(answer);
  return answer.body.success === true
    ? sent(surface.remoteId)
    : failed("transient", "an answer without success");
}

function space(to: Destination, robot: string) {
  const model = { supportForward: false };
  if (to.kind === "chat") {
    return {
      openSpaceId: `dtv1.card//IM_GROUP.${to.id}`,
      imGroupOpenSpaceModel: model,
      imGroupOpenDeliverModel: { robotCode: robot },
    };
  }
  return {
    openSpaceId: `dtv1.card//IM_ROBOT.${to.id}`,
    imRobotOpenSpaceModel: model,
    imRobotOpenDeliverModel: { spaceType: "IM_ROBOT", robotCode: robot },
  };
}

/**
 * HTTP 200 is not delivery: each space has its own result.
 *
 * A space that refused the card is final. To try again would only meet `param.cardAlreadyExist`, because the card
 * itself was made, and that must not be taken for success.
 */
function delivered(result: unknown, id: string): Delivery {
  const results = listOf(fieldsOf(result).deliverResults).map(fieldsOf);
  if (results.length === 0) return failed("transient", "an answer without deliverResults");
  const refused = results.some((space) => space.success !== true);
  return refused ? failed("content", "the card was made, and its space refused it") : sent(id);
}

/** Cards may be sent and updated again without harm, so no answer is only a reason to do that. */
function withoutAnswer(answer: Exclude<Answered, { readonly type: "answer" }>): Delivery {
  return answer.type === "refused" ? answer.failure : failed("transient", answer.reason);
}

function sent(remoteId: string): Delivery {
  return { type: "sent", remoteId, updateTokens: [] };
}
