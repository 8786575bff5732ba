import { describe, expect, it } from "vitest";
import { app, card, GROUP, givenCard, native, ok, SUBMIT } from "./bench.ts";

describe("a card", () => {
  const create = "/v1.0/card/instances/createAndDeliver";

  it("is shown where it was delivered, once for each outTrackId", async () => {
    const { call, token, messages } = await givenCard(ok);
    expect(messages()[0]).toMatchObject({
      chat: GROUP,
      from: "bot",
      body: { type: "card", edition: 1 },
    });
    expect(native(messages()[0])).toEqual({
      templateId: "t.schema",
      outTrackId: "track-1",
      cardParamMap: card.cardData.cardParamMap,
    });
    const again = await call("POST", create, card, token);
    expect(again).toMatchObject({ status: 400, body: { code: "param.cardAlreadyExist" } });
    expect(messages()).toHaveLength(1);
  });

  it("says for each space whether it was delivered, with HTTP 200", async () => {
    const { call, token } = await givenCard(ok);
    const mixed = {
      ...card,
      outTrackId: "track-2",
      openSpaceId: "dtv1.card//im_robot.0123;IM_GROUP.cidGone",
      imRobotOpenSpaceModel: { supportForward: false },
      imRobotOpenDeliverModel: { spaceType: "IM_ROBOT", robotCode: app.robotCode },
    };
    const answer = await call("POST", create, mixed, token);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        result: {
          deliverResults: [
            { spaceType: "IM_ROBOT", success: true },
            { spaceType: "IM_GROUP", success: false },
          ],
        },
      },
    });
  });

  it.each([
    ["no template", { cardTemplateId: "" }, "param.cardTemplateIdEmpty"],
    ["a template that was not imported", { cardTemplateId: "x" }, "param.templateNotExist"],
    ["a template that was not published", { cardTemplateId: "draft" }, "param.templateUnpublished"],
    ["no outTrackId", { outTrackId: "" }, "param.outTrackIdEmpty"],
    ["an outTrackId of 101 characters", { outTrackId: "x".repeat(101) }, "param.invalid"],
    ["no data", { cardData: undefined }, "param.cardPublicDataEmpty"],
    ["a number as a variable", { cardData: { cardParamMap: { n: 1 } } }, "param.invalid"],
    [
      "a variable of 1025 bytes",
      { cardData: { cardParamMap: { n: `${"中".repeat(341)}ab` } } },
      "param.invalid",
    ],
    [
      "a key of 101 bytes",
      { cardData: { cardParamMap: { ["k".repeat(101)]: "" } } },
      "param.invalid",
    ],
    ["no space", { openSpaceId: "" }, "param.openSpaceIdEmpty"],
    ["a space of another form", { openSpaceId: GROUP }, "param.openSpaceIdInvalid"],
    ["no supportForward", { imGroupOpenSpaceModel: {} }, "param.openSpaceModelInvalid"],
    ["no deliver model", { imGroupOpenDeliverModel: undefined }, "param.openDeliverModelEmpty"],
    ["no robot", { imGroupOpenDeliverModel: {} }, "param.openDeliverModelError"],
    ["HTTP callbacks without a route", { callbackRouteKey: "" }, "param.invalid"],
    [
      "private data of a stranger",
      { privateData: { x: { cardParamMap: {} } } },
      "param.userIdNotExist",
    ],
  ])("is refused with %s", async (_, change, code) => {
    const { call, token, simulator, messages } = await givenCard(ok);
    simulator.importTemplate("draft", {}, { published: false });
    const answer = await call("POST", create, { ...card, outTrackId: "track-2", ...change }, token);
    expect(answer).toMatchObject({ status: 400, body: { code } });
    expect(messages()).toHaveLength(1);
  });

  it("takes a variable of exactly 1 KB", async () => {
    const { call, token } = await givenCard(ok);
    const full = {
      ...card,
      outTrackId: "track-2",
      cardData: { cardParamMap: { n: "x".repeat(1024) } },
    };
    expect((await call("POST", create, full, token)).status).toBe(200);
  });

  it("loses the variables that an update leaves out, unless it updates by key", async () => {
    const { call, token, messages } = await givenCard(ok);
    const update = { outTrackId: "track-1", cardData: { cardParamMap: { title: "已接单" } } };
    const byKey = { ...update, cardUpdateOptions: { updateCardDataByKey: true } };
    expect((await call("PUT", "/v1.0/card/instances", byKey, token)).body).toEqual({
      success: true,
      result: true,
    });
    expect(native(messages()[0]).cardParamMap).toMatchObject({
      title: "已接单",
      form_action: SUBMIT,
    });
    await call("PUT", "/v1.0/card/instances", update, token);
    expect(native(messages()[0]).cardParamMap).toEqual({ title: "已接单" });
    expect(messages()[0]?.body).toMatchObject({ edition: 3 });
  });

  it("cannot be updated when it does not exist or with nothing", async () => {
    const { call, token } = await givenCard(ok);
    const gone = { outTrackId: "gone", cardData: { cardParamMap: {} } };
    expect((await call("PUT", "/v1.0/card/instances", gone, token)).body.code).toBe(
      "param.cardNotExist",
    );
    const nothing = await call("PUT", "/v1.0/card/instances", { outTrackId: "track-1" }, token);
    expect(nothing.body.code).toBe("param.cardDataAndPrivateDataBothEmpty");
  });

  it("keeps the registered callback unless it is forced to another", async () => {
    const { call, token } = await givenCard(ok);
    const other = { callbackRouteKey: "loop", callbackUrl: "https://other.test/", apiSecret: "s" };
    const path = "/v1.0/card/callbacks/register";
    const kept = await call("POST", path, other, token);
    expect(kept.body.result).toEqual({
      callbackUrl: "https://hub.test/hooks/dingtalk/a/card",
      apiSecret: "api-secret",
    });
    const forced = await call("POST", path, { ...other, forceUpdate: true }, token);
    expect(forced.body.result).toEqual({ callbackUrl: "https://other.test/", apiSecret: "s" });
  });
});
