import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createStage,
  delaySend,
  delayUpdate,
  type Stage,
  turns,
  withTicket,
} from "../../test/support/stage.ts";

const UNKNOWN = { type: "unknown", reason: "timeout" } as const;
const WINDOW_CLOSED = {
  type: "failed",
  class: "window-closed",
  afterMs: null,
  reason: "too old",
} as const;

const OTHER_PLACE = { chat: "c2", kind: "direct", thread: null } as const;

let stage: Stage;
beforeEach(() => {
  stage = createStage();
});
afterEach(() => stage.close());

/** A new ticket, and a click on the team's card of it before the member's card on fake/b stands for sure. */
async function claimBehind(): Promise<void> {
  const [team = ""] = stage.cardsTo("oc_repair");
  await stage.press("a-li", team, "接单");
}

describe("a first sending that was lost on the way", () => {
  it("ends at the newest version, though the vendor keeps what the first try said", async () => {
    stage.b.faults.push("lost");
    await withTicket(stage);
    expect(stage.card(stage.cardsTo("b-wang")[0] ?? "").subtitle).toBe("待接单");
    await claimBehind();
    await stage.pass(60_000);
    expect(await stage.outOfStep()).toEqual([]);
    expect(stage.cardsTo("b-wang")).toHaveLength(1);
  });

  it("ends there when it was lost several times in different ways", async () => {
    stage.b.faults.push("lost", UNKNOWN, "lost");
    await withTicket(stage);
    await stage.pass(2_000);
    await claimBehind();
    await stage.pass(60_000);
    expect(await stage.outOfStep()).toEqual([]);
  });

  it("ends there when the process died while the vendor answered, and another took over the hold", async () => {
    delaySend(stage.b, "before");
    void withTicket(stage);
    await turns();
    stage.restart();
    await stage.hub.settle();
    await claimBehind();
    await stage.pass(70_000);
    expect(await stage.outOfStep()).toEqual([]);
    expect(stage.cardsTo("b-wang")).toHaveLength(1);
  });

  it("ends there when the process died and the folder was opened anew", async () => {
    delaySend(stage.b, "before");
    void withTicket(stage);
    await turns();
    await stage.reopen();
    await claimBehind();
    await stage.pass(1_000);
    expect(await stage.outOfStep()).toEqual([]);
  });

  it("ends there when the second try first had to wait for the vendor's pace", async () => {
    delaySend(stage.b, "before");
    void withTicket(stage);
    await turns();
    await stage.reopen();
    Object.assign(stage.b.can, { pacing: [{ scope: "account", count: 1, perMs: 20_000 }] });
    await stage.say("冰箱坏了", { sender: { id: "clerk2", name: null }, place: OTHER_PLACE });
    await turns();
    stage.clock.advance(1);
    await claimBehind();
    await stage.pass(200_000);
    expect(await stage.outOfStep()).toEqual([]);
    expect(stage.cardsTo("b-wang")).toHaveLength(2);
  });

  it("costs no update when nothing was lost", async () => {
    const { member } = await withTicket(stage);
    await stage.pass(60_000);
    expect(stage.updates(member)).toBe(0);
  });
});

describe("an update that is under way while a click on that card is answered", () => {
  /** The member's claim is being shown on the team's card, on which somebody clicks meanwhile. */
  async function race(deed: "before" | "after") {
    const { team, member } = await withTicket(stage);
    const gate = delayUpdate(stage.a, team, deed);
    const claimed = stage.press("b-wang", member, "接单");
    await gate.reached;
    const answer = await stage.tap(stage.clickOn("a-wang", team, "升级"));
    expect(answer.outcome).toMatchObject({ tone: "success" });
    return { team, gate, claimed, answer };
  }

  it.each(["before", "after"] as const)(
    "ends at the newest version when the update lands %s the reply, and the hub hears of it last",
    async (deed) => {
      const { team, gate, claimed, answer } = await race(deed);
      stage.land(team, answer);
      await answer.after(true);
      gate.open();
      await claimed;
      await stage.pass(10_000);
      expect(await stage.outOfStep()).toEqual([]);
    },
  );

  it("ends there when the hub has heard of the update before the reply lands", async () => {
    const { team, gate, claimed, answer } = await race("after");
    gate.open();
    await claimed;
    stage.land(team, answer);
    await answer.after(true);
    await stage.pass(10_000);
    expect(await stage.outOfStep()).toEqual([]);
  });
});

describe("a card that can no longer be changed", () => {
  it("is replaced by a fresh one each time, and each fresh one is sent once", async () => {
    const { team } = await withTicket(stage);
    for (const label of ["接单", "解决", "重新打开"]) {
      stage.b.faults.push(WINDOW_CLOSED);
      await stage.press("a-li", team, label);
    }
    expect(stage.cardsTo("b-wang")).toHaveLength(4);
    expect(new Set(stage.cardsTo("b-wang")).size).toBe(4);
    expect(await stage.outOfStep()).toEqual([]);
  });
});

describe("a card that can no longer be changed, when all that is new is what was said", () => {
  /** From now on no card of fake/b can be changed. Returns how many the member got beyond the first. */
  async function talkative() {
    const { team } = await withTicket(stage);
    stage.b.update = async () => WINDOW_CLOSED;
    const fresh = () => stage.cardsTo("b-wang").length - 1;
    return { team, fresh };
  }

  /** So many lines, one every ten seconds. */
  async function talk(lines: number) {
    for (let line = 1; line <= lines; line += 1) {
      await stage.say(`还有第 ${line} 件事`);
      await stage.pass(10_000);
    }
  }

  it("is replaced at once the first time, then ever more seldom, and shows all that was said by then", async () => {
    const { fresh } = await talkative();
    await talk(50);
    expect(fresh()).toBe(4);
    await stage.pass(480_000);
    expect(await stage.outOfStep()).toEqual([]);
    expect(fresh()).toBe(5);
  });

  it("is replaced at once when the status changes, though a fresh card waits", async () => {
    const { team, fresh } = await talkative();
    await talk(2);
    expect(fresh()).toBe(1);
    await stage.press("a-li", team, "接单");
    expect(fresh()).toBe(2);
    expect(await stage.outOfStep()).toEqual([]);
  });

  it("waits no longer than it should for a vendor that refused before the window closed", async () => {
    const { fresh } = await talkative();
    stage.b.faults.length = 0;
    const { update } = stage.b;
    stage.b.update = async () => ({
      type: "failed",
      class: "transient",
      afterMs: null,
      reason: "502",
    });
    await stage.say("再说一句");
    await stage.hub.settle();
    stage.b.update = update;
    await stage.pass(120_000);
    expect(fresh()).toBe(1);
    expect(await stage.outOfStep()).toEqual([]);
  });
});

describe("a vendor that says how long to wait", () => {
  it("is left in peace for so long, though the ticket changes meanwhile", async () => {
    const { team, member } = await withTicket(stage);
    const rate = { type: "failed", class: "rate", afterMs: 60_000, reason: "429" } as const;
    stage.b.faults.push(rate);
    await stage.press("a-li", team, "接单");
    stage.clock.advance(5_000);
    stage.b.faults.push(rate);
    await stage.press("a-li", team, "升级");
    expect(stage.b.faults).toHaveLength(1);
    await stage.pass(300_000);
    expect(stage.updates(member)).toBe(1);
    expect(await stage.outOfStep()).toEqual([]);
  });
});

describe("permissions to update a card that come while one is being used", () => {
  const token = (value: string) => ({ value, expiresAt: 2_000_000_000_000 });

  it("are not lost, and the one that was used is gone", async () => {
    const { member, team } = await withTicket(stage);
    const spent: string[][] = [];
    stage.b.update = async (surface) => {
      spent.push(surface.updateTokens.map(({ value }) => value));
      const { remoteId, updateTokens } = surface;
      return { type: "sent", remoteId, updateTokens: updateTokens.slice(1) };
    };
    const claim = await stage.tap(
      stage.clickOn("b-wang", member, "接单", { updateToken: token("t1") }),
    );
    await claim.after(true);
    const gate = delayUpdate(stage.b, member, "after");
    const escalated = stage.press("a-li", team, "升级");
    await gate.reached;
    await stage.tap(stage.clickOn("b-wang", member, "升级", { updateToken: token("t2") }));
    gate.open();
    await escalated;
    await stage.pass(10_000);
    expect(spent).toEqual([["t1"], ["t2"]]);
    const [ticket] = await stage.tickets();
    const surfaces = await stage.store.surfaces(ticket?.id ?? "");
    expect(surfaces.find(({ remoteId }) => remoteId === member)?.updateTokens).toEqual([]);
  });
});
