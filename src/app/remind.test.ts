import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStage, type Stage } from "../../test/support/stage.ts";
import type { UrgentWay } from "../core/message.ts";
import type { Ring, Rung } from "../ports/channel.ts";

const LI = { kind: "person", id: "a-li" } as const;

let stage: Stage;
let rings: Ring[];
/** What the next rings come to, instead of success. */
let answers: (Rung | "breaks")[];

beforeEach(() => {
  stage = createStage({ urgent: ["app", "sms", "phone"] });
  rings = [];
  answers = [];
  stage.a.ring = async (ring) => {
    rings.push(ring);
    const answer = answers.shift();
    if (answer === "breaks") throw new TypeError("cannot read 13800000000");
    return answer ?? { type: "rung" };
  };
});
afterEach(() => stage.close());

async function put(id: string, urgent: UrgentWay, to: object = LI): Promise<void> {
  const payload = JSON.stringify({
    to,
    inReplyTo: null,
    content: { type: "text", text: { literal: "快" } },
    urgent,
  });
  const row = { id, lane: `fake/a|${id}`, account: "fake/a", language: "zh-CN", payload } as const;
  await stage.store.commit({
    cause: null,
    streams: [],
    rows: [{ type: "outbox", row: { ...row, createdAt: stage.clock.now() } }],
    guards: [],
  });
}

const ways = (): readonly UrgentWay[] => rings.map(({ way }) => way);
const QUOTA: Rung = { type: "not-rung", reason: "the quota is used up" };

describe("an urgent message", () => {
  it("is sent, and then its receiver is reached in the way that is asked for", async () => {
    await put("m1", "sms");
    await stage.hub.settle();
    expect(stage.wordsTo("a-li")).toEqual(["快"]);
    expect(rings).toEqual([{ to: LI, remoteId: "m1", text: "快", way: "sms" }]);
  });

  it("comes in a quieter way where the vendor refuses, and stands even where it refuses all", async () => {
    answers = [QUOTA, QUOTA, QUOTA];
    await put("m1", "phone");
    await stage.hub.settle();
    expect(ways()).toEqual(["phone", "sms", "app"]);
    expect(await stage.rows("outbox")).toMatchObject([{ status: "sent" }]);
    expect(stage.hub.logged.join("\n")).toContain("came as an ordinary one");
  });

  it("comes in the ways that the account has", async () => {
    stage.a.can = { ...stage.a.can, urgent: ["app"] };
    await put("m1", "phone");
    await stage.hub.settle();
    expect(ways()).toEqual(["app"]);
  });

  it.each<[string, Rung | "breaks"]>([
    ["no answer came", { type: "unknown", reason: "timeout" }],
    ["the channel broke", "breaks"],
  ])("does not ring twice where %s", async (_name, answer) => {
    answers = [answer];
    await put("m1", "phone");
    await stage.hub.settle();
    stage.clock.advance(86_400_000);
    await stage.hub.settle();
    expect(ways()).toEqual(["phone"]);
    expect(stage.hub.logged.join("\n")).not.toContain("138");
  });

  it("rings once, however often the message itself was tried", async () => {
    stage.a.faults.push({ type: "failed", class: "transient", afterMs: null, reason: "502" });
    await put("m1", "app");
    await stage.hub.settle();
    expect(ways()).toEqual([]);
    stage.clock.advance(60_000);
    await stage.hub.settle();
    expect(ways()).toEqual(["app"]);
  });

  it("rings nobody where the message was refused", async () => {
    stage.a.faults.push({ type: "failed", class: "content", afterMs: null, reason: "DLP" });
    await put("m1", "app");
    await stage.hub.settle();
    expect(ways()).toEqual([]);
  });
});

describe("a mention", () => {
  async function mention(): Promise<void> {
    const mentions = [{ id: "a-li", name: "李工" }];
    const content = { type: "text", text: { literal: "快" }, mentions };
    const to = { kind: "chat", id: "oc" };
    const payload = JSON.stringify({ to, inReplyTo: null, content });
    const row = { id: "m1", lane: "l", account: "fake/a", language: "zh-CN", payload } as const;
    const rows = [{ type: "outbox", row: { ...row, createdAt: stage.clock.now() } }] as const;
    await stage.store.commit({ cause: null, streams: [], rows, guards: [] });
    await stage.hub.settle();
  }

  it("goes to a channel that calls people", async () => {
    stage.a.can = { ...stage.a.can, mentions: true };
    await mention();
    expect(stage.a.sent[0]?.content).toMatchObject({ text: "快", mentions: [{ id: "a-li" }] });
  });

  it("is a name in the words elsewhere", async () => {
    await mention();
    expect(stage.a.sent[0]?.content).toEqual({ type: "text", text: "@李工 快" });
  });
});

it("an agent of whom the vendor says that nobody is there is told to an operator, and found no more", async () => {
  const row = { account: "fake/a", agent: "li", contact: "c", externalId: "a-li", at: 1 };
  await stage.store.commit({
    cause: null,
    streams: [],
    rows: [{ type: "lookup", row }],
    guards: [],
  });
  stage.a.faults.push({
    type: "failed",
    class: "content",
    afterMs: null,
    reason: "left",
    nobody: true,
  });
  await put("m1", "app");
  await stage.hub.settle();
  expect(await stage.store.lookups()).toMatchObject([{ agent: "li", externalId: null }]);
  expect(stage.hub.logged.join("\n")).toContain("not in this tool any more");
});
