import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aMessage } from "../../test/support/fake-channel.ts";
import { createGate } from "../../test/support/gate.ts";
import { createStage, type Stage, turns, withTicket } from "../../test/support/stage.ts";
import type { Row } from "../ports/batch.ts";
import type { Store } from "../ports/store.ts";
import { workMailbox } from "./work-mailbox.ts";

let stage: Stage;
beforeEach(() => {
  stage = createStage();
});
afterEach(() => stage.close());

const MAILBOX = "conversation:m";

/** A message as it stands in the inbox, though nobody was woken for it. */
function unworked(id: string): Row {
  const body = JSON.stringify(aMessage(id));
  const at = stage.clock.now();
  const row = { id, account: "fake/a", feed: "event", dedupeKey: id, mailbox: MAILBOX, body };
  return { type: "inbox", row: { ...row, kind: "message", receivedAt: at } };
}

/** A store that counts what it is asked, and whose commits of steps fail as long as `broken` says so. */
function watched(store: Store, broken: () => boolean) {
  const counts = { mails: 0, steps: 0 };
  const through: Store = {
    ...store,
    mail(...args) {
      counts.mails += 1;
      return store.mail(...args);
    },
    async commit(batch) {
      if (batch.cause !== null) {
        counts.steps += 1;
        if (broken()) throw new Error("the disk is gone");
      }
      return store.commit(batch);
    },
  };
  return { counts, through };
}

describe("a mailbox whose head waits for its next try", () => {
  it("is left alone until then, so that settling ends", async () => {
    const { counts, through } = watched(stage.store, () => true);
    stage.restart({ through: () => through });
    await stage.say("冰柜坏了");
    await stage.say("还有一台");
    await stage.hub.settle();
    expect(counts.steps).toBe(1);
    expect(counts.mails).toBeLessThan(5);
    await stage.hub.settle();
    expect(counts.steps).toBe(1);
    expect((await stage.rows("inbox")).map(({ attempts }) => attempts)).toEqual([1, 0]);
  });

  it("is worked again once it is due, and the rest after it", async () => {
    let broken = true;
    const { through } = watched(stage.store, () => broken);
    stage.restart({ through: () => through });
    await stage.say("冰柜坏了");
    await stage.say("还有一台");
    await stage.pass(3_000, 500);
    broken = false;
    await stage.pass(60_000, 1_000);
    expect((await stage.rows("inbox")).map(({ status }) => status)).toEqual(["done", "done"]);
    expect(await stage.tickets()).toHaveLength(1);
  });

  it("holds up no other mailbox", async () => {
    stage.restart({
      understander: {
        understand: async (text) => {
          if (text.includes("毒")) throw new Error("no");
          return { command: null, safety: false, exact: false, candidates: [] };
        },
        storeNames: () => [],
      },
    });
    await stage.say("毒");
    await stage.say("你好", {
      sender: { id: "other", name: null },
      place: { chat: "c2", kind: "direct", thread: null },
    });
    await stage.hub.settle();
    expect(stage.cardsTo("other")).toHaveLength(1);
  });
});

describe("a worker that has done all it knew of", () => {
  it.each([1, 15, 16, 32])(
    "gives the mailbox back before its last look, after %i messages",
    async (count) => {
      const { store } = stage;
      const put = (...rows: Row[]) => store.commit({ cause: null, streams: [], guards: [], rows });
      await put(...Array.from({ length: count }, (_, n) => unworked(`第 ${n} 句`)));
      const another = { ...stage.hub.hub, store };
      let came = false;
      const mail: Store["mail"] = async (mailbox, limit) => {
        const read = await store.mail(mailbox, limit);
        if (read.rows.length === 0 && !came) {
          came = true;
          await put(unworked("还有一句"));
          await workMailbox(another, mailbox, () => false);
        }
        return read;
      };
      await workMailbox({ ...another, store: { ...store, mail } }, MAILBOX, () => false);
      expect(came).toBe(true);
      expect(new Set((await stage.rows("inbox")).map(({ status }) => status))).toEqual(
        new Set(["done"]),
      );
    },
  );
});

describe("a worker whose mailbox was taken by another", () => {
  it("leaves at once, and the other one does the work", async () => {
    const gate = createGate();
    const { understander } = stage.hub.hub.setup();
    const { counts, through } = watched(stage.store, () => false);
    stage.restart({
      through: () => through,
      understander: {
        ...understander,
        understand: (text) => gate.pass().then(() => understander.understand(text)),
      },
    });
    await stage.say("冰柜坏了");
    await stage.say("加盟要多少钱");
    await gate.reached;
    stage.clock.advance(31_000);
    stage.restart();
    await stage.hub.settle();
    const done = (await stage.rows("causes")).length;
    gate.open();
    await turns();
    expect(counts.steps).toBe(1);
    expect(await stage.rows("causes")).toHaveLength(done);
    expect(await stage.tickets()).toHaveLength(1);
    expect((await stage.rows("inbox")).map(({ status }) => status)).toEqual(["done", "done"]);
  });

  it("does not wait for the streams to come to rest", async () => {
    const { team } = await withTicket(stage);
    let commits = 0;
    stage.restart({
      through: (store) => ({
        ...store,
        async commit(batch) {
          if (batch.cause === null) return store.commit(batch);
          commits += 1;
          return "conflict";
        },
        mail: async (...args) => {
          const mail = await store.mail(...args);
          return { ...mail, fence: mail.fence + (commits > 0 ? 1 : 0) };
        },
      }),
    });
    const answer = stage.tap(stage.clickOn("a-li", team, "接单"));
    await turns();
    expect(commits).toBe(1);
    stage.clock.advance(2_000);
    expect((await answer).outcome).toBe("pending");
  });
});

describe("a step whose streams keep changing", () => {
  it("is tried a few times at once, then with pauses, and after its time has failed once", async () => {
    let commits = 0;
    stage.restart({
      through: (store) => ({
        ...store,
        async commit(batch) {
          if (batch.cause === null) return store.commit(batch);
          commits += 1;
          return "conflict";
        },
      }),
    });
    await stage.say("冰柜坏了");
    await turns();
    expect(commits).toBe(6);
    for (let n = 0; n < 60; n += 1) {
      stage.clock.advance(250);
      await turns(20);
    }
    expect(await stage.rows("inbox")).toMatchObject([
      { attempts: 1, error: "The streams of this step kept changing under it." },
    ]);
  });
});
