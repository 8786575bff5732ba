import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  BAD_GATEWAY,
  createStage,
  delaySend,
  outage,
  type Stage,
  turns,
  withTicket,
} from "../../test/support/stage.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let stage: Stage;
beforeEach(() => {
  stage = createStage();
});
afterEach(() => stage.close());

async function statuses(): Promise<unknown[]> {
  return (await stage.rows("outbox")).map(({ status }) => status);
}

/** Put a message into the outbox as a step would, with any payload. */
async function put(id: string, lane: string, payload: string, account = "fake/a"): Promise<void> {
  const row = {
    id,
    lane,
    account,
    language: "zh-CN",
    payload,
    createdAt: stage.clock.now(),
  } as const;
  await stage.store.commit({
    cause: null,
    streams: [],
    rows: [{ type: "outbox", row }],
    guards: [],
  });
}

function words(text: string, to = "clerk"): string {
  return JSON.stringify({
    to: { kind: "person", id: to },
    inReplyTo: null,
    content: { type: "text", text: { literal: text } },
  });
}

const CLERK = "fake/a|person|clerk";

describe("an outgoing row that cannot be read", () => {
  it.each(["{broken", "null", "[]", '{"to":{"kind":"person","id":"x"}}'])(
    "becomes a dead letter at once: %s",
    async (payload) => {
      await put("poison", CLERK, payload);
      await put("next", CLERK, words("后面的"));
      await put("beside", "fake/a|person|other", words("旁边的", "other"));
      await stage.hub.settle();
      expect(stage.wordsTo("other")).toEqual(["旁边的"]);
      expect(stage.wordsTo("clerk")).toEqual(["后面的"]);
      expect(await stage.store.deadLetters(10)).toMatchObject([{ kind: "outbox", id: "poison" }]);
    },
  );

  it("says nothing of its content in the log or in the dead letter", async () => {
    await put("poison", CLERK, '{"to": 13800000000');
    await stage.hub.settle();
    const [letter] = await stage.store.deadLetters(1);
    expect(`${letter?.error} ${stage.hub.logged.join(" ")}`).not.toContain("138");
  });
});

describe("a channel that breaks instead of answering", () => {
  it("counts as a failed try, says nothing of the message, and holds up no other lane", async () => {
    const { send } = stage.a;
    stage.a.send = async (message) => {
      if (message.id !== "breaks") return send(message);
      throw new TypeError("cannot read 13800000000");
    };
    await put("breaks", CLERK, words("一"));
    await put("beside", "fake/a|person|other", words("旁边的", "other"));
    await stage.hub.settle();
    expect(stage.wordsTo("other")).toEqual(["旁边的"]);
    const [row] = await stage.rows("outbox");
    expect(row).toMatchObject({ status: "pending", attempts: 1, error: "transient: TypeError" });
    expect(stage.hub.logged.join()).not.toContain("138");
    stage.a.send = send;
    await stage.pass(10_000);
    expect(stage.wordsTo("clerk")).toEqual(["一"]);
  });
});

describe("a vendor that is away", () => {
  it("for two hours has everything in the end, and its cards at the newest version", async () => {
    const { team } = await withTicket(stage);
    const [back, backToo] = [outage(stage.a, BAD_GATEWAY), outage(stage.b, BAD_GATEWAY)];
    await stage.tap(stage.clickOn("a-li", team, "接单")).then(({ after }) => after(false));
    for (let n = 0; n < 6; n += 1) {
      await stage.say("加盟要多少钱");
      await stage.say("店里又坏了一台", {
        sender: { id: `clerk${n}`, name: null },
        place: place(n),
      });
      await stage.pass(20 * MINUTE, MINUTE);
    }
    back();
    backToo();
    await stage.pass(10 * MINUTE, MINUTE);
    expect(new Set(await statuses())).toEqual(new Set(["sent"]));
    expect(await stage.outOfStep()).toEqual([]);
    expect(await stage.store.deadLetters(10)).toEqual([]);
    expect(stage.cardsTo("oc_repair")).toHaveLength(7);
  });

  it("because its account is missing for an hour has everything in the end", async () => {
    stage.restart({ accounts: ["fake/b"] });
    await withTicket(stage);
    await stage.pass(HOUR, MINUTE);
    expect(stage.a.sent).toEqual([]);
    expect(stage.b.sent).toHaveLength(1);
    stage.restart();
    await stage.pass(10 * MINUTE, MINUTE);
    expect(new Set(await statuses())).toEqual(new Set(["sent"]));
    expect(await stage.outOfStep()).toEqual([]);
  });

  it.each([
    [0, 30],
    [0, 60],
    [0, 119],
    [0.5, 60],
    [0.5, 119],
    [0.9, 119],
  ])("for a moment gets what it missed in order (jitter %d, %d s)", async (jitter, seconds) => {
    stage.restart({ random: () => jitter });
    const back = outage(stage.a, BAD_GATEWAY);
    for (let n = 0; n < 8; n += 1) await put(`m${n}`, CLERK, words(`${n}`));
    await stage.pass(seconds * 1_000, 1_000);
    back();
    await stage.pass(10 * MINUTE, 1_000);
    expect(stage.wordsTo("clerk")).toEqual(["0", "1", "2", "3", "4", "5", "6", "7"]);
  });

  it("to one receiver for long lets what comes after pass", async () => {
    const { send } = stage.a;
    stage.a.send = async (message) => (message.id === "stuck" ? BAD_GATEWAY : send(message));
    await put("stuck", CLERK, words("卡住"));
    await put("next", CLERK, words("后面的"));
    await stage.pass(10 * MINUTE);
    expect(stage.wordsTo("clerk")).toEqual(["后面的"]);
  });
});

describe("a vendor that never answers", () => {
  it("does not stop another account's messages, and a stop does not wait for it for ever", async () => {
    stage.a.send = () => new Promise(() => {});
    stage.hub.start();
    for (let n = 0; n < 100; n += 1)
      await put(`a${n}`, `fake/a|person|p${n}`, words("甲", `p${n}`));
    for (let n = 0; n < 10; n += 1) {
      await put(`b${n}`, `fake/b|person|q${n}`, words("乙", `q${n}`), "fake/b");
    }
    stage.clock.advance(1_000);
    await turns();
    expect(stage.b.sent).toHaveLength(10);

    const stopped = stage.hub.stop();
    await turns();
    stage.clock.advance(15_000);
    await stopped;
  });

  it("has no more than its share of the deliveries under way", async () => {
    let under = 0;
    stage.a.send = () => {
      under += 1;
      return new Promise(() => {});
    };
    stage.hub.start();
    for (let n = 0; n < 100; n += 1)
      await put(`a${n}`, `fake/a|person|p${n}`, words("甲", `p${n}`));
    stage.clock.advance(1_000);
    await turns();
    expect(under).toBeLessThan(64);
    const stopped = stage.hub.stop();
    await turns();
    stage.clock.advance(15_000);
    await stopped;
  });
});

describe("a message whose sender died", () => {
  it("is sent at once when the folder is opened again, under the same id", async () => {
    delaySend(stage.a, "before");
    await stage.say("加盟要多少钱");
    void stage.hub.settle();
    await turns();
    expect(stage.a.sent).toHaveLength(1);
    await stage.reopen();
    await stage.hub.settle();
    expect(await statuses()).toEqual(["sent"]);
    expect(stage.a.sent).toHaveLength(1);
  });

  it("whose mailbox was being worked is worked at once as well", async () => {
    stage.restart({
      understander: { understand: () => new Promise(() => {}), storeNames: () => [] },
    });
    await stage.say("冰柜坏了");
    await turns();
    await stage.reopen();
    await stage.hub.settle();
    expect(await stage.tickets()).toHaveLength(1);
  });

  it("is sent after the hold ended when another hub goes on beside the dead one", async () => {
    delaySend(stage.a, "before");
    await stage.say("加盟要多少钱");
    void stage.hub.settle();
    await turns();
    stage.restart();
    await stage.pass(59_000);
    expect(await statuses()).toEqual(["pending"]);
    await stage.pass(2_000);
    expect(await statuses()).toEqual(["sent"]);
  });
});

function place(n: number) {
  return { chat: `chat-${n}`, kind: "direct", thread: null } as const;
}
