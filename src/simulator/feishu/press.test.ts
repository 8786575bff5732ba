import { describe, expect, it } from "vitest";
import { buttonOf, cardOf, createBench, dataOf } from "./bench.ts";

const DAY = 86_400_000;
const label = (content: string) => ({ tag: "plain_text", content });
const form = {
  tag: "form",
  name: "f",
  elements: [
    { tag: "input", name: "note", required: true, max_length: 10 },
    {
      tag: "select_static",
      name: "team",
      options: [{ text: label("冷链"), value: "cold" }],
    },
    {
      tag: "column_set",
      columns: [
        {
          tag: "column",
          elements: [buttonOf("resolve", { name: "ok", form_action_type: "submit" })],
        },
      ],
    },
  ],
};

async function withCard(card: object = cardOf("工单"), overrides = {}) {
  const bench = createBench(overrides);
  const sent = dataOf(
    await bench.call("POST", "/im/v1/messages?receive_id_type=chat_id", {
      receive_id: "oc_repair",
      msg_type: "interactive",
      content: JSON.stringify(card),
    }),
  );
  const message = String(sent.message_id);
  const press = (button = "claim", values?: Record<string, string>, person = "ou_li") =>
    bench.simulator.press({ person, message, button, ...(values === undefined ? {} : { values }) });
  const shown = () => bench.simulator.view().messages.find(({ id }) => id === message)?.body;
  return { ...bench, message, press, shown };
}

describe("pressing a button", () => {
  it("sends card.action.trigger and shows the toast and the new card", async () => {
    const { press, hub, received, message, shown, clock, app } = await withCard();
    const next = cardOf("工单：已接单", []);
    hub.answer = async () =>
      Response.json({
        toast: { type: "success", content: "已接单" },
        card: { type: "raw", data: next },
      });
    expect(await press()).toEqual({ toast: { tone: "success", text: "已接单" }, error: null });
    expect(shown()).toEqual({ type: "card", native: next, edition: 2 });
    const { header, event } = JSON.parse(received[0]?.body ?? "");
    expect(header).toMatchObject({
      event_type: "card.action.trigger",
      token: app.verificationToken,
      create_time: `${clock.now()}000`,
    });
    expect(event).toMatchObject({
      operator: { open_id: "ou_li", union_id: "on_li", user_id: "li" },
      token: expect.stringMatching(/^c-/),
      action: { tag: "button", value: { action: "claim" } },
      context: { open_message_id: message, open_chat_id: "oc_repair" },
      host: "im_message",
    });
    expect(event.action).not.toHaveProperty("form_value");
  });

  it("leaves the card as it is when the answer says nothing", async () => {
    const { press, shown } = await withCard();
    expect(await press()).toEqual({ toast: null, error: null });
    expect(shown()).toMatchObject({ edition: 1 });
  });

  it("finds a button by its action or by its whole value in any order of keys", async () => {
    const value = { a: 1, b: { c: 2, d: 3 } };
    const behaviors = [{ type: "callback", value }];
    const { press, received } = await withCard(cardOf("t", [buttonOf("x", { behaviors })]));
    await press(JSON.stringify({ b: { d: 3, c: 2 }, a: 1 }));
    expect(JSON.parse(received[0]?.body ?? "").event.action.value).toEqual(value);
    await expect(press("x")).rejects.toThrow("no button x");
  });

  it("finds the buttons of a JSON 1.0 card", async () => {
    const old = {
      config: { update_multi: true },
      elements: [{ tag: "action", actions: [{ tag: "button", value: { action: "claim" } }] }],
    };
    const { press, received } = await withCard(old);
    await press();
    expect(JSON.parse(received[0]?.body ?? "").event.action.value).toEqual({ action: "claim" });
  });

  it("sends what was filled in on the form", async () => {
    const { press, received } = await withCard(cardOf("t", [form]));
    await press("resolve", { note: "换了压缩机", team: "cold" });
    expect(JSON.parse(received[0]?.body ?? "").event.action).toMatchObject({
      name: "ok",
      value: { action: "resolve" },
      form_value: { note: "换了压缩机", team: "cold" },
    });
  });

  it("holds an incomplete form back without asking the hub", async () => {
    const { press, received } = await withCard(cardOf("t", [form]));
    expect((await press("resolve", { team: "cold" })).error).toEqual({
      code: "required",
      text: "请填写必填项：note",
    });
    expect(received).toEqual([]);
  });

  it.each([
    [
      "a field that is not there",
      { note: "x", colour: "red" },
      "no field colour; it has note, team",
    ],
    ["an option that is not there", { note: "x", team: "hot" }, "no option hot; it has cold"],
    ["more than a field takes", { note: "x".repeat(11) }, "at most 10 characters"],
  ])("cannot fill in %s", async (_what, values, words) => {
    const { press } = await withCard(cardOf("t", [form]));
    await expect(press("resolve", values)).rejects.toThrow(words);
  });

  it("is not for people outside the chat, disabled buttons or missing cards", async () => {
    const { press, simulator } = await withCard(
      cardOf("t", [buttonOf("claim", { disabled: true })]),
    );
    await expect(press()).rejects.toThrow("disabled");
    await expect(press("claim", {}, "ou_x")).rejects.toThrow("not in the chat");
    const missing = { person: "ou_li", message: "om_x", button: "claim" };
    await expect(simulator.press(missing)).rejects.toThrow("no card om_x");
  });

  it("ends 14 days after the card was sent", async () => {
    const { press, clock, received } = await withCard();
    await clock.advance(14 * DAY + 1);
    expect((await press()).error).not.toBeNull();
    expect(received).toEqual([]);
  });
});

describe("an answer that fails the click", () => {
  const bad = { ...cardOf("t"), colour: "red" };
  const raw = (data: unknown) => ({ card: { type: "raw", data } });
  it.each([
    ["another HTTP status", () => Response.json({}, { status: 500 }), "200671"],
    ["a redirect", () => Response.redirect("http://hub.test/", 302), "200671"],
    ["an empty body", () => new Response(""), "200672"],
    ["a body that is no object", () => Response.json([]), "200672"],
    [
      "a toast of no tone",
      () => Response.json({ toast: { type: "loud", content: "x" } }),
      "200672",
    ],
    ["a toast without words", () => Response.json({ toast: { type: "info" } }), "200672"],
    ["a card as a string", () => Response.json(raw(JSON.stringify(cardOf("t")))), "200673"],
    ["a card of no type", () => Response.json({ card: cardOf("t") }), "200673"],
    ["a bad card", () => Response.json(raw(bad)), "200673"],
    ["a JSON 1.0 card for a 2.0 one", () => Response.json(raw({ elements: [] })), "200830"],
  ])("is %s", async (_what, answer, code) => {
    const { press, hub, shown } = await withCard();
    hub.answer = async () => answer();
    const result = await press();
    expect(result.error?.code).toBe(code);
    expect(result.toast).toBeNull();
    expect(shown()).toMatchObject({ edition: 1 });
  });

  it("is none within 3 s, and it is not asked again", async () => {
    const { press, hub, clock, received } = await withCard();
    hub.answer = () => new Promise(() => undefined);
    const pressed = press();
    await clock.advance(3000);
    expect((await pressed).error?.code).toBe("200341");
    await clock.advance(DAY);
    expect(received).toHaveLength(1);
  });

  it("is a connection that fails, or an address that was never set", async () => {
    const broken = await withCard();
    broken.hub.answer = () => Promise.reject(new TypeError("refused"));
    expect((await broken.press()).error?.code).toBe("200342");
    const unset = await withCard(cardOf("t"), { callbacksUrl: null });
    expect((await unset.press()).error?.code).toBe("200340");
  });
});
