import { describe, expect, it } from "vitest";
import { ACTION, card, GROUP, native } from "./bench.ts";
import { type Frame, givenStream, ROBOT, takes } from "./stream-bench.ts";

const said = { person: "0123", chat: "cid-0123", text: "在吗" };
const topics = (frames: readonly Frame[]) => frames.map(({ headers }) => headers.topic);
const dataOf = (frame: Frame | undefined) => JSON.parse(frame?.data ?? "") as Record<string, never>;

describe("a robot message over Stream", () => {
  it("carries what it does over HTTP, without a signature", async () => {
    const { connect, simulator, pushed } = givenStream();
    const client = await connect();
    const mention = { person: "0123", chat: GROUP, text: "冰柜坏了", mention: true };
    expect(await simulator.say(mention)).toEqual({ delivered: true, status: 200, attempts: 1 });
    expect(dataOf(client.frames[0])).toMatchObject({
      conversationId: GROUP,
      senderStaffId: "0123",
      text: { content: " 冰柜坏了" },
    });
    expect(pushed).toEqual([]);
    await simulator.stop();
  });

  it("comes again a minute later in a new frame with the same msgId, until it is taken", async () => {
    const { connect, simulator, clock } = givenStream();
    let deaf = 2;
    const client = await connect((frame) => {
      if (frame.headers.topic !== ROBOT.topic || deaf-- <= 0) return takes(frame);
      return deaf === 1 ? null : { code: 500, data: { response: null } };
    });
    const saying = simulator.say(said);
    await clock.advance(59_999);
    expect(await saying).toEqual({ delivered: false, status: null, attempts: 1 });
    const robots = () => client.frames.filter(({ headers }) => headers.topic === ROBOT.topic);
    expect(robots()).toHaveLength(1);
    await clock.advance(1);
    expect(robots()).toHaveLength(2);
    await clock.advance(240_000);
    expect(robots()).toHaveLength(3);
    const [first, second] = robots();
    expect(dataOf(second)).toEqual(dataOf(first));
    expect(second?.headers.messageId).not.toBe(first?.headers.messageId);
    await simulator.stop();
  });

  it("comes again when its connection was cut before the answer, over the next one", async () => {
    const { connect, simulator, clock } = givenStream();
    await connect(() => null);
    const saying = simulator.say(said);
    await clock.advance(0);
    simulator.streams.cut();
    expect(await saying).toMatchObject({ delivered: false });
    const next = await connect();
    await clock.advance(60_000);
    expect(topics(next.frames)).toContain(ROBOT.topic);
    await simulator.stop();
  });

  it("is lost for good while every connection is on its way out, unless that is switched off", async () => {
    for (const lostInGap of [true, false]) {
      const { connect, simulator, clock } = givenStream({ lostInGap });
      await connect();
      simulator.streams.retire();
      expect(await simulator.say(said)).toMatchObject({ delivered: false });
      const next = await connect();
      await clock.advance(240_000);
      expect(topics(next.frames).includes(ROBOT.topic)).toBe(!lostInGap);
      await simulator.stop();
    }
  });

  it("comes without its words once the API quota is used up", async () => {
    const { connect, simulator } = givenStream();
    const client = await connect();
    simulator.useUpQuota();
    await simulator.say(said);
    const data = dataOf(client.frames[0]);
    expect(data).toMatchObject({ errCode: 20001, senderStaffId: "0123" });
    expect(data).not.toHaveProperty("text");
    await simulator.stop();
  });
});

describe("an event over Stream", () => {
  it.each([
    ["LATER", { code: 200, data: { status: "LATER" } }],
    ["nothing", null],
    ["an error", { code: 500, data: { status: "SUCCESS" } }],
  ])("comes again after %s, with its own id, until SUCCESS", async (_name, answer) => {
    const { connect, simulator, clock } = givenStream();
    let count = 0;
    const client = await connect((frame) => {
      if (frame.type !== "EVENT") return takes(frame);
      count += 1;
      return count === 1 ? answer : takes(frame);
    });
    const { done } = simulator.pushEvent("user_add_org", { userId: ["0456"] });
    await clock.advance(60_000);
    expect(await done).toEqual({ delivered: true, status: 200, attempts: 2 });
    const [first, second] = client.frames.filter(({ type }) => type === "EVENT");
    expect(first?.headers).toMatchObject({ eventType: "user_add_org", eventCorpId: "ding1" });
    expect(second?.headers.eventId).toBe(first?.headers.eventId);
    expect(dataOf(first)).toEqual({ userId: ["0456"] });
    await simulator.stop();
  });
});

describe("a press on a card with callbackType STREAM", () => {
  async function givenCard(answer = takes) {
    const kit = givenStream();
    kit.simulator.importTemplate("t.schema", {});
    const { callbackRouteKey: _, ...rest } = card;
    const made = { ...rest, callbackType: "STREAM" };
    await kit.call("POST", "/v1.0/card/instances/createAndDeliver", made, await kit.login());
    const press = { person: "0123", message: kit.messages()[0]?.id ?? "", button: ACTION };
    return { ...kit, client: await kit.connect(answer), press };
  }

  it("goes over a connection and changes nothing when nothing is answered", async () => {
    const { client, simulator, press, messages } = await givenCard();
    expect(await simulator.press(press)).toEqual({ toast: null, error: null });
    const { content, value, ...rest } = dataOf(client.frames[0]);
    expect(rest).toEqual({
      type: "actionCallback",
      outTrackId: "track-1",
      corpId: "ding1",
      userId: "0123",
      userIdType: 1,
      spaceType: "IM_GROUP",
      spaceId: GROUP,
      extension: "{}",
    });
    expect(value).toBe(content);
    expect(JSON.parse(content ?? "").cardPrivateData.params.action).toBe(ACTION);
    expect(messages()[0]?.body).toMatchObject({ edition: 1 });
    await simulator.stop();
  });

  it("changes the card as the answer says, and its private part for the clicker alone", async () => {
    const response = {
      cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
      cardData: { cardParamMap: { title: "已接单" } },
      userPrivateData: { cardParamMap: { toast: "好的", toast_tone: "success" } },
    };
    const { simulator, press, messages } = await givenCard(() => ({
      code: 200,
      data: { response },
    }));
    const toast = { tone: "success", text: "好的" };
    expect(await simulator.press({ ...press, button: ACTION })).toEqual({ toast, error: null });
    expect(native(messages()[0])).toMatchObject({
      cardParamMap: { title: "已接单" },
      privateData: { "0123": { toast: "好的" } },
    });
    await simulator.stop();
  });

  it.each([
    ["no answer within 2 s", () => null, "timeout"],
    ["a code of failure", () => ({ code: 404, data: {} }), "http.404"],
    ["data that is no JSON", () => ({ code: 200, data: "no" }), "reply.invalid"],
    ["an answer that is no object", () => ({ code: 200, data: { response: 5 } }), "reply.invalid"],
  ])("shows an error after %s, and is not sent again", async (_name, answer, code) => {
    const { client, simulator, press, clock } = await givenCard(answer);
    const pressing = simulator.press(press);
    await clock.advance(2_000);
    expect((await pressing).error?.code).toBe(code);
    await clock.advance(120_000);
    expect(client.frames.filter(({ type }) => type === "CALLBACK")).toHaveLength(1);
    await simulator.stop();
  });

  it("shows an error when no connection stands", async () => {
    const { simulator, press } = await givenCard();
    simulator.streams.cut();
    expect((await simulator.press(press)).error?.code).toBe("network");
    await simulator.stop();
  });
});
