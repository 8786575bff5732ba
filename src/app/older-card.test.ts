import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aClick, buttonOf } from "../../test/support/fake-channel.ts";
import { createStage, type Stage, withTicket } from "../../test/support/stage.ts";

let stage: Stage;
beforeEach(() => {
  stage = createStage();
});
afterEach(() => stage.close());

describe("a click on an older card of a copy", () => {
  const CLOSED = {
    type: "failed",
    class: "window-closed",
    afterMs: null,
    reason: "too old",
  } as const;

  /** The member's first card, in whose place a second one was sent when li took the ticket. */
  async function replaced() {
    const { team, member: old } = await withTicket(stage);
    const update = stage.b.update;
    stage.b.update = async () => CLOSED;
    await stage.press("a-li", team, "接单");
    stage.b.update = update;
    const [, newest = ""] = stage.cardsTo("b-wang");
    return { team, old, newest };
  }

  it("is answered with the present card, and what is known of the newest one stays", async () => {
    const { team, old, newest } = await replaced();
    await stage.press("a-li", team, "解决");
    const before = await stage.store.surfaceByRemote("fake/b", newest);
    const updateToken = { value: "of the old card", expiresAt: 2_000_000_000_000 };
    const click = stage.clickOn("b-wang", old, "接单", { updateToken });
    const answer = await stage.tap(click);
    expect(answer.outcome).toMatchObject({
      tone: "warning",
      card: { subtitle: "待确认 · 李工", title: "#1 设备报修" },
    });
    await answer.after(true);
    expect(await stage.store.surfaceByRemote("fake/b", newest)).toEqual(before);
    await stage.pass(60_000);
    expect(stage.updates(old)).toBe(0);
    expect(await stage.outOfStep()).toEqual([]);
  });

  it("that does something lets the newest one follow without waiting for the answer", async () => {
    const { old, newest } = await replaced();
    const answer = await stage.tap(stage.clickOn("b-wang", old, "升级"));
    await stage.hub.settle();
    expect(answer.outcome).toMatchObject({ tone: "success", card: { title: "#1 设备报修" } });
    expect(stage.updates(newest)).toBe(1);
    expect(await stage.outOfStep()).toEqual([]);
  });

  it("by somebody who has no copy there gets nobody's card", async () => {
    const { old } = await replaced();
    const stranger = await stage.tap(stage.clickOn("b-stranger", old, "接单"));
    expect(stranger.outcome).toMatchObject({ tone: "warning", card: null });
  });

  it("in a chat gets that chat's card, and in another chat none", async () => {
    const { team } = await withTicket(stage);
    const action = buttonOf(stage.card(team), "接单");
    const answered = async (chat: string) => {
      const place = { chat, kind: "group", thread: null } as const;
      const click = aClick("a-li", "om_of_last_month", action, { place });
      const { rows } = await stage.hub.receive(stage.account("fake/a"), "event", [click]);
      return stage.hub.answer(stage.account("fake/a"), click, rows[0] ?? null, stage.clock.now());
    };
    expect((await answered("oc_other")).outcome).toMatchObject({ card: null });
    expect((await answered("oc_repair")).outcome).toMatchObject({ card: { title: "#1 设备报修" } });
  });

  it("that was answered while its fresh card waits leaves the fresh card waiting", async () => {
    await withTicket(stage);
    stage.b.update = async () => CLOSED;
    await stage.say("还有一件事");
    await stage.hub.settle();
    const [, second = ""] = stage.cardsTo("b-wang");
    const answer = await stage.tap(stage.clickOn("b-wang", second, "升级"));
    stage.clock.advance(10_000);
    await stage.hub.settle();
    await answer.after(true);
    const [ticket] = await stage.tickets();
    const surfaces = await stage.store.surfaces(ticket?.id ?? "");
    const copy = surfaces.find(({ to }) => to.id === "b-wang");
    expect(copy).toMatchObject({ edition: 3, remoteId: null, shown: 3, wanted: 4 });
    await stage.pass(60_000);
    expect(stage.cardsTo("b-wang")).toHaveLength(3);
    expect(await stage.outOfStep()).toEqual([]);
  });
});
