import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createGate } from "../../test/support/gate.ts";
import { deskPolicy } from "../../test/support/hub.ts";
import { createStage, type Stage, withTicket } from "../../test/support/stage.ts";
import type { InboundMessage } from "../core/message.ts";
import type { Batch } from "../ports/batch.ts";
import type { Store } from "../ports/store.ts";
import { reviveDeadLetter } from "./dead-letters.ts";
import { rebuild } from "./rebuild.ts";
import { replay } from "./replay.ts";

let stage: Stage;
beforeEach(() => {
  stage = createStage();
});
afterEach(() => stage.close());

async function eventTypes(): Promise<unknown[]> {
  return (await stage.rows("events")).map(({ type }) => type);
}

async function expectTrueLog(): Promise<void> {
  const report = await replay(stage.store, async () => deskPolicy);
  expect(report.divergences).toEqual([]);
  expect((await rebuild(stage.store)).mended).toEqual([]);
}

/** A store that lets `meddle` happen before the commits that `concerns` names. */
function meddling(store: Store, concerns: (batch: Batch) => boolean, meddle: () => Promise<void>) {
  return {
    ...store,
    async commit(batch: Batch) {
      if (concerns(batch)) await meddle();
      return store.commit(batch);
    },
  };
}

/** Is it the second step of a message? */
function responds({ cause }: Batch): boolean {
  return cause?.input.includes('"type":"respond"') === true;
}

describe("a dead letter that was heard already", () => {
  it("is heard anew when it is revived after another message was", async () => {
    const broken = () => Promise.reject(new Error("the disk is gone"));
    stage.restart({ through: (store) => meddling(store, responds, broken) });
    const lost = await stage.say("冰柜坏了");
    await stage.pass(600_000, 60_000);
    const [letter] = await stage.store.deadLetters(10);
    if (letter === undefined) throw new Error("nothing has died");
    expect(letter).toMatchObject({ kind: "inbox", id: lost });

    stage.restart();
    await stage.say("加盟要多少钱");
    await stage.hub.settle();
    expect(await reviveDeadLetter(stage.store, letter, stage.clock.now())).toBe(true);
    await stage.hub.settle();
    expect(await stage.store.inboxRow(lost)).toMatchObject({ status: "done" });
    expect(await stage.tickets()).toHaveLength(1);
    await expectTrueLog();
  });

  it("goes on where it was when nothing else was heard", async () => {
    const broken = () => Promise.reject(new Error("the disk is gone"));
    stage.restart({ through: (store) => meddling(store, responds, broken) });
    await stage.say("冰柜坏了");
    await stage.hub.settle();
    stage.restart();
    await stage.pass(60_000);
    expect((await eventTypes()).filter((type) => type === "heard")).toHaveLength(1);
    expect(await stage.tickets()).toHaveLength(1);
  });
});

describe("a response", () => {
  it("is decided anew when the ticket that it only read has changed meanwhile", async () => {
    const { requester } = await withTicket(stage);
    await stage.press("clerk", requester, "撤销");
    const healthy = stage.hub;
    let meddled = false;
    stage.restart({
      through: (store) =>
        meddling(store, responds, async () => {
          if (meddled) return;
          meddled = true;
          const reopen = stage.clickOn("clerk", requester, "重新打开");
          const { rows } = await healthy.receive(stage.account("fake/a"), "event", [reopen]);
          await healthy.answer(stage.account("fake/a"), reopen, rows[0] ?? null, 0);
        }),
    });
    await stage.say("人工");
    await stage.hub.settle();
    expect(meddled).toBe(true);
    expect((await stage.tickets()).map(({ status }) => status)).toEqual(["new"]);
    await expectTrueLog();
  });

  it("to words that belong to the ticket goes to a person when the ticket is over by then", async () => {
    const { requester } = await withTicket(stage);
    const healthy = stage.hub;
    const gate = createGate();
    const { understander } = stage.hub.hub.setup();
    stage.restart({
      understander: {
        ...understander,
        understand: (text) => gate.pass().then(() => understander.understand(text)),
      },
    });
    await stage.say("人工");
    await gate.reached;
    const cancel = stage.clickOn("clerk", requester, "撤销");
    const { rows } = await healthy.receive(stage.account("fake/a"), "event", [cancel]);
    await healthy.answer(stage.account("fake/a"), cancel, rows[0] ?? null, stage.clock.now());
    gate.open();
    await stage.hub.settle();
    expect((await stage.tickets()).map(({ status }) => status)).toEqual(["cancelled", "new"]);
    await expectTrueLog();
  });
});

describe("a group's thread", () => {
  const thread = { chat: "oc_shop", kind: "group", thread: "om_root" } as const;
  const says = (id: string, text: string, over: Partial<InboundMessage> = {}) =>
    stage.say(text, { sender: { id, name: id }, place: thread, ...over });

  it("does not take another speaker for the one who asked", async () => {
    await says("asker", "冰柜坏了");
    await says("other", "我这边也是");
    await stage.hub.settle();
    const [ticket] = await stage.tickets();
    const byRequester = (one = ticket) =>
      one?.comments.filter(({ by }) => JSON.stringify(by) === JSON.stringify(one.requester));
    expect(byRequester()).toEqual([]);
    await says("asker", "请快一点");
    await stage.hub.settle();
    const [after] = await stage.tickets();
    expect(byRequester(after)).toHaveLength(1);
    await expectTrueLog();
  });

  it("takes no confirmation from another speaker", async () => {
    const solved = { command: "solved", safety: false, exact: false, candidates: [] } as const;
    const { understander } = stage.hub.hub.setup();
    stage.restart({
      understander: {
        ...understander,
        understand: async (text) => (text === "好了" ? solved : understander.understand(text)),
      },
    });
    await says("asker", "冰柜坏了");
    await stage.hub.settle();
    const [team = ""] = stage.cardsTo("oc_repair");
    await stage.press("a-li", team, "接单");
    await stage.press("a-li", team, "解决");
    await says("other", "好了");
    await stage.hub.settle();
    expect(await stage.tickets()).toMatchObject([{ status: "resolved" }]);
    await says("asker", "好了");
    await stage.hub.settle();
    expect(await stage.tickets()).toMatchObject([{ status: "closed" }]);
  });

  it("keeps what was not said to the hub out of everything", async () => {
    await says("asker", "今天天气不错，13800000000", { addressed: false });
    await stage.hub.settle();
    expect(await stage.rows("inbox")).toMatchObject([{ status: "done" }]);
    for (const table of ["events", "conversations", "texts", "customers", "outbox"] as const)
      expect(await stage.rows(table)).toEqual([]);
  });
});
