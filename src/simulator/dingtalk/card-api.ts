import { asFields, type Fields, textOf } from "../fields.ts";
import { readCardParams, readPrivateParams } from "./card-params.ts";
import {
  type CardSpace,
  deliveringRobot,
  readNewCard,
  readOutTrackId,
  readSpaces,
} from "./card-request.ts";
import type { CardParams } from "./cards.ts";
import type { DingtalkContext } from "./context.ts";
import { ApiRefusal } from "./refusal.ts";

/**
 * `POST /v1.0/card/instances/createAndDeliver`: make a card and show it in its spaces.
 *
 * HTTP 200 is not delivery: each space has its own result. The same outTrackId again is refused, which is what makes a
 * retry safe. DingTalk docs: create-and-deliver-cards.
 */
export function createAndDeliver(context: DingtalkContext, body: Fields): Response {
  const card = readNewCard(body);
  const spaces = readSpaces(body);
  const template = context.templates.get(card.templateId);
  if (template === undefined) {
    throw refuse("param.templateNotExist", "no template with this id was imported");
  }
  if (!template.published) throw refuse("param.templateUnpublished", "publish the template first");
  if (context.cards.find(card.outTrackId) !== null) {
    throw refuse("param.cardAlreadyExist", "there is a card with this outTrackId");
  }
  checkPeople(context, card.privateParams);
  context.cards.add(card);
  const { outTrackId } = card;
  const deliverResults = spaces.map((space) => ({
    spaceType: space.type,
    spaceId: space.id,
    ...deliver(context, outTrackId, space, deliveringRobot(body, space.type)),
  }));
  return Response.json({ success: true, result: { outTrackId, deliverResults } });
}

function deliver(context: DingtalkContext, outTrackId: string, space: CardSpace, robot: string) {
  if (robot !== "" && robot !== context.app.robotCode) {
    return { success: false, errorMsg: "robotCode is not of this app" };
  }
  const chat = chatOf(context, space);
  if (chat === null) return { success: false, errorMsg: `${space.type} has no such space` };
  return { success: true, carrierId: context.cards.deliver(outTrackId, chat) };
}

function chatOf(context: DingtalkContext, space: CardSpace): string | null {
  if (space.type === "IM_ROBOT") return context.world.directChat(space.id)?.id ?? null;
  if (space.type !== "IM_GROUP") return null;
  const chat = context.world.chat(space.id);
  return chat?.kind === "group" ? chat.id : null;
}

/**
 * `PUT /v1.0/card/instances`: other variables for a card, wherever it stands.
 *
 * Without `updateCardDataByKey` the new map replaces all variables. DingTalk docs: interactive-card-update-interface.
 */
export function updateCard(context: DingtalkContext, body: Fields): Response {
  const outTrackId = readOutTrackId(body);
  const params = readCardParams(body.cardData, "cardData");
  const privateParams = readPrivateParams(body.privateData);
  if (params === null && privateParams.size === 0) {
    throw refuse(
      "param.cardDataAndPrivateDataBothEmpty",
      "cardData and privateData are both missing",
    );
  }
  if (context.cards.find(outTrackId) === null) {
    throw refuse("param.cardNotExist", "there is no card with this outTrackId");
  }
  checkPeople(context, privateParams);
  const options = asFields(body.cardUpdateOptions);
  context.cards.change(outTrackId, {
    params,
    privateParams,
    paramsByKey: options?.updateCardDataByKey === true,
    privateByKey: options?.updatePrivateDataByKey === true,
  });
  return Response.json({ success: true, result: true });
}

/**
 * `POST /v1.0/card/callbacks/register`: where the clicks of cards with this route key go.
 *
 * A key that is taken answers what is registered, unless `forceUpdate` replaces it. DingTalk docs:
 * register-card-callback-address, event-callback-card.
 */
export function registerCallback(context: DingtalkContext, body: Fields): Response {
  const routeKey = textOf(body, "callbackRouteKey");
  const callbackUrl = textOf(body, "callbackUrl");
  if (routeKey === "") throw refuse("param.callbackRouteKeyEmpty", "callbackRouteKey is empty");
  if (!/^https?:\/\//.test(callbackUrl)) {
    throw refuse("param.callbackUrlEmpty", "callbackUrl must be an http or https URL");
  }
  const known = context.callbacks.get(routeKey);
  const registered =
    known === undefined || body.forceUpdate === true
      ? { callbackUrl, apiSecret: textOf(body, "apiSecret") }
      : known;
  context.callbacks.set(routeKey, registered);
  return Response.json({ success: true, result: registered });
}

function checkPeople(context: DingtalkContext, people: ReadonlyMap<string, CardParams>): void {
  for (const person of people.keys()) {
    if (context.world.person(person) === null) {
      throw refuse("param.userIdNotExist", "privateData names somebody who does not exist");
    }
  }
}

function refuse(code: string, message: string): ApiRefusal {
  return new ApiRefusal(400, code, message);
}
