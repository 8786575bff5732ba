import { describe, expect, it } from "vitest";
import { dingtalkCardSign } from "../../wire/dingtalk-sign.ts";
import { ACTION, ASKS_FIRST, givenCard, native, ok, SUBMIT } from "./bench.ts";

describe("a press", () => {
  it("sends the button's action, signed, to the registered URL", async () => {
    const { simulator, message, pushed } = await givenCard(() => Response.json({}));
    const result = await simulator.press({ person: "0123", message, button: ACTION });
    expect(result).toEqual({ toast: null, error: null });
    const push = pushed[0];
    expect(push?.url.href).toBe("https://hub.test/hooks/dingtalk/a/card");
    const timestamp = push?.headers.get("x-ddpaas-signature-timestamp") ?? "";
    expect(push?.headers.get("x-ddpaas-signature")).toBe(
      await dingtalkCardSign("api-secret", timestamp),
    );
    const { content, ...rest } = push?.json ?? {};
    expect(rest).toEqual({
      type: "actionCallback",
      outTrackId: "track-1",
      corpId: "ding1",
      userId: "0123",
    });
    expect(JSON.parse(String(content))).toEqual({
      cardPrivateData: { actionIds: ["act"], params: { action: ACTION } },
    });
  });

  it("is not signed when no secret was registered", async () => {
    const { simulator, message, pushed } = await givenCard(ok, "");
    await simulator.press({ person: "0123", message, button: ACTION });
    expect(pushed[0]?.headers.get("x-ddpaas-signature")).toBeNull();
  });

  it("sends what was filled in, a choice with its place in the list", async () => {
    const { simulator, message, pushed } = await givenCard(ok);
    await simulator.press({
      person: "0123",
      message,
      button: SUBMIT,
      values: { team: "cold", note: "急" },
    });
    expect(JSON.parse(String(pushed[0]?.json.content))).toEqual({
      cardPrivateData: {
        actionIds: ["act"],
        params: { action: SUBMIT, form: { team: { index: 1, value: "cold" }, note: "急" } },
      },
    });
  });

  it("is not possible when the card has no such button, or the form is not filled in", async () => {
    const { simulator, message, pushed } = await givenCard(ok);
    const press = (button: string, values = {}) =>
      simulator.press({ person: "0123", message, button, values });
    await expect(press("close|3|ticket:abc")).rejects.toThrow("stands on this card now");
    await expect(press(SUBMIT)).rejects.toThrow("team must be filled in");
    await expect(press(SUBMIT, { team: "x" })).rejects.toThrow("only the options net,cold");
    await expect(press(SUBMIT, { team: "net", x: "" })).rejects.toThrow("no field x");
    await expect(simulator.press({ person: "0456", message, button: ACTION })).rejects.toThrow(
      "not in the chat",
    );
    expect(pushed).toEqual([]);
  });

  it("changes the card as the answer says, and its private part for the clicker alone", async () => {
    const { simulator, message, messages } = await givenCard(() =>
      Response.json({
        cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
        cardData: { cardParamMap: { title: "已接单" } },
        userPrivateData: { cardParamMap: { buttons: "[]" } },
      }),
    );
    await simulator.press({ person: "0123", message, button: ACTION });
    expect(native(messages()[0])).toMatchObject({
      cardParamMap: { title: "已接单", form_action: SUBMIT },
      privateData: { "0123": { buttons: "[]" } },
    });
    const again = simulator.press({ person: "0123", message, button: ACTION });
    await expect(again).rejects.toThrow("stands on this card now");
  });

  it.each([
    ["a button", ACTION, {}, { tone: "warning", text: "已被李四接单" }],
    ["a form", SUBMIT, { team: "net" }, { tone: "warning", text: "已被李四接单" }],
    ["a button that asks first, which has no event chain", ASKS_FIRST, {}, null],
  ])("keeps what the answer tells the clicker, and shows its toast for %s", async (...press) => {
    const [, button, values, toast] = press;
    const told = { toast: "已被李四接单", toast_tone: "warning", toast_version: "3" };
    const { simulator, message, messages } = await givenCard(() =>
      Response.json({ userPrivateData: { cardParamMap: told } }),
    );
    const result = await simulator.press({ person: "0123", message, button, values });
    expect(result).toEqual({ toast, error: null });
    expect(native(messages()[0])).toMatchObject({ privateData: { "0123": told } });
  });

  it("shows an error after 2 s without an answer, and is not sent again", async () => {
    const { simulator, message, pushed, clock } = await givenCard(() => new Promise(() => {}));
    const pressing = simulator.press({ person: "0123", message, button: ACTION });
    await clock.advance(2000);
    expect((await pressing).error?.code).toBe("timeout");
    await clock.advance(3_600_000);
    expect(pushed).toHaveLength(1);
  });

  it("shows an error when the answer is none that DingTalk can use", async () => {
    const answers = [
      new Response("no", { status: 500 }),
      new Response("success"),
      Response.json({ cardData: { cardParamMap: { n: 1 } } }),
    ];
    const { simulator, message, messages } = await givenCard(
      (_, count) => answers[count - 1] ?? ok(),
    );
    const codes: (string | undefined)[] = [];
    for (const _ of answers) {
      codes.push((await simulator.press({ person: "0123", message, button: ACTION })).error?.code);
    }
    expect(codes).toEqual(["http.500", "reply.invalid", "param.invalid"]);
    expect(messages()[0]?.body).toMatchObject({ edition: 1 });
  });
});
