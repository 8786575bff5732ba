import { describe, expect, it } from "vitest";
import { cardOf, createBench, dataOf } from "./bench.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

async function withCard(card: object = cardOf("工单")) {
  const bench = createBench();
  const { call, simulator } = bench;
  const content = JSON.stringify(card);
  const sent = { receive_id: "oc_repair", msg_type: "interactive", content };
  const path = "/im/v1/messages?receive_id_type=chat_id";
  const message = String(dataOf(await call("POST", path, sent)).message_id);
  const patch = (next: object) =>
    call("PATCH", `/im/v1/messages/${message}`, { content: JSON.stringify(next) });
  const update = (token: unknown, next: unknown) =>
    call("POST", "/interactive/v1/card/update", { token, card: next });
  const shown = () => simulator.view().messages.find(({ id }) => id === message)?.body;
  const press = () => simulator.press({ person: "ou_li", message, button: "claim" });
  const lastToken = () => JSON.parse(bench.received.at(-1)?.body ?? "").event.token;
  return { ...bench, message, patch, update, shown, press, lastToken };
}

describe("PATCH of a card", () => {
  it("replaces what everybody sees", async () => {
    const { patch, shown } = await withCard();
    const next = cardOf("工单：处理中");
    dataOf(await patch(next));
    expect(shown()).toEqual({ type: "card", native: next, edition: 2 });
  });

  it("ends 14 days after the sending", async () => {
    const { patch, clock, shown } = await withCard();
    await clock.advance(14 * DAY);
    // The token of the bench is long expired: 99991663 comes before everything else.
    expect((await patch(cardOf("x"))).body.code).toBe(99991663);
    const fresh = await withCard();
    await fresh.clock.advance(14 * DAY + 1);
    const token = fresh.simulator.tokens.issue().token;
    const body = { content: JSON.stringify(cardOf("x")) };
    const late = await fresh.call("PATCH", `/im/v1/messages/${fresh.message}`, body, token);
    expect([late.status, late.body.code]).toEqual([400, 230031]);
    expect(shown()).toMatchObject({ edition: 1 });
  });

  it("works 5 times a second", async () => {
    const { patch, clock, shown } = await withCard();
    for (let turn = 0; turn < 5; turn += 1) dataOf(await patch(cardOf(`${turn}`)));
    expect((await patch(cardOf("6"))).body.code).toBe(230020);
    await clock.advance(1000);
    dataOf(await patch(cardOf("7")));
    expect(shown()).toMatchObject({ edition: 7 });
  });

  it("needs update_multi in both cards", async () => {
    const silent = { ...cardOf("t"), config: {} };
    const before = await withCard(silent);
    expect((await before.patch(cardOf("x"))).body.code).toBe(230001);
    const after = await withCard();
    expect((await after.patch(silent)).body.code).toBe(230001);
  });

  it("refuses bad cards, JSON 1.0 in place of 2.0, and messages that are no cards of ours", async () => {
    const { patch, call, simulator } = await withCard();
    expect((await patch({ ...cardOf("t"), extra: 1 })).body.code).toBe(230099);
    const old = await patch({ config: { update_multi: true }, elements: [] });
    expect(old.body).toMatchObject({ code: 230099, msg: expect.stringContaining("200830") });
    await simulator.say({ person: "ou_chen", chat: "oc_chen", text: "hi" });
    const theirs = simulator.view().messages.at(-1)?.id;
    const body = { content: JSON.stringify(cardOf("t")) };
    expect((await call("PATCH", `/im/v1/messages/${theirs}`, body)).body.code).toBe(230001);
  });

  it("is locked out while a click waits for its answer", async () => {
    const { patch, press, hub, shown, clock } = await withCard();
    let answer: (response: Response) => void = () => undefined;
    hub.answer = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const pressed = press();
    await clock.advance(1);
    const locked = await patch(cardOf("too early"));
    expect(locked.body).toMatchObject({ code: 230099, msg: expect.stringContaining("is lock") });
    answer(Response.json({}));
    await pressed;
    dataOf(await patch(cardOf("now")));
    expect(shown()).toMatchObject({ edition: 2 });
  });
});

describe("update by callback token", () => {
  it("works twice within 30 minutes of an answered click", async () => {
    const { press, update, lastToken, shown, clock } = await withCard();
    await press();
    const token = lastToken();
    expect((await update(token, cardOf("1"))).body).toEqual({ code: 0, msg: "ok" });
    await clock.advance(30 * MINUTE - 1);
    expect((await update(token, cardOf("2"))).body.code).toBe(0);
    expect((await update(token, cardOf("3"))).body.code).toBe(300040);
    expect(shown()).toMatchObject({ edition: 3 });
    await clock.advance(1);
    expect((await update(token, cardOf("4"))).body.code).toBe(300030);
  });

  it("does not work before the answer, nor after a failed one", async () => {
    const { press, update, hub, lastToken, clock } = await withCard();
    hub.answer = () => new Promise(() => undefined);
    const pressed = press();
    await clock.advance(1);
    expect((await update(lastToken(), cardOf("x"))).body.code).toBe(11310);
    await clock.advance(3000);
    await pressed;
    expect((await update(lastToken(), cardOf("x"))).body.code).toBe(300030);
  });

  it("says what is wrong with a token or a card, and does not count that as a use", async () => {
    const { press, update, lastToken } = await withCard();
    await press();
    expect((await update("x-1", cardOf("x"))).body.code).toBe(300020);
    expect((await update("c-unknown", cardOf("x"))).body.code).toBe(300030);
    expect((await update(lastToken(), "text")).body.code).toBe(10002);
    for (const bad of [
      { ...cardOf("x"), extra: 1 },
      { elements: [] },
      cardOf("x", [{ tag: "note" }]),
    ]) {
      expect((await update(lastToken(), bad)).body.code).toBe(11311);
    }
    const big = cardOf("t", [{ tag: "markdown", content: "字".repeat(10_240) }]);
    expect((await update(lastToken(), big)).body.code).toBe(100000);
    expect((await update(lastToken(), cardOf("good"))).body.code).toBe(0);
  });

  it("does not reach a recalled card", async () => {
    const { press, update, lastToken, call, message } = await withCard();
    await press();
    dataOf(await call("DELETE", `/im/v1/messages/${message}`));
    expect((await update(lastToken(), cardOf("x"))).body.code).toBe(200000);
  });
});
