import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deskPolicy } from "../../test/support/hub.ts";
import { createStage, type Stage, withTicket } from "../../test/support/stage.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;

let stage: Stage;
beforeEach(() => {
  stage = createStage();
});
afterEach(() => stage.close());

async function resolvedTicket(): Promise<void> {
  const { team } = await withTicket(stage);
  await stage.press("a-li", team, "接单");
  await stage.press("a-li", team, "解决");
}

async function ticketStatus(): Promise<string | undefined> {
  return (await stage.tickets())[0]?.status;
}

async function conversationStatus(): Promise<unknown> {
  return (await stage.rows("conversations")).map(({ status }) => status);
}

describe("a time limit that is made longer meanwhile", () => {
  it("closes a resolved ticket at the new time, once", async () => {
    await resolvedTicket();
    const { ticket } = deskPolicy;
    stage.restart({ policy: { ...deskPolicy, ticket: { ...ticket, confirmMs: 5 * DAY } } });
    await stage.pass(4 * DAY, 6 * HOUR);
    expect(await ticketStatus()).toBe("resolved");
    await stage.pass(DAY - HOUR, HOUR);
    expect(await ticketStatus()).toBe("resolved");
    await stage.pass(HOUR, HOUR);
    expect(await ticketStatus()).toBe("closed");
    expect(stage.wordsTo("clerk").filter((text) => text.includes("自动关闭"))).toHaveLength(1);
    expect(await stage.outOfStep()).toEqual([]);
  });

  it("closes a silent conversation at the new time", async () => {
    await stage.say("加盟要多少钱");
    await stage.hub.settle();
    stage.restart({ policy: { ...deskPolicy, conversation: { idleMs: 2 * DAY } } });
    await stage.pass(2 * DAY - HOUR, HOUR);
    expect(await conversationStatus()).toEqual(["open"]);
    await stage.pass(HOUR, HOUR);
    expect(await conversationStatus()).toEqual(["closed"]);
  });
});

describe("a conversation", () => {
  it("stays open as long as its ticket lives, and closes after that", async () => {
    await withTicket(stage);
    await stage.pass(3 * DAY, 6 * HOUR);
    expect(await conversationStatus()).toEqual(["open"]);
    const [requester = ""] = stage.cardsTo("clerk");
    await stage.press("clerk", requester, "撤销");
    await stage.pass(deskPolicy.ticket.reopenMs + 2 * DAY, 6 * HOUR);
    expect(await conversationStatus()).toEqual(["closed"]);
  });

  it("that was spoken in meanwhile closes an idle time after that", async () => {
    await stage.say("加盟要多少钱");
    await stage.pass(20 * HOUR, HOUR);
    await stage.say("加盟要多少钱");
    await stage.pass(23 * HOUR, HOUR);
    expect(await conversationStatus()).toEqual(["open"]);
    await stage.pass(HOUR, HOUR);
    expect(await conversationStatus()).toEqual(["closed"]);
  });
});

describe("a timer", () => {
  it("rings once, however many look at it at the same time", async () => {
    await resolvedTicket();
    stage.clock.advance(3 * DAY);
    const first = stage.hub;
    stage.restart();
    await Promise.all([first.settle(), stage.hub.settle()]);
    await stage.hub.settle();
    const rung = (await stage.rows("inbox")).filter(({ kind }) => kind === "timer");
    expect(rung.filter(({ body }) => String(body).startsWith("ticket:"))).toHaveLength(1);
    expect(await ticketStatus()).toBe("closed");
  });

  it("that finds nothing to do leaves no cause in the log", async () => {
    await withTicket(stage);
    const causes = (await stage.rows("causes")).length;
    await stage.pass(2 * DAY, 6 * HOUR);
    expect(await stage.rows("causes")).toHaveLength(causes);
    expect(await stage.rows("timers")).toHaveLength(1);
  });
});
