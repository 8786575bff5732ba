import { asFields, type Fields, textOf } from "../fields.ts";
import { readCardParams, readPrivateParams } from "./card-params.ts";
import type { DingtalkCard } from "./cards.ts";
import { ApiRefusal } from "./refusal.ts";

/** A place that a card shall be delivered to. */
export type CardSpace = {
  readonly type: "IM_GROUP" | "IM_ROBOT" | "IM_SINGLE" | "ONE_BOX";
  readonly id: string;
};

const SPACE_TYPES = ["IM_GROUP", "IM_ROBOT", "IM_SINGLE", "ONE_BOX"] as const;
const OUT_TRACK_ID_CHARACTERS = 100;
const SPACE_ID_CHARACTERS = 1000;

/** The card of a createAndDeliver request, with the codes of the DingTalk docs page create-and-deliver-cards. */
export function readNewCard(body: Fields): Omit<DingtalkCard, "edition"> {
  const templateId = textOf(body, "cardTemplateId");
  if (templateId === "") {
    throw refuse("param.cardTemplateIdEmpty", "cardTemplateId is empty");
  }
  const params = readCardParams(body.cardData, "cardData");
  if (params === null) throw refuse("param.cardPublicDataEmpty", "cardData is missing");
  const userIdType = body.userIdType ?? 1;
  if (userIdType !== 1) {
    throw refuse(
      "param.invalid",
      "the simulator knows people by userId only: userIdType must be 1",
    );
  }
  return {
    outTrackId: readOutTrackId(body),
    templateId,
    ...readCallback(body),
    params,
    privateParams: readPrivateParams(body.privateData),
  };
}

/** Our own name of a card, 1 to 100 characters. */
export function readOutTrackId(body: Fields): string {
  const outTrackId = textOf(body, "outTrackId");
  if (outTrackId === "") throw refuse("param.outTrackIdEmpty", "outTrackId is empty");
  if (outTrackId.length > OUT_TRACK_ID_CHARACTERS) {
    throw refuse(
      "param.invalid",
      `outTrackId has ${outTrackId.length} characters, at most ${OUT_TRACK_ID_CHARACTERS} fit`,
    );
  }
  return outTrackId;
}

function readCallback(body: Fields): Pick<DingtalkCard, "callback" | "routeKey"> {
  const type = body.callbackType;
  const routeKey = textOf(body, "callbackRouteKey");
  if (type === undefined || type === null) return { callback: null, routeKey: "" };
  if (type === "STREAM") return { callback: "STREAM", routeKey: "" };
  if (type !== "HTTP") throw refuse("param.invalid", "callbackType must be STREAM or HTTP");
  if (routeKey === "") throw refuse("param.invalid", "callbackType HTTP needs a callbackRouteKey");
  return { callback: "HTTP", routeKey };
}

/** The spaces of a createAndDeliver request; each must come with its own space model and deliver model. */
export function readSpaces(body: Fields): readonly CardSpace[] {
  const spaces = parseSpaces(textOf(body, "openSpaceId"));
  for (const type of new Set(spaces.map((space) => space.type))) {
    if (type === "IM_GROUP") checkModels(body, "imGroup");
    if (type === "IM_ROBOT") checkModels(body, "imRobot");
  }
  return spaces;
}

function parseSpaces(openSpaceId: string): CardSpace[] {
  if (openSpaceId === "") throw refuse("param.openSpaceIdEmpty", "openSpaceId is empty");
  const list = /^dtv1\.card\/\/(.+)$/.exec(openSpaceId)?.[1];
  if (list === undefined || openSpaceId.length > SPACE_ID_CHARACTERS) throw badSpace();
  return list.split(";").map((space) => {
    const dot = space.indexOf(".");
    const type = SPACE_TYPES.find((known) => known === space.slice(0, dot).toUpperCase());
    const id = space.slice(dot + 1);
    if (type === undefined || id === "") throw badSpace();
    return { type, id };
  });
}

function badSpace(): ApiRefusal {
  return refuse(
    "param.openSpaceIdInvalid",
    `openSpaceId must be dtv1.card//TYPE.id;TYPE.id with the types ${SPACE_TYPES.join(", ")}`,
  );
}

function checkModels(body: Fields, space: "imGroup" | "imRobot"): void {
  const spaceModel = asFields(body[`${space}OpenSpaceModel`]);
  if (typeof spaceModel?.supportForward !== "boolean") {
    throw refuse(
      "param.openSpaceModelInvalid",
      `${space}OpenSpaceModel.supportForward must be true or false`,
    );
  }
  const deliverModel = asFields(body[`${space}OpenDeliverModel`]);
  if (deliverModel === null) {
    throw refuse("param.openDeliverModelEmpty", `${space}OpenDeliverModel is missing`);
  }
  const robotCode = textOf(deliverModel, "robotCode");
  const needed = space === "imGroup" ? robotCode : robotCode || textOf(deliverModel, "spaceType");
  if (needed === "") {
    throw refuse("param.openDeliverModelError", `${space}OpenDeliverModel needs a robotCode`);
  }
}

/** The robot that delivers into a kind of space; empty when the request leaves it out. */
export function deliveringRobot(body: Fields, type: CardSpace["type"]): string {
  const name = type === "IM_GROUP" ? "imGroupOpenDeliverModel" : "imRobotOpenDeliverModel";
  return textOf(asFields(body[name]), "robotCode");
}

function refuse(code: string, message: string): ApiRefusal {
  return new ApiRefusal(400, code, message);
}
