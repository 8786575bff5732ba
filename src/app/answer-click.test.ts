import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aClick, buttonOf } from "../../test/support/fake-channel.ts";
import { createGate } from "../../test/support/gate.ts";
import {
  createStage,
  delayUpdate,
  type Stage,
  turns,
  withTicket,
} from "../../test/support/stage.ts";
import type { Store } from "../ports/store.ts";

let stage: Stage;
beforeEach(() => {
  stage = createStage();
});
afterEach(() => stage.close());

/** A second ticket of somebody else; its requester's card. */
async function anotherTicket(): Promise<{ requester: string; team: string }> {
  const place = { chat: "c2", kind: "direct", thread: null } as const;
  await stage.say("收银机坏了", { sender: { id: "clerk2", name: "店员二" }, place });
  await stage.hub.settle();
  const [requester = "", team = ""] = ["clerk2", "oc_repair"].map(
    (to) => stage.cardsTo(to).at(-1) ?? "",
  );
  return { requester, team };
}

async function surfaceAt(cardId: string) {
  return stage.store.surfaceByRemote("fake/a", cardId);
}

describe("a click that names a card it was not on", () => {
  it("does what its action says and leaves that card alone", async () => {
    const { team } = await withTicket(stage);
    const other = await anotherTicket();
    const before = await surfaceAt(other.team);
    const claim = buttonOf(stage.card(team), "接单");
    const answer = await stage.tap(aClick("a-li", other.team, claim));
    expect(answer.outcome).toMatchObject({ tone: "success", card: null });
    await answer.after(true);
    await stage.hub.settle();
    expect(await surfaceAt(other.team)).toEqual(before);
    expect(stage.updates(other.team)).toBe(0);
    expect(await stage.outOfStep()).toEqual([]);
  });

  it("gets nobody's personal card back", async () => {
    const { requester } = await withTicket(stage);
    const urge = buttonOf(stage.card(requester), "催办");
    const strange = await stage.tap(aClick("stranger", requester, urge));
    expect(strange.outcome).toMatchObject({ tone: "warning", card: null });
    const colleague = await stage.tap(aClick("a-li", requester, urge));
    expect(colleague.outcome).toMatchObject({ card: null });
    const own = await stage.tap(aClick("clerk", requester, urge));
    expect(own.outcome).toMatchObject({ card: { title: "#1 设备报修" } });
  });

  it("gets no card back when the action is none of ours", async () => {
    const { team } = await withTicket(stage);
    const answer = await stage.tap(aClick("a-li", team, "drop|table"));
    expect(answer.outcome).toMatchObject({ tone: "warning", card: null });
    expect(await stage.rows("inbox")).toHaveLength(1);
  });
});

describe("a click's reply", () => {
  it("that was lost leads to a refresh of the clicked card", async () => {
    const { team } = await withTicket(stage);
    const answer = await stage.tap(stage.clickOn("a-li", team, "接单"));
    await answer.after(false);
    await stage.pass(5_000, 500);
    expect(stage.updates(team)).toBe(1);
    expect(await stage.outOfStep()).toEqual([]);
  });

  it("that left is not repeated by a refresh, however long it takes", async () => {
    const { team } = await withTicket(stage);
    const answer = await stage.tap(stage.clickOn("a-li", team, "接单"));
    await stage.hub.settle();
    stage.land(team, answer);
    await answer.after(true);
    await stage.pass(60_000);
    expect(stage.updates(team)).toBe(0);
    expect(await stage.outOfStep()).toEqual([]);
  });

  it("of which nobody ever heard leads to a refresh as well", async () => {
    const { team } = await withTicket(stage);
    await stage.tap(stage.clickOn("a-li", team, "接单"));
    await stage.pass(5_000, 500);
    expect(await stage.outOfStep()).toEqual([]);
  });

  it("to the same delivery again is the same, and nothing is done twice", async () => {
    const { team } = await withTicket(stage);
    const click = stage.clickOn("a-li", team, "升级");
    const first = await stage.tap(click);
    const second = await stage.tap(click);
    expect(second.outcome).toEqual(first.outcome);
    expect(await stage.tickets()).toMatchObject([{ level: 1 }]);
  });
});

describe("a click while its mailbox is busy", () => {
  /** A conversation with an answer's card, in a hub that needs until `gate` opens to understand the word 慢. */
  async function slowDesk() {
    const gate = createGate();
    await stage.say("加盟费多少");
    await stage.hub.settle();
    const { understander } = stage.hub.hub.setup();
    stage.restart({
      understander: {
        ...understander,
        async understand(text) {
          if (text.includes("慢")) await gate.pass();
          return understander.understand(text);
        },
      },
    });
    return { gate, card: stage.cardsTo("clerk")[0] ?? "" };
  }

  it("is answered once its own row is worked, though the work of the mailbox goes on", async () => {
    const { gate, card } = await slowDesk();
    const click = stage.clickOn("clerk", card, "已解决");
    const { rows } = await stage.hub.receive(stage.account("fake/a"), "event", [click]);
    await stage.say("慢慢来");
    const answer = stage.hub.answer(
      stage.account("fake/a"),
      click,
      rows[0] ?? null,
      stage.clock.now(),
    );
    expect((await answer).outcome).toMatchObject({ tone: "success" });
    gate.open();
    await stage.hub.settle();
  });

  it("is answered when its turn comes within the budget, by a worker that was there before", async () => {
    const { gate, card } = await slowDesk();
    await stage.say("慢慢来");
    await gate.reached;
    const answer = stage.tap(stage.clickOn("clerk", card, "已解决"));
    await turns();
    gate.open();
    expect((await answer).outcome).toMatchObject({ text: "感谢反馈" });
  });

  it("past the budget is pending, and is carried out afterwards", async () => {
    const { gate, card } = await slowDesk();
    await stage.say("慢慢来");
    await gate.reached;
    const answer = stage.tap(stage.clickOn("clerk", card, "已解决"));
    await turns();
    stage.clock.advance(1_999);
    await turns();
    stage.clock.advance(1);
    expect((await answer).outcome).toBe("pending");
    gate.open();
    await stage.hub.settle();
    const clicks = (await stage.rows("inbox")).filter(({ kind }) => kind === "action");
    expect(clicks).toMatchObject([{ status: "done" }]);
  });
});

describe("a click on a ticket's card that is worked too late", () => {
  it("is pending, and the clicked card is refreshed soon after", async () => {
    const { team } = await withTicket(stage);
    const gate = createGate();
    stage.restart({ through: (store) => slowTickets(store, () => gate.pass()) });
    const answer = stage.tap(stage.clickOn("a-li", team, "接单"));
    await gate.reached;
    stage.clock.advance(2_000);
    const { outcome, after } = await answer;
    expect(outcome).toBe("pending");
    await after(true);
    gate.open();
    await stage.pass(3_000, 500);
    expect(stage.updates(team)).toBe(1);
    expect(await stage.outOfStep()).toEqual([]);
  });

  it("says that it failed once it is a dead letter", async () => {
    const { team } = await withTicket(stage);
    stage.restart({ through: (store) => slowTickets(store, () => Promise.reject(new Error("x"))) });
    const click = stage.clickOn("a-li", team, "接单");
    expect((await stage.tap(click)).outcome).toBe("pending");
    await stage.pass(600_000, 60_000);
    expect((await stage.tap(click)).outcome).toMatchObject({ tone: "error", card: null });
  });
});

/** A store that lets `pass` happen before the first reading of a ticket of each kind. */
function slowTickets(store: Store, pass: () => Promise<void>): Store {
  return {
    ...store,
    async ticket(id) {
      await pass();
      return store.ticket(id);
    },
  };
}

describe("a click's reply that lands after a newer refresh of that card", () => {
  /** li's claim is answered; before that answer lands, the card is refreshed because of another change. */
  async function late(between: (member: string) => Promise<void>) {
    const { team, member } = await withTicket(stage);
    const answer = await stage.tap(stage.clickOn("a-li", team, "接单"));
    await between(member);
    stage.land(team, answer);
    await answer.after(true);
    await stage.pass(10_000, 500);
    return team;
  }

  it("is replaced by the newest version again", async () => {
    const team = await late(async (member) => {
      await stage.hub.settle();
      stage.clock.advance(4_000);
      await stage.press("b-wang", member, "升级");
    });
    expect(stage.updates(team)).toBeGreaterThan(0);
    expect(await stage.outOfStep()).toEqual([]);
  });

  it("is not overtaken by a refresh as long as it may be on its way", async () => {
    let updates = -1;
    await late(async (member) => {
      await stage.hub.settle();
      await stage.press("b-wang", member, "升级");
      updates = stage.updates(stage.cardsTo("oc_repair")[0] ?? "");
    });
    expect(updates).toBe(0);
    expect(await stage.outOfStep()).toEqual([]);
  });

  it("is replaced when the refresh was still under way as it landed", async () => {
    const { team, member } = await withTicket(stage);
    const answer = await stage.tap(stage.clickOn("a-li", team, "接单"));
    await stage.hub.settle();
    stage.clock.advance(4_000);
    const gate = delayUpdate(stage.a, team, "before");
    const escalated = stage.press("b-wang", member, "升级");
    await gate.reached;
    stage.land(team, answer);
    await answer.after(true);
    gate.open();
    await escalated;
    await stage.pass(10_000, 500);
    expect(await stage.outOfStep()).toEqual([]);
  });
});
