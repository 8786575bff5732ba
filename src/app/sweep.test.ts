import { afterEach, beforeEach, expect, it } from "vitest";
import { createStage, type Stage, turns } from "../../test/support/stage.ts";
import { KEEP_BODIES_MS } from "./sweep.ts";

let stage: Stage;
beforeEach(() => {
  stage = createStage();
});
afterEach(async () => {
  await stage.hub.stop();
  await stage.close();
});

const broken = () => Promise.reject(new Error("the index is gone"));

/** A message that is there, of which no queue knows. */
async function unknownMail(): Promise<void> {
  const deaf = stage.hub.hub.queue;
  const { wake } = deaf;
  Object.assign(deaf, { wake() {} });
  await stage.say("冰柜坏了");
  Object.assign(deaf, { wake });
}

it.each(["timersDue", "backlog"] as const)("a sweep goes on when %s fails", async (part) => {
  stage.restart({ through: (store) => ({ ...store, [part]: broken }) });
  await unknownMail();
  stage.hub.start();
  for (let second = 0; second < 3; second += 1) {
    await turns();
    stage.clock.advance(1_000);
  }
  await turns();
  expect(await stage.tickets()).toHaveLength(1);
  expect(stage.hub.logged.join()).toContain("A part of the sweep failed");
});

it("a sweep that cannot find mail still rings the timers and blanks old bodies", async () => {
  await stage.say("加盟要多少钱");
  await stage.hub.settle();
  stage.clock.advance(KEEP_BODIES_MS + 1);
  stage.restart({ through: (store) => ({ ...store, mailboxesDue: broken }) });
  stage.hub.start();
  await turns();
  expect(await stage.rows("conversations")).toMatchObject([{ status: "closed" }]);
  expect((await stage.rows("inbox")).find(({ kind }) => kind === "message")).toMatchObject({
    body: null,
    status: "done",
  });
});

it("the hub knows of too much unworked mail even when it did not see it come", async () => {
  const rows = Array.from({ length: 1_001 }, (_, n) => ({
    type: "inbox" as const,
    row: {
      id: `i${n}`,
      account: "fake/a",
      feed: "event",
      dedupeKey: `d${n}`,
      mailbox: `conversation:m${n}`,
      kind: "message" as const,
      receivedAt: stage.clock.now() + 60_000,
      body: "{}",
    },
  }));
  await stage.store.commit({ cause: null, streams: [], rows, guards: [] });
  expect(stage.hub.overloaded()).toBe(false);
  stage.hub.start();
  await turns();
  expect(stage.hub.overloaded()).toBe(true);
});
